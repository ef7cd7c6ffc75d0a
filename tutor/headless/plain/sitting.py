"""One learner at one step of a lesson: what everything in this folder works on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tutor.headless.plain.conversation import Conversation
from tutor.headless.plain.running import Runs
from tutor.lesson.model import Lesson, Step
from tutor.lesson.task import code_of
from tutor.lesson.wire import fingerprint
from tutor.progress.contract import Outcome, Place
from tutor.services import Services


class Editor(Protocol):
    """The learner's own editor."""

    @property
    def name(self) -> str:
        """Its name; empty where none can be opened."""
        ...

    async def edit(self, code: str, name: str, keep: Callable[[str], None]) -> str:
        """The code as it was left; every saved state is handed to `keep`. Raises `OSError` when it cannot be started."""
        ...


@dataclass(slots=True)
class Sitting:
    """A lesson, the step one is at, its code, and whom to ask for the rest."""

    services: Services
    talk: Conversation
    runs: Runs
    editor: Editor
    lesson: Lesson
    index: int = 0
    code: str = ""
    hints: int = 0
    """Hints shown since the step was opened."""
    told: str = ""
    """What was last said about a record that cannot be written."""

    @property
    def step(self) -> Step:
        """The step one is at."""
        return self.lesson.steps[self.index]

    @property
    def passed(self) -> bool:
        """Whether it is done."""
        return self.services.progress.record(self.lesson.id, self.step.id).passed

    def open_step(self, index: int) -> None:
        """Go to a step, and take up its code as it was left."""
        self.index, self.hints = index, 0
        draft = self.services.progress.draft(self.lesson.id, self.step.id)
        self.code = code_of(self.step) if draft is None else draft
        self.services.progress.keep_place(Place(self.lesson.id, self.step.id))

    def keep_code(self, code: str) -> None:
        """Keep what was typed at this step, at once."""
        self.code = code
        self.services.progress.keep_draft(self.lesson.id, self.step.id, code)

    def keep_outcome(self, outcome: Outcome) -> None:
        """Put an attempt into the learner's record."""
        self.services.progress.keep_attempt(
            self.lesson.id, self.step.id, outcome, content=fingerprint(self.step)
        )

    def keep_hint(self, rung: int, *, solution: bool = False) -> None:
        """Put a hint into the learner's record; with `solution` the step counts as assisted."""
        self.services.progress.keep_hint(self.lesson.id, self.step.id, rung, solution=solution)

    def say_what_is_not_saved(self) -> None:
        """Say once why nothing is saved, and once that it is again."""
        now = self.services.progress.read_only
        if now != self.told:
            self.talk.say(now or "Your work is saved again.")
            self.told = now
