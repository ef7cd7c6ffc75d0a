"""The seam between the interface and whatever runs programs. Tests pass a fake; the program passes `WorkerClient`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from tutor.events import Event, Ready
from tutor.runner.answer import About, Answer
from tutor.runner.request import RunRequest


@dataclass(frozen=True, slots=True)
class WorkerState:
    """Where the worker is: shown in the status line."""

    phase: Literal["off", "starting", "ready", "missing", "restarting", "failed"]
    python: str = ""
    """The interpreter tried."""
    ready: Ready | None = None
    reason: str = ""
    """Why it is missing or failed, as a sentence."""
    advice: str = ""
    """The one next thing to try."""


class Runner(Protocol):
    """Runs programs, one fresh process each."""

    @property
    def state(self) -> WorkerState:
        """Where the worker is now."""
        ...

    def watch(self, listener: Callable[[WorkerState], None]) -> None:
        """Call `listener` at every change of state, on the event loop."""
        ...

    async def start(self) -> WorkerState:
        """Start the worker and wait until it is ready or known to be missing. Safe to call twice."""
        ...

    def run(self, request: RunRequest, run: str | None = None) -> AsyncIterator[Event]:
        """Run a program; yields its events, always ending with exactly one `Finished`.

        Closing the iterator stops the run. `run` names it for `stop` and `send_line`; None draws a name.
        """
        ...

    async def stop(self, run: str) -> None:
        """Stop a run: KeyboardInterrupt first, then the whole process tree."""
        ...

    async def send_line(self, run: str, text: str) -> None:
        """Answer `input()` with one line."""
        ...

    async def ask(
        self,
        about: About,
        text: str,
        names: Mapping[str, str] | None = None,
        *,
        first: Sequence[str] = (),
    ) -> Answer:
        """What could stand at the cursor (`complete`), how the call around it is made (`signature`), what the word before it is (`doc`).

        `text` is what `cursor.text_for(about, source, offset)` cuts from the source. `names` is `Names.names` of a run, None: the
        last that told any. `first` are the names the lesson uses: they are ranked first. Works while a run is busy; a worker
        that is not ready answers from the text and the names alone. Never raises; an answer that is not `known` shows nothing.
        """
        ...

    async def close(self) -> None:
        """End the worker and everything it started."""
        ...
