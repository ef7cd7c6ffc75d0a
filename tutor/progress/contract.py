"""The learner's record as the rest of the program sees it. The program passes `progress.store.Store`; tests a fake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Outcome = Literal[
    "passed", "not_as_taught", "not_yet", "error", "not_attempted", "timeout", "memory", "stopped", "crashed"
]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the learner is."""

    lesson: str
    step: str
    scroll: int = 0
    cursor: tuple[int, int] = (0, 0)
    pane: str = "code"
    """The pane, and behind a colon the view of the results that was open."""


@dataclass(frozen=True, slots=True)
class StepRecord:
    """What happened at one step."""

    lesson: str
    step: str
    passed: bool = False
    assisted: bool = False
    """Solved after the solution was shown."""
    attempts: int = 0
    hints: int = 0
    """Rungs of the hint ladder taken."""
    first_passed: float | None = None
    """Unix time."""
    last_seen: float | None = None
    content: str = ""
    """Hash of the step when it was passed: tells when a lesson changed since."""


@dataclass(frozen=True, slots=True)
class Due:
    """A step to review."""

    lesson: str
    step: str
    due: float


class Progress(Protocol):
    """Keeps what a learner did; every call is one transaction and safe beside a second tutor."""

    @property
    def read_only(self) -> str:
        """Why nothing can be saved, as a sentence; empty when all is well."""
        ...

    def place(self) -> Place | None:
        """Where the learner left off."""
        ...

    def keep_place(self, place: Place) -> None:
        """Remember where the learner is."""
        ...

    def lesson_place(self, lesson: str) -> Place | None:
        """Where the learner left off in one lesson."""
        ...

    def record(self, lesson: str, step: str) -> StepRecord:
        """What happened at one step; an empty record when nothing did."""
        ...

    def records(self) -> Mapping[str, Mapping[str, StepRecord]]:
        """All records: lesson to step to record."""
        ...

    def keep_attempt(self, lesson: str, step: str, outcome: Outcome, *, content: str = "") -> None:
        """An attempt was graded; a pass stays a pass."""
        ...

    def keep_hint(self, lesson: str, step: str, rung: int, *, solution: bool = False) -> None:
        """A hint was shown; with `solution` the step counts as assisted from now on."""
        ...

    def draft(self, lesson: str, step: str) -> str | None:
        """The code last typed at a step."""
        ...

    def keep_draft(self, lesson: str, step: str, code: str) -> None:
        """Keep what was typed; the latest one wins, whichever tutor wrote it, and the former is kept as history."""
        ...

    def due(self, now: float) -> Sequence[Due]:
        """Steps to review, most overdue first."""
        ...

    def reset(self, lesson: str | None = None, step: str | None = None) -> str:
        """Forget a step, a lesson or everything; returns a token for `undo`."""
        ...

    def undo(self, token: str) -> None:
        """Bring back what a reset of this session took away."""
        ...

    def close(self) -> None:
        """Write what is pending and close the file."""
        ...
