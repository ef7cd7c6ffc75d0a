"""A learner who reads on and types without a pause until a given moment, and knows what stood on the screen by then."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.e2e.terminal import BEAT, NeverSeen, Terminal
from tutor.worker.processes import alive

LESSON = """\
format: 1
id: long-walk
title: A long walk
why: To be torn away from.
track: walk
steps:
  - {id: one, kind: explain, text: The first words.}
  - {id: two, kind: explain, text: The second words.}
  - {id: three, kind: explain, text: The third words.}
  - id: write
    kind: code
    goal: The fourth words.
    starter: |
      x = 1
    solution: |
      y = 1
    checks:
      - {id: made, defines: y, type: int}
"""
WALK = {
    "one": "The first words.",
    "two": "The second words.",
    "three": "The third words.",
    "write": "The fourth words.",
}


@dataclass(slots=True)
class Typist:
    """Types numbers, so that every key can be told from every other."""

    terminal: Terminal
    until: float
    """On the monotonic clock: when to let go."""
    start: str = "one"
    """The step to begin at."""
    seen: list[str] = field(default_factory=list)
    """Steps that stood on the screen."""
    typed: str = ""
    shown: int = 0
    """How many of the typed characters stood on the screen."""
    sent: list[float] = field(default_factory=list)
    """When each character was sent."""
    slowest: float = 0.0
    """Seconds from a key to its character on the screen, at worst."""

    def learn(self) -> None:
        """Walk to the last step and type there, until it is time."""
        with suppress(NeverSeen):
            for step in list(WALK)[list(WALK).index(self.start) :]:
                if self.seen:
                    self.terminal.press("ctrl+n")
                self._see(WALK[step])
                self.seen.append(step)
            self._type("# ")
            for number in count():
                self._type(f"{number:03} ")

    def _type(self, text: str) -> None:
        for character in text:
            self.typed += character
            self.sent.append(time.monotonic())
            self.terminal.press(character)
            if character != " ":
                self._see(self.typed[-6:])
                self.slowest = max(self.slowest, time.monotonic() - self.sent[-1])
                self.shown = len(self.typed)

    def _see(self, text: str) -> None:
        self.terminal.wait_until(
            lambda screen: text in screen, repr(text), max(0.0, self.until - time.monotonic())
        )


def sound(path: Path) -> str:
    """What SQLite's own examination says of a record; `ok` where none was begun."""
    if not path.exists():
        return "ok"
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def kept_of(typed: str, draft: str) -> int:
    """How many characters of what was typed a draft has."""
    pairs = zip(typed, draft, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(typed), len(draft)))


def wait_until_gone(processes: list[int], patience: float = 30.0) -> list[int]:
    """Those processes that live on."""
    end = time.monotonic() + patience
    while (left := [pid for pid in processes if alive(pid)]) and time.monotonic() < end:
        time.sleep(BEAT / 5)
    return left
