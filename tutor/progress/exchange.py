"""The learner's record as one JSON document: for export, import, undo and coming back to a file. Merging never loses work."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Literal

from tutor.progress.schema import TABLES

FORMAT = "pytorch-tutor progress"
VERSION = 1

Cell = str | int | float | None
Row = dict[str, Cell]
Document = dict[str, "str | int | list[Row]"]

KINDS: dict[str, Literal["text", "whole", "real"]] = {
    "rung": "whole", "passed": "whole", "assisted": "whole", "hints": "whole", "stumbled": "whole", "helped": "whole",
    "scroll": "whole", "cursor_row": "whole", "cursor_column": "whole",
    "at": "real", "due": "real", "first_passed": "real", "last_seen": "real",
}  # fmt: skip
"""What a column holds; text where it is not named."""


LARGEST = 1 << 53
"""Whole numbers beyond this are not ours."""


class NotARecord(Exception):
    """A file that should hold a learner's record does not."""


def take(connection: sqlite3.Connection, lesson: str | None = None, step: str | None = None) -> Document:
    """Everything, one lesson or one step, as a document."""
    document: Document = {"format": FORMAT, "version": VERSION}
    where, keys = _where(lesson, step)
    for table in _tables(step):
        cursor = connection.execute(f"SELECT * FROM {table}{where}", keys)
        names = [column[0] for column in cursor.description]
        document[table] = [dict(zip(names, row, strict=True)) for row in cursor]
    return document


def forget(connection: sqlite3.Connection, lesson: str | None, step: str | None) -> None:
    """Delete everything, one lesson or one step."""
    where, keys = _where(lesson, step)
    for table in _tables(step):
        connection.execute(f"DELETE FROM {table}{where}", keys)


def merge(connection: sqlite3.Connection, document: Document) -> None:
    """Add a document to what is there: a pass stays a pass, and the newest draft and place win."""
    columns = {table: _columns(connection, table) for table in TABLES}
    for table in TABLES:
        rows = document.get(table, [])
        if isinstance(rows, list):
            for row in rows:
                _merge_row(connection, table, columns[table], row)


def rename(connection: sqlite3.Connection, former: str, lesson: str) -> None:
    """Move one lesson's record under another id, merging with what is there."""
    document = take(connection, former)
    for table in TABLES:
        rows = document[table]
        if isinstance(rows, list):
            for row in rows:
                row["lesson"] = lesson
    forget(connection, former, None)
    merge(connection, document)


def read(decoded: object) -> Document:
    """A decoded JSON file as a document. Raises `NotARecord` naming what was found."""
    if not isinstance(decoded, dict) or decoded.get("format") != FORMAT:
        raise NotARecord(f'it does not say "format": "{FORMAT}"')
    if decoded.get("version") != VERSION:
        raise NotARecord(f"its version is {decoded.get('version')!r}, this program reads version {VERSION}")
    document: Document = {"format": FORMAT, "version": VERSION}
    for table in TABLES:
        rows = decoded.get(table, [])
        if not isinstance(rows, list):
            raise NotARecord(f'"{table}" is not a list')
        document[table] = [_row(table, number, row) for number, row in enumerate(rows, start=1)]
    return document


def _row(table: str, number: int, row: object) -> Row:
    if not isinstance(row, dict):
        raise NotARecord(f'entry {number} of "{table}" is not an object')
    checked: Row = {}
    for name, value in row.items():
        if not isinstance(name, str) or not _fits(KINDS.get(name, "text"), value):
            raise NotARecord(f'entry {number} of "{table}" has {value!r} as its "{name}"')
        checked[name] = value
    for name in _needed(table):
        if checked.get(name) is None:
            raise NotARecord(f'entry {number} of "{table}" has no "{name}"')
    return checked


def _fits(kind: str, value: object) -> bool:
    match kind:
        case "whole":
            return isinstance(value, int) and abs(value) < LARGEST
        case "real":
            return value is None or (isinstance(value, (int, float)) and math.isfinite(value))
        case _:
            return isinstance(value, str) and _encodes(value)


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _needed(table: str) -> Sequence[str]:
    match table:
        case "attempts":
            return ("id", "lesson", "step", "outcome", "at")
        case "drafts":
            return ("id", "lesson", "step", "code", "at")
        case "places":
            return ("lesson", "step", "scroll", "cursor_row", "cursor_column", "pane", "at")
        case _:
            return ("lesson", "step")


MERGED_STEP = """
INSERT INTO steps ({names}) VALUES ({marks})
ON CONFLICT (lesson, step) DO UPDATE SET
    assisted = CASE WHEN passed AND NOT assisted THEN 0 WHEN excluded.passed AND NOT excluded.assisted THEN 0
               ELSE MAX(assisted, excluded.assisted) END,
    rung = CASE WHEN excluded.last_seen > COALESCE(last_seen, 0) THEN excluded.rung ELSE rung END,
    due = CASE WHEN excluded.last_seen > COALESCE(last_seen, 0) THEN excluded.due ELSE due END,
    stumbled = MAX(stumbled, excluded.stumbled),
    helped = MAX(helped, excluded.helped),
    content = CASE WHEN content = '' THEN excluded.content ELSE content END,
    passed = MAX(passed, excluded.passed),
    hints = MAX(hints, excluded.hints),
    first_passed = COALESCE(MIN(first_passed, excluded.first_passed), first_passed, excluded.first_passed),
    last_seen = COALESCE(MAX(last_seen, excluded.last_seen), last_seen, excluded.last_seen)
"""


def _merge_row(
    connection: sqlite3.Connection, table: str, known: Sequence[str], row: Mapping[str, Cell]
) -> None:
    names = [name for name in known if name in row]
    marks = ", ".join("?" for _ in names)
    columns = ", ".join(names)
    match table:
        case "steps":
            statement = MERGED_STEP.format(names=columns, marks=marks)
        case "places":
            changes = ", ".join(f"{name} = excluded.{name}" for name in names if name != "lesson")
            statement = (
                f"INSERT INTO places ({columns}) VALUES ({marks})"
                f" ON CONFLICT (lesson) DO UPDATE SET {changes} WHERE excluded.at > at"
            )
        case "drafts":
            statement = (
                f"INSERT INTO drafts ({columns}) VALUES ({marks})"
                " ON CONFLICT (id) DO UPDATE SET code = excluded.code, at = excluded.at WHERE excluded.at > at"
            )
        case _:
            statement = f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})"
    connection.execute(statement, [row[name] for name in names])


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _tables(step: str | None) -> Sequence[str]:
    """One step knows nothing of the lesson's place."""
    return TABLES if step is None else [table for table in TABLES if table != "places"]


def _where(lesson: str | None, step: str | None) -> tuple[str, tuple[str, ...]]:
    if lesson is None:
        return "", ()
    if step is None:
        return " WHERE lesson = ?", (lesson,)
    return " WHERE lesson = ? AND step = ?", (lesson, step)
