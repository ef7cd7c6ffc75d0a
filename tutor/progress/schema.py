"""The tables of the learner's record, and how an older file becomes a newer one: one script a version, never edited later."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

FIRST = """
CREATE TABLE steps (
    lesson TEXT NOT NULL,
    step TEXT NOT NULL,
    passed INTEGER NOT NULL DEFAULT 0,
    assisted INTEGER NOT NULL DEFAULT 0,
    hints INTEGER NOT NULL DEFAULT 0,
    first_passed REAL,
    last_seen REAL,
    content TEXT NOT NULL DEFAULT '',
    rung INTEGER NOT NULL DEFAULT 0,
    due REAL,
    stumbled INTEGER NOT NULL DEFAULT 0,
    helped INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (lesson, step)
) WITHOUT ROWID;

CREATE TABLE attempts (
    id TEXT PRIMARY KEY,
    lesson TEXT NOT NULL,
    step TEXT NOT NULL,
    outcome TEXT NOT NULL,
    at REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX attempts_of_step ON attempts (lesson, step);

CREATE TABLE drafts (
    id TEXT PRIMARY KEY,
    lesson TEXT NOT NULL,
    step TEXT NOT NULL,
    code TEXT NOT NULL,
    at REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX drafts_of_step ON drafts (lesson, step, at);

CREATE TABLE places (
    lesson TEXT PRIMARY KEY,
    step TEXT NOT NULL,
    scroll INTEGER NOT NULL,
    cursor_row INTEGER NOT NULL,
    cursor_column INTEGER NOT NULL,
    pane TEXT NOT NULL,
    at REAL NOT NULL
) WITHOUT ROWID;

CREATE TABLE forgotten (
    token TEXT PRIMARY KEY,
    record TEXT NOT NULL,
    at REAL NOT NULL
) WITHOUT ROWID;
"""

MIGRATIONS: tuple[str, ...] = (FIRST,)

TABLES = ("steps", "attempts", "drafts", "places")
"""What a learner did; `forgotten` is what a reset can give back."""


class Newer(Exception):
    """The file was written by a version of the program that knows more than this one."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(f"its format is {found}, this version knows {known}")
        self.found = found
        self.known = known


def version(connection: sqlite3.Connection) -> int:
    """The schema version of an open file; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Bring a file to the newest version, in one transaction; two tutors may do so at the same moment."""
    if version(connection) == len(migrations):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = version(connection)
        if found > len(migrations):
            raise Newer(found, len(migrations))
        for script in migrations[found:]:
            for statement in filter(str.strip, script.split(";")):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
