"""Ends something of ours that takes too long (a known mistake being tried), so that a verdict is not late for it."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from typing import Any


class TooLong(BaseException):
    """Raised inside code that has used its seconds up."""


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise `TooLong` in the block after so many seconds; only the main thread can be interrupted."""
    if seconds <= 0:
        raise TooLong
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)


def _interrupt(_signal: int, _frame: Any) -> None:
    raise TooLong
