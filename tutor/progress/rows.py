"""Rows of the record as the structures of `contract`, and back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tutor.progress import review
from tutor.progress.contract import Due, Outcome, Place, StepRecord
from tutor.progress.review import Schedule


@dataclass(frozen=True, slots=True)
class Standing:
    """One row of `steps`: what is known of a step, and when it comes back."""

    passed: bool = False
    assisted: bool = False
    hints: int = 0
    first_passed: float | None = None
    last_seen: float | None = None
    content: str = ""
    schedule: Schedule = field(default_factory=Schedule)

    def seen(self, now: float) -> Standing:
        """The same, looked at now."""
        return replace(self, last_seen=now)

    def passing(self, now: float, content: str) -> Standing:
        """After a pass; one that was helped by the solution is marked so, unless it was passed without help before."""
        return replace(
            self,
            passed=True,
            first_passed=self.first_passed if self.first_passed is not None else now,
            last_seen=now,
            content=content or self.content,
            schedule=review.after_pass(self.schedule, now, before=self.passed),
        )

    def failing(self, now: float) -> Standing:
        """After an answer that did not pass; a former pass stays."""
        return replace(
            self, last_seen=now, schedule=review.after_failure(self.schedule, now, before=self.passed)
        )

    def hinted(self, now: float, rung: int, solution: bool) -> Standing:
        """After a hint, or the solution, was shown."""
        return replace(
            self,
            last_seen=now,
            hints=max(self.hints, rung),
            assisted=self.assisted or (solution and not self.passed),
            schedule=review.after_help(self.schedule) if solution else self.schedule,
        )


COLUMNS = "passed, assisted, hints, first_passed, last_seen, content, rung, due, stumbled, helped"


def standing(connection: sqlite3.Connection, lesson: str, step: str) -> Standing:
    """What is known of a step."""
    row = connection.execute(
        f"SELECT {COLUMNS} FROM steps WHERE lesson = ? AND step = ?", (lesson, step)
    ).fetchone()
    if row is None:
        return Standing()
    passed, assisted, hints, first_passed, last_seen, content, rung, due, stumbled, helped = row
    schedule = Schedule(rung, due, bool(stumbled), bool(helped))
    return Standing(bool(passed), bool(assisted), hints, first_passed, last_seen, content, schedule)


def put_standing(connection: sqlite3.Connection, lesson: str, step: str, known: Standing) -> None:
    """Write what is known of a step."""
    connection.execute(
        f"INSERT OR REPLACE INTO steps (lesson, step, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            lesson, step, known.passed, known.assisted, known.hints, known.first_passed, known.last_seen, known.content,
            known.schedule.rung, known.schedule.due, known.schedule.stumbled, known.schedule.helped,
        ),
    )  # fmt: skip


def put_attempt(connection: sqlite3.Connection, lesson: str, step: str, outcome: Outcome, now: float) -> None:
    """Write one attempt."""
    connection.execute(
        "INSERT INTO attempts (id, lesson, step, outcome, at) VALUES (?, ?, ?, ?, ?)",
        (os.urandom(8).hex(), lesson, step, outcome, now),
    )


RECORDS = """
SELECT s.lesson, s.step, passed, assisted, hints, first_passed, last_seen, content,
       (SELECT COUNT(*) FROM attempts a WHERE a.lesson = s.lesson AND a.step = s.step)
FROM steps s
"""


def record(connection: sqlite3.Connection, lesson: str, step: str) -> StepRecord:
    """One step's record; an empty one when there is none."""
    row = connection.execute(f"{RECORDS} WHERE s.lesson = ? AND s.step = ?", (lesson, step)).fetchone()
    return StepRecord(lesson, step) if row is None else _record(row)


def records(connection: sqlite3.Connection) -> Mapping[str, Mapping[str, StepRecord]]:
    """All records: lesson to step to record."""
    found: dict[str, dict[str, StepRecord]] = {}
    for row in connection.execute(RECORDS):
        one = _record(row)
        found.setdefault(one.lesson, {})[one.step] = one
    return found


def due(connection: sqlite3.Connection, now: float) -> Sequence[Due]:
    """Steps whose review is due, most overdue first."""
    found = connection.execute(
        "SELECT lesson, step, due FROM steps WHERE passed AND due <= ? ORDER BY due, lesson, step", (now,)
    )
    return [Due(lesson, step, when) for lesson, step, when in found]


PLACE = "SELECT lesson, step, scroll, cursor_row, cursor_column, pane FROM places"


def latest_place(connection: sqlite3.Connection) -> Place | None:
    """Where the learner was last."""
    return _place(connection.execute(f"{PLACE} ORDER BY at DESC LIMIT 1").fetchone())


def place_in(connection: sqlite3.Connection, lesson: str) -> Place | None:
    """Where the learner was last in one lesson."""
    return _place(connection.execute(f"{PLACE} WHERE lesson = ?", (lesson,)).fetchone())


def put_place(connection: sqlite3.Connection, place: Place, now: float) -> None:
    """Write where the learner is; later than any other place, even when the clock went back."""
    latest = connection.execute("SELECT MAX(at) FROM places").fetchone()[0]
    connection.execute(
        "INSERT OR REPLACE INTO places (lesson, step, scroll, cursor_row, cursor_column, pane, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (place.lesson, place.step, place.scroll, *place.cursor, place.pane, later(now, latest)),
    )


def later(now: float, latest: float | None) -> float:
    """`now`, or just after `latest` when the clock went back."""
    return now if latest is None or now > latest else latest + 1e-3


Row = tuple[str, str, int, int, int, float | None, float | None, str, int]


def _record(row: Row) -> StepRecord:
    lesson, step, passed, assisted, hints, first_passed, last_seen, content, attempts = row
    return StepRecord(
        lesson, step, bool(passed), bool(assisted), attempts, hints, first_passed, last_seen, content
    )


def _place(row: tuple[str, str, int, int, int, str] | None) -> Place | None:
    if row is None:
        return None
    lesson, step, scroll, cursor_row, cursor_column, pane = row
    return Place(lesson, step, scroll, (cursor_row, cursor_column), pane)
