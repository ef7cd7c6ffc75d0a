"""Keys typed before there is anything to type into wait for it: a learner who begins at once loses no letter."""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

from textual import events

from tutor.cell_diff import FrugalApp

Result = TypeVar("Result")

MOST = 256
"""Keys that wait; more were not typed by hand."""
AT_ONCE = ("ctrl+q", "ctrl+c")
"""Keys that act even when there is nothing on the screen yet."""


class PatientApp(FrugalApp[Result], Generic[Result]):
    """An app that keeps early keys until its first screen takes them."""

    def __init__(self, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._early: deque[events.Key | events.Paste] = deque(maxlen=MOST)
        self._taking_keys = False

    def take_keys(self) -> None:
        """There is something to type into: what waited comes first."""
        self._taking_keys = True
        self.call_later(self._give_early_keys)

    async def on_event(self, event: events.Event) -> None:
        """Keep keys that come too early; later ones never overtake them."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if not self._taking_keys and not (isinstance(event, events.Key) and event.key in AT_ONCE):
                self._early.append(event)
                return
            await self._give_early_keys()
        await super().on_event(event)

    async def _give_early_keys(self) -> None:
        while self._taking_keys and self._early:
            await super().on_event(self._early.popleft())
