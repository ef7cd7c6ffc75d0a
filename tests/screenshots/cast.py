"""`make screenshots` also records one run as it was seen: an asciicast, version 2, that any player of those shows."""

from __future__ import annotations

import codecs
import json
import time
from pathlib import Path

from tests.e2e.terminal import Terminal

LONGEST_PAUSE = 1.2
"""Seconds; a player need not wait for what a busy machine took."""


class Cast:
    """Everything a terminal got, and when."""

    def __init__(self, columns: int, rows: int) -> None:
        self._head = {"version": 2, "width": columns, "height": rows, "env": {"TERM": "xterm-256color"}}
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._last = time.monotonic()
        self._now = 0.0
        self._frames: list[tuple[float, str, str]] = []

    def hear(self, chunk: bytes) -> None:
        """The terminal got these bytes just now."""
        now = time.monotonic()
        self._now += min(now - self._last, LONGEST_PAUSE)
        self._last = now
        if text := self._decoder.decode(chunk):
            self._frames.append((round(self._now, 3), "o", text))

    def write(self, path: Path) -> None:
        """Write the recording."""
        lines = [json.dumps(self._head), *(json.dumps(frame, ensure_ascii=False) for frame in self._frames)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def record(place: str, home: Path, path: Path, *, columns: int = 120, rows: int = 40) -> None:
    """Open a lesson, run its code, and keep what was seen."""
    cast = Cast(columns, rows)
    arguments = ["--data-dir", str(home), place]
    with Terminal(arguments, home, columns=columns, rows=rows, heard=cast.hear) as terminal:
        terminal.wait(" cpu")
        terminal.settle()
        terminal.press("ctrl+r")
        terminal.wait("ran ")
        terminal.settle(1.0)
    cast.write(path)
