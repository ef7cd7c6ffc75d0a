"""Runs the code of a step: what it prints is said as it comes, what the lens saw is said in words at the end."""

from __future__ import annotations

import itertools
from collections.abc import AsyncGenerator, AsyncIterator, Sequence

from tutor.events import Asked, Event, Finished, Output
from tutor.headless.plain.conversation import Conversation, EndOfTyping
from tutor.headless.plain_report import spoken_sections
from tutor.lesson.model import Lesson, Step
from tutor.renderables.run_record import RunRecord
from tutor.runner.limits import limits_of
from tutor.runner.request import Grading, RunRequest
from tutor.services import Services

_counter = itertools.count(1)


class Runs:
    """One program at a time."""

    def __init__(self, services: Services, talk: Conversation) -> None:
        self._services = services
        self._talk = talk
        self._current = ""
        self.last: RunRecord | None = None
        """The last run that was said aloud."""

    @property
    def busy(self) -> bool:
        """Whether a program is running."""
        return bool(self._current)

    async def ready(self) -> bool:
        """Wait for the worker; say why when there is none."""
        runner = self._services.runner
        if runner.state.phase in ("off", "starting"):
            self._talk.say("Importing torch, one moment.")
        state = await runner.start()
        if state.phase != "ready":
            self._talk.say(f"The code cannot be run. {state.reason} {state.advice}")
        return state.phase == "ready"

    def request(
        self,
        lesson: Lesson,
        step: Step,
        code: str,
        grading: Grading | None = None,
        asks: Sequence[str] = (),
    ) -> RunRequest:
        """The request to run a step's code."""
        return RunRequest(
            source=code,
            filename=f"{step.id}.py",
            limits=limits_of(lesson, step, self._services.settings),
            files=self._services.catalog.files(lesson.id, step.files) if step.files else {},
            grading=grading,
            asks=tuple(asks),
            stdin=grading is None and not asks,
        )

    async def silently(self, request: RunRequest) -> list[Event]:
        """What a run says, kept to oneself."""
        return [event async for event in self._events(request)]

    async def aloud(self, request: RunRequest) -> RunRecord:
        """Run, and pass on what is printed."""
        self.last = record = RunRecord(source=request.source)
        self._talk.say("Running; control C stops it.")
        async for event in self._events(request):
            record.add(event)
            await self._take(event)
        self._talk.end_line()
        return record

    def replay(self, source: str, events: Sequence[Event]) -> None:
        """Say what an earlier run said."""
        self.last = record = RunRecord(source=source)
        for event in events:
            record.add(event)
            if isinstance(event, Output):
                self._pass_on(event)
        self.report(record)

    def report(self, record: RunRecord) -> None:
        """Say what the lens saw."""
        self._talk.say(*spoken_sections(record))

    async def stop(self) -> None:
        """Stop the program."""
        if self._current:
            await self._services.runner.stop(self._current)

    async def _take(self, event: Event) -> None:
        match event:
            case Output():
                self._pass_on(event)
            case Asked():
                await self._answer()
            case Finished() if event.message:
                self._talk.say(event.message)

    def _pass_on(self, event: Output) -> None:
        if event.left_out:
            self._talk.pass_on(f"({event.left_out:,} bytes left out)\n")
        self._talk.pass_on(event.text)

    async def _answer(self) -> None:
        try:
            line = await self._talk.typed_line()
        except EndOfTyping:
            await self.stop()
        else:
            await self._services.runner.send_line(self._current, line)

    async def _events(self, request: RunRequest) -> AsyncIterator[Event]:
        self._current = f"plain-{next(_counter)}"
        events = self._services.runner.run(request, self._current)
        try:
            async for event in events:
                yield event
        finally:
            self._current = ""
            if isinstance(events, AsyncGenerator):
                await events.aclose()
