"""What was typed at each step: the newest draft wins, and the ones before it stay as history.

A tutor that types on its own refreshes its newest draft; once another tutor has written, it begins a new one, so neither undoes the other.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.progress.rows import later

KEPT = 100
"""Drafts of one step; the oldest ones go."""
SPAN = 60.0
"""Seconds of typing that make one draft of the history."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft of a step."""

    code: str
    at: float
    """Unix time of its last key."""


@dataclass(slots=True)
class _Own:
    """A draft of this tutor that may still be refreshed."""

    id: str
    began: float


class Drafts:
    """Knows which drafts are this tutor's own."""

    def __init__(self) -> None:
        self._own: dict[tuple[str, str], _Own] = {}

    def keep(self, connection: sqlite3.Connection, lesson: str, step: str, code: str, now: float) -> None:
        """Write a draft, unless it says what the newest one says."""
        text = code.encode("utf-8", "replace").decode()
        newest = connection.execute(
            "SELECT id, code, at FROM drafts WHERE lesson = ? AND step = ? ORDER BY at DESC LIMIT 1",
            (lesson, step),
        ).fetchone()
        if newest is not None and newest[1] == text:
            return
        when = later(now, None if newest is None else newest[2])
        own = self._own.get((lesson, step))
        ours = own is not None and newest is not None and newest[0] == own.id
        if own is not None and ours and 0 <= now - own.began < SPAN and _typed(newest[1], text):
            connection.execute("UPDATE drafts SET code = ?, at = ? WHERE id = ?", (text, when, own.id))
            return
        own = _Own(os.urandom(8).hex(), now)
        self._own[(lesson, step)] = own
        connection.execute(
            "INSERT INTO drafts (id, lesson, step, code, at) VALUES (?, ?, ?, ?, ?)",
            (own.id, lesson, step, text, when),
        )
        connection.execute(
            "DELETE FROM drafts WHERE lesson = ? AND step = ? AND id NOT IN"
            " (SELECT id FROM drafts WHERE lesson = ? AND step = ? ORDER BY at DESC LIMIT ?)",
            (lesson, step, lesson, step, KEPT),
        )


def _typed(former: str, text: str) -> bool:
    """Whether most of the former text is still there: it was typed on, not replaced or emptied."""
    same = _alike(former, text)
    return 2 * (same + _alike(former[same:][::-1], text[same:][::-1])) >= len(former)


def _alike(one: str, other: str) -> int:
    """How many characters the two begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def latest(connection: sqlite3.Connection, lesson: str, step: str) -> str | None:
    """The newest draft of a step."""
    row = connection.execute(
        "SELECT code FROM drafts WHERE lesson = ? AND step = ? ORDER BY at DESC LIMIT 1", (lesson, step)
    ).fetchone()
    return None if row is None else str(row[0])


def history(connection: sqlite3.Connection, lesson: str, step: str) -> Sequence[Draft]:
    """All drafts of a step, newest first."""
    found = connection.execute(
        "SELECT code, at FROM drafts WHERE lesson = ? AND step = ? ORDER BY at DESC", (lesson, step)
    )
    return [Draft(code, at) for code, at in found]
