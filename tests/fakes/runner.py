"""A runner that replays scripted events: what a screen or a command does with them can be tested without torch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from tutor.events import Event, Finished, Ready, Started
from tutor.runner.answer import About, Answer
from tutor.runner.contract import WorkerState
from tutor.runner.request import RunRequest

READY = WorkerState(
    phase="ready",
    python="/usr/bin/python3",
    ready=Ready(python="3.12.1", torch="2.13.0", layers={"process": "on"}),
)
MISSING = WorkerState(
    phase="missing",
    python="/usr/bin/python3",
    reason="/usr/bin/python3 has no torch.",
    advice="Name an interpreter that has it: --python EXE.",
)


class FakeRunner:
    """Answers each run with the next script; without one, with a run that ends well.

    `hold` keeps every run open before its `Finished` until `release()` or `stop()`.
    """

    def __init__(
        self,
        scripts: Iterable[Sequence[Event]] = (),
        *,
        after_start: WorkerState = READY,
        hold: bool = False,
    ) -> None:
        self._scripts = [list(script) for script in scripts]
        self._after_start = after_start
        self._state = WorkerState(phase="off")
        self._listeners: list[Callable[[WorkerState], None]] = []
        self._hold = hold
        self._released = asyncio.Event()
        self._stopped: set[str] = set()
        self.requests: list[RunRequest] = []
        self.stops: list[str] = []
        self.lines: list[tuple[str, str]] = []
        self.abandoned: list[str] = []
        """Runs whose iterator was closed before the end."""
        self.closed = False
        self.questions: list[tuple[About, str]] = []
        self.answers: dict[str, Answer] = {}
        """What `ask` returns for a text that ends so."""
        self.first: Sequence[str] = ()
        """The names that were to come first at the last question."""

    @property
    def state(self) -> WorkerState:
        """Where the worker is now."""
        return self._state

    def watch(self, listener: Callable[[WorkerState], None]) -> None:
        """Call `listener` at every change of state."""
        self._listeners.append(listener)

    def become(self, state: WorkerState) -> None:
        """Change the state, as a worker does that starts, dies or comes back."""
        self._state = state
        for listener in self._listeners:
            listener(state)

    async def start(self) -> WorkerState:
        """Reach the state the fake was made with."""
        if self._state.phase == "off":
            self.become(WorkerState(phase="starting", python=self._after_start.python))
            await asyncio.sleep(0)
            self.become(self._after_start)
        return self._state

    async def run(self, request: RunRequest, run: str | None = None) -> AsyncIterator[Event]:
        """Replay the next script; a script without an end gets `finished ok`."""
        self.requests.append(request)
        name = run or f"r{len(self.requests)}"
        script = self._scripts.pop(0) if self._scripts else []
        ended = False
        try:
            for event in _complete(script):
                if isinstance(event, Finished):
                    event = await self._end(event, name)
                    ended = True
                yield replace(event, run=name)
                await asyncio.sleep(0)
        finally:
            if not ended:
                self.abandoned.append(name)

    async def _end(self, event: Finished, name: str) -> Finished:
        if self._hold:
            await self._released.wait()
        return replace(event, status="stopped") if name in self._stopped else event

    def release(self) -> None:
        """Let held runs come to their end."""
        self._released.set()

    async def stop(self, run: str) -> None:
        """A held run ends as `stopped`."""
        self.stops.append(run)
        self._stopped.add(run)
        self._released.set()

    async def send_line(self, run: str, text: str) -> None:
        """Keep the line for the test to look at."""
        self.lines.append((run, text))

    async def ask(
        self, about: About, text: str, names: Mapping[str, str] | None = None, *, first: Sequence[str] = ()
    ) -> Answer:
        """The answer laid down for the end of this text; one that knows nothing without."""
        self.questions.append((about, text))
        self.first = first
        for end, answer in self.answers.items():
            if text.endswith(end) and answer.about == about:
                return answer
        return Answer(about)

    async def close(self) -> None:
        """Remember that it was asked for."""
        self.closed = True
        self.become(WorkerState(phase="off"))


def _complete(script: list[Event]) -> list[Event]:
    start: list[Event] = [] if any(isinstance(event, Started) for event in script) else [Started()]
    end: list[Event] = (
        [] if any(isinstance(event, Finished) for event in script) else [Finished(status="ok", seconds=0.1)]
    )
    return [*start, *script, *end]
