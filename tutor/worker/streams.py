"""The program's stdin, stdout and stderr: line-buffered as in a terminal, never failing on a character, in one order."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any

from .emit import Emitter

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

KEPT = 1 << 20
"""Bytes of standard output kept for the checks."""


class Turns:
    """Who wrote last: told to the supervisor when the other stream begins."""

    def __init__(self, emit: Emitter) -> None:
        self.emit = emit
        self.last: Outlet | None = None
        self.outlets: list[Outlet] = []

    def begin(self, outlet: Outlet) -> None:
        """`outlet` is about to write."""
        if self.last is not None:
            stdout, stderr = self.outlets
            self.emit("turn", {"stdout": stdout.count, "stderr": stderr.count})
        self.last = outlet


class Outlet(io.FileIO):
    """Descriptor 1 or 2, counting what goes through it."""

    def __init__(self, descriptor: int, turns: Turns, keep: bool) -> None:
        super().__init__(descriptor, "w", closefd=False)
        self.count = 0
        self.kept: bytearray | None = bytearray() if keep else None
        self._turns = turns
        turns.outlets.append(self)

    def write(self, piece: ReadableBuffer) -> int:
        """Write as `FileIO` does."""
        if self._turns.last is not self:
            self._turns.begin(self)
        written = super().write(piece)
        self.count += written
        if self.kept is not None and len(self.kept) < KEPT:
            self.kept += memoryview(piece)[:written]
        return written


class Inlet(io.FileIO):
    """Descriptor 0; says that the program waits before it does."""

    def __init__(self, emit: Emitter, ask: bool) -> None:
        super().__init__(0, "r", closefd=False)
        self._emit = emit
        self._ask = ask

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        """Read as `FileIO` does."""
        if self._ask:
            sys.stdout.flush()
            self._emit("asked", {"prompt": ""})
        return super().readinto(buffer)


def open_streams(emit: Emitter, ask: bool, keep: bool) -> Outlet:
    """Put the three streams in place; returns the outlet of stdout."""
    turns = Turns(emit)
    outlets = (Outlet(1, turns, keep), Outlet(2, turns, False))
    sys.stdout, sys.stderr = (_text(outlet) for outlet in outlets)
    sys.stdin = io.TextIOWrapper(io.BufferedReader(Inlet(emit, ask)), encoding="utf-8", errors="replace")
    for name, stream in (("<stdin>", sys.stdin), ("<stdout>", sys.stdout), ("<stderr>", sys.stderr)):
        _name(stream, name)
    vars(sys).update(__stdin__=sys.stdin, __stdout__=sys.stdout, __stderr__=sys.stderr)
    return outlets[0]


def _text(outlet: Outlet) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        io.BufferedWriter(outlet), encoding="utf-8", errors="backslashreplace", line_buffering=True
    )


def _name(stream: Any, name: str) -> None:
    stream.buffer.raw.name = name
