"""What is kept of a run to show it again: a bounded choice of its events, from which the same pictures come."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from tutor.events import Bound, Event, Output, Scalar, Step

MOST_TEXT = 64_000
"""Characters of output, from its end."""
MOST_PIECES = 2_000
MOST_SAMPLES = 600
"""Steps and scalars; a longer list is thinned to every second one."""
MOST_OTHERS = 120


class RunEvents:
    """Takes in a run's events as they come; memory stays bounded."""

    def __init__(self) -> None:
        self._bound: dict[tuple[int, str, str], Bound] = {}
        self._samples: list[Event] = []
        self._every = 1
        self._seen = 0
        self._others: list[Event] = []
        self._text: deque[Output] = deque(maxlen=MOST_PIECES)
        self._length = 0

    def add(self, event: Event) -> None:
        """Take one event in."""
        match event:
            case Output():
                self._print(event)
            case Bound():
                self._bound[event.line, event.name, event.how] = event
            case Step() | Scalar():
                self._sample(event)
            case _:
                self._others = [*self._others[-MOST_OTHERS + 1 :], event]

    def events(self) -> list[Event]:
        """What was kept, the end last."""
        return [*self._bound.values(), *self._samples, *self._text, *self._others]

    def _print(self, event: Output) -> None:
        if len(self._text) == MOST_PIECES:
            self._length -= len(self._text.popleft().text)
        self._text.append(replace(event, text=event.text[-MOST_TEXT:]))
        self._length += len(self._text[-1].text)
        while self._length > 2 * MOST_TEXT and len(self._text) > 1:
            self._length -= len(self._text.popleft().text)

    def _sample(self, event: Event) -> None:
        self._seen += 1
        if (self._seen - 1) % self._every == 0:
            self._samples.append(event)
        if len(self._samples) > MOST_SAMPLES:
            self._samples, self._every = self._samples[::2], self._every * 2
