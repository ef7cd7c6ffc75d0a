"""One program at a time: makes the request of a step, passes the events on, and knows how to stop it."""

from __future__ import annotations

import itertools
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass

from tutor.events import Event
from tutor.lesson.model import Lesson, Step
from tutor.runner.contract import Runner
from tutor.runner.limits import limits_of
from tutor.runner.request import Grading, RunRequest
from tutor.runner.trust import came_with_program
from tutor.services import Services

_counter = itertools.count(1)


def request_of(
    services: Services,
    lesson: Lesson,
    step: Step,
    code: str,
    *,
    grading: Grading | None = None,
    asks: Sequence[str] = (),
) -> RunRequest:
    """The request to run a step's code; with `grading` it is graded as well."""
    return RunRequest(
        source=code,
        filename=f"{step.id}.py",
        limits=limits_of(lesson, step, services.settings),
        files=services.catalog.files(lesson.id, step.files) if step.files else {},
        grading=grading,
        asks=tuple(asks),
        stdin=grading is None,
        names=True,
        trusted=came_with_program(services.catalog.entry(lesson.id).path),
    )


@dataclass(slots=True)
class RunSession:
    """Runs programs for a screen."""

    runner: Runner
    current: str = ""
    """The run in progress; empty when there is none."""

    @property
    def busy(self) -> bool:
        """Whether a program is running."""
        return bool(self.current)

    async def events(self, request: RunRequest) -> AsyncIterator[Event]:
        """Run a program; leaving the loop early stops it."""
        name = f"screen-{next(_counter)}"
        self.current = name
        events = self.runner.run(request, name)
        try:
            async for event in events:
                yield event
        finally:
            if self.current == name:
                self.current = ""
            if isinstance(events, AsyncGenerator):
                await events.aclose()

    async def stop(self) -> None:
        """Stop the program."""
        if self.current:
            await self.runner.stop(self.current)

    async def send_line(self, text: str) -> None:
        """Answer `input()`."""
        if self.current:
            await self.runner.send_line(self.current, text)
