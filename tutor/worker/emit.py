"""The run's voice: events as lines of the event pipe, whole even from several threads, silent in processes it forks."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

from .wire import encode


class Emitter:
    """Writes events; holds its own references, so that a program that patches `time` or `os` changes nothing."""

    def __init__(self, pipe: int, nonce: bytes, run: str, start: float) -> None:
        self._pipe = pipe
        self._nonce = nonce
        self._run = run
        self._start = start
        self._clock = time.monotonic
        self._write = os.write
        self._lock = threading.Lock()
        self._silent = False
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._fall_silent)

    def __call__(self, kind: str, keys: dict[str, Any]) -> None:
        """Send one event of this run."""
        if self._silent:
            return
        elapsed = round(self._clock() - self._start, 6)
        self._send(encode({"event": kind, "t": elapsed, "run": self._run, **keys}))

    def _send(self, line: bytes) -> None:
        with self._lock:
            rest = memoryview(self._nonce + line)
            while rest:
                try:
                    rest = rest[self._write(self._pipe, rest) :]
                except OSError:
                    self._silent = True
                    return

    def _fall_silent(self) -> None:
        self._silent = True
