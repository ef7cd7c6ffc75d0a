"""Where one is in a lesson: which step, what is done, what comes next. Knows the record, not the screen."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.lesson.model import Lesson, Step
from tutor.panes.status_line import Dot
from tutor.progress.contract import Progress


@dataclass(slots=True)
class LessonWalk:
    """A lesson being walked through."""

    lesson: Lesson
    progress: Progress
    index: int = 0
    """The step one is at, counted from 0."""

    @property
    def step(self) -> Step:
        """The step one is at."""
        return self.lesson.steps[self.index]

    @property
    def at_end(self) -> bool:
        """Whether this is the last step."""
        return self.index == len(self.lesson.steps) - 1

    def go_to(self, step: str | None) -> None:
        """Go to a step by its id; an unknown one, or None, is the first that is not done."""
        ids = [entry.id for entry in self.lesson.steps]
        self.index = ids.index(step) if step in ids else self._first_open()

    def forward(self) -> bool:
        """Go one step on; False at the end."""
        if self.at_end:
            return False
        self.index += 1
        return True

    def back(self) -> bool:
        """Go one step back; False at the beginning."""
        if self.index == 0:
            return False
        self.index -= 1
        return True

    def dots(self) -> tuple[Dot, ...]:
        """What is done, step by step."""
        records = self.progress.records().get(self.lesson.id, {})
        return tuple(
            _dot(records[step.id].passed, records[step.id].assisted) if step.id in records else "todo"
            for step in self.lesson.steps
        )

    def _first_open(self) -> int:
        return next((index for index, dot in enumerate(self.dots()) if dot == "todo"), 0)


def _dot(passed: bool, assisted: bool) -> Dot:
    if not passed:
        return "todo"
    return "assisted" if assisted else "done"
