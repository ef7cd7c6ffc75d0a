"""The learner's record in one SQLite file: every call is one transaction, and a second tutor may write at the same time."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tutor.progress import drafts, exchange, rows
from tutor.progress.contract import Due, Outcome, Place, StepRecord
from tutor.progress.database import Database

PASSES = ("passed", "not_as_taught")
UNCOUNTED = ("not_attempted", "stopped")
"""Outcomes which say nothing about what the learner knows."""
KEPT_RESETS = 20


class Store:
    """Keeps progress in the file `path`; implements `contract.Progress`."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time, patience: float = 5.0) -> None:
        self._database = Database(path, patience)
        self._clock = clock
        self._drafts = drafts.Drafts()

    @property
    def read_only(self) -> str:
        """Why nothing can be saved, as a sentence; empty when all is well."""
        return self._database.read_only

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    def place(self) -> Place | None:
        """Where the learner left off."""
        return self._database.read(rows.latest_place)

    def lesson_place(self, lesson: str) -> Place | None:
        """Where the learner left off in one lesson."""
        return self._database.read(lambda connection: rows.place_in(connection, lesson))

    def keep_place(self, place: Place) -> None:
        """Remember where the learner is."""
        self._database.write(lambda connection: rows.put_place(connection, place, self._clock()))

    def record(self, lesson: str, step: str) -> StepRecord:
        """What happened at one step; an empty record when nothing did."""
        return self._database.read(lambda connection: rows.record(connection, lesson, step))

    def records(self) -> Mapping[str, Mapping[str, StepRecord]]:
        """All records: lesson to step to record."""
        return self._database.read(rows.records)

    def keep_attempt(self, lesson: str, step: str, outcome: Outcome, *, content: str = "") -> None:
        """An attempt was graded; a pass stays a pass."""
        now = self._clock()

        def keep(connection: sqlite3.Connection) -> None:
            known = rows.standing(connection, lesson, step)
            if outcome in UNCOUNTED:
                rows.put_standing(connection, lesson, step, known.seen(now))
                return
            rows.put_attempt(connection, lesson, step, outcome, now)
            after = known.passing(now, content) if outcome in PASSES else known.failing(now)
            rows.put_standing(connection, lesson, step, after)

        self._database.write(keep)

    def keep_hint(self, lesson: str, step: str, rung: int, *, solution: bool = False) -> None:
        """A hint was shown; with `solution` the step counts as assisted from now on."""
        now = self._clock()

        def keep(connection: sqlite3.Connection) -> None:
            known = rows.standing(connection, lesson, step)
            rows.put_standing(connection, lesson, step, known.hinted(now, rung, solution))

        self._database.write(keep)

    def draft(self, lesson: str, step: str) -> str | None:
        """The code last typed at a step."""
        return self._database.read(lambda connection: drafts.latest(connection, lesson, step))

    def keep_draft(self, lesson: str, step: str, code: str) -> None:
        """Keep what was typed; the latest one wins, whichever tutor wrote it, and the former is kept as history."""
        now = self._clock()
        self._database.write(lambda connection: self._drafts.keep(connection, lesson, step, code, now))

    def history(self, lesson: str, step: str) -> Sequence[drafts.Draft]:
        """All drafts kept of a step, newest first."""
        return self._database.read(lambda connection: drafts.history(connection, lesson, step))

    def due(self, now: float) -> Sequence[Due]:
        """Steps to review, most overdue first."""
        return self._database.read(lambda connection: rows.due(connection, now))

    def reset(self, lesson: str | None = None, step: str | None = None) -> str:
        """Forget a step, a lesson or everything; returns a token for `undo`."""
        token = os.urandom(8).hex()
        now = self._clock()

        def set_aside(connection: sqlite3.Connection) -> None:
            record = json.dumps(exchange.take(connection, lesson, step))
            connection.execute(
                "INSERT INTO forgotten (token, record, at) VALUES (?, ?, ?)", (token, record, now)
            )
            connection.execute(
                "DELETE FROM forgotten WHERE token NOT IN (SELECT token FROM forgotten ORDER BY at DESC LIMIT ?)",
                (KEPT_RESETS,),
            )

        self._database.forget(lesson, step, set_aside)
        return token

    def undo(self, token: str) -> None:
        """Bring back what a reset took away, beside what was done since. Raises `KeyError` for an unknown token."""

        def restore(connection: sqlite3.Connection) -> None:
            found = connection.execute("SELECT record FROM forgotten WHERE token = ?", (token,)).fetchone()
            if found is None:
                raise KeyError(token)
            exchange.merge(connection, exchange.read(json.loads(found[0])))
            connection.execute("DELETE FROM forgotten WHERE token = ?", (token,))

        self._database.write(restore)

    def adopt(self, former: str, lesson: str) -> None:
        """A lesson's id changed from `former`: its record moves along, beside what the new id has."""
        self._database.write(lambda connection: exchange.rename(connection, former, lesson))

    def export(self) -> exchange.Document:
        """Everything, ready for `json.dump`."""
        return self._database.read(exchange.take)

    def merge(self, document: exchange.Document) -> None:
        """Add an exported record to this one; nothing here is lost."""
        self._database.write(lambda connection: exchange.merge(connection, document))

    def close(self) -> None:
        """Write what is pending and close the file."""
        self._database.close()
