"""A learner who has written down beforehand what to type, and an editor that always saves the same."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tests.fakes.progress import FakeProgress
from tests.fakes.runner import FakeRunner
from tutor.events import Event
from tutor.headless.plain.conversation import Conversation
from tutor.headless.plain.course import attend
from tutor.headless.plain.running import Runs
from tutor.lesson.catalog import Catalog
from tutor.services import Services
from tutor.settings import Settings


class WrittenLines:
    """Lines of a list, then no more."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.left = list(lines)

    async def next_line(self) -> str | None:
        return self.left.pop(0) if self.left else None


class FakeEditor:
    """Saves twice what it was made with, and leaves; without a name there is none."""

    def __init__(self, code: str = "", name: str = "ed", fault: OSError | None = None) -> None:
        self._code, self._fault = code, fault
        self.name = name
        self.opened: list[str] = []

    async def edit(self, code: str, name: str, keep: Callable[[str], None]) -> str:
        if self._fault is not None:
            raise self._fault
        self.opened.append(code)
        keep("half " + self._code)
        return self._code


class PlainTalk:
    """One learner at one lesson file, without a screen and without torch."""

    def __init__(self, lessons: Path, scripts: Sequence[Sequence[Event]] = ()) -> None:
        self.progress = FakeProgress()
        self.runner = FakeRunner(scripts)
        self.editor = FakeEditor()
        self.out = io.StringIO()
        self.catalog = Catalog([lessons])
        self.ascii = False

    async def type(self, *lines: str, at: str | None = None) -> str:
        """What is said while these lines are typed."""
        asked = (None, None) if at is None else self.catalog.place(at)
        services = Services(self.catalog, self.runner, self.progress, lambda: 0.0, Settings())
        talk = Conversation(WrittenLines(lines), self.out, ascii=self.ascii, echo=True)
        before = self.out.tell()
        await attend(services, talk, self.editor, Runs(services, talk), asked)
        return self.out.getvalue()[before:]

    def code(self, step: str) -> str | None:
        """The draft of a step of the first lesson."""
        return self.progress.draft(self.catalog.order[0], step)

    def passed(self) -> set[str]:
        """Steps of the first lesson that are done."""
        return {step for (_, step), record in self.progress.steps.items() if record.passed}
