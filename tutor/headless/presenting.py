"""How a run is presented outside the screen: one interface, and the two presenters that add nothing of their own."""

from __future__ import annotations

import re
import sys
from typing import IO, Protocol, TextIO

from tutor.encode import encode
from tutor.events import Asked, Event, Finished, Output
from tutor.renderables.literal import literal_lines
from tutor.runner.contract import WorkerState

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Presenter(Protocol):
    """Shows one run from its first event to its last."""

    def wait(self, state: WorkerState) -> None:
        """The worker is not ready yet."""
        ...

    def take(self, event: Event) -> None:
        """One event came."""
        ...

    def tick(self) -> None:
        """Some time went by; whoever draws may draw now."""
        ...

    def pause(self) -> None:
        """The person is about to type: leave the terminal alone."""
        ...

    def close(self) -> None:
        """The run is over, or was broken off: put the terminal in order and say what is left to say."""
        ...


def shown(text: str, stream: IO[str]) -> str:
    """Output as it may be written: to a terminal without a single control but line ends and returns, elsewhere as it is."""
    return cleaned(text) if stream.isatty() else text


def cleaned(text: str) -> str:
    """Output without colours, every other control but line ends and returns spelled out."""
    return "\r".join(literal_lines(part) for part in _COLOUR.sub("", text).split("\r"))


class JsonLines:
    """Every event as a line of JSON on standard output, and nothing else."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout

    def wait(self, state: WorkerState) -> None:
        """Say nothing."""

    def take(self, event: Event) -> None:
        """Write it at once: a reader may be waiting."""
        self._out.write(encode(event) + "\n")
        self._out.flush()

    def tick(self) -> None:
        """Say nothing."""

    def pause(self) -> None:
        """Say nothing."""

    def close(self) -> None:
        """Say nothing."""


class Passing:
    """The program's own output and no more, each stream to its own; a limit that was hit is said on standard error."""

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._err = err or sys.stderr

    def wait(self, state: WorkerState) -> None:
        """Say nothing."""

    def take(self, event: Event) -> None:
        """Pass output on."""
        match event:
            case Output():
                self._write(event)
            case Asked() if event.prompt:
                self._out.flush()
            case Finished() if event.message:
                self._err.write(f"{event.message}\n")
                self._err.flush()

    def _write(self, event: Output) -> None:
        stream = self._err if event.stream == "stderr" else self._out
        other = self._out if event.stream == "stderr" else self._err
        other.flush()
        if event.left_out:
            stream.write(f"({event.left_out:,} bytes left out)\n")
        stream.write(shown(event.text, stream))
        stream.flush()

    def tick(self) -> None:
        """Say nothing."""

    def pause(self) -> None:
        """Let the prompt be seen."""
        self._out.flush()

    def close(self) -> None:
        """Leave nothing in a buffer."""
        self._out.flush()
