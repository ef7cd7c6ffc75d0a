"""While an answer is graded its functions may print and read: nothing is shown, and standard input is empty."""

from __future__ import annotations

import builtins
import contextlib
import io
import os
import sys
import warnings
from collections.abc import Iterator
from typing import Any

MOST = 200_000


class Sink(io.TextIOBase):
    """Takes what is printed and keeps the first part of it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str) -> int:
        """Keep the text while there is room."""
        if self._length < MOST:
            self._parts.append(str(text))
            self._length += len(text)
        return len(text)

    def text(self) -> str:
        """What was printed."""
        return "".join(self._parts)


@contextlib.contextmanager
def quiet() -> Iterator[Sink]:
    """Standard output and error go to a sink that the caller may read; `input()` finds nothing."""
    sink = Sink()
    kept = (sys.stdout, sys.stderr, sys.stdin, builtins.input)
    sys.stdout, sys.stderr, sys.stdin = sink, sink, io.StringIO()
    builtins.input = _no_input
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield sink
    finally:
        sys.stdout, sys.stderr, sys.stdin, builtins.input = kept


@contextlib.contextmanager
def silent_descriptors() -> Iterator[None]:
    """What C code writes to standard output and error while grading (the profiler does) goes nowhere."""
    kept: list[tuple[int, int]] = []
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
    except OSError:
        yield
        return
    for descriptor in (1, 2):
        with contextlib.suppress(OSError):  # the learner's program may have closed it
            kept.append((descriptor, os.dup(descriptor)))
            os.dup2(nowhere, descriptor)
    try:
        yield
    finally:
        os.close(nowhere)
        for descriptor, copy in kept:
            os.dup2(copy, descriptor)
            os.close(copy)


def _no_input(prompt: Any = "") -> str:
    raise EOFError("nobody answers input() while an answer is checked")
