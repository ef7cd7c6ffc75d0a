"""Keeps what is typed: within a second, before each run, and whenever the screen is left.

One thread writes, in the order things were typed: a slow disk never holds up a key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from tutor.progress.contract import Progress

DELAY = 0.7
"""Seconds after the first key that is not kept yet; with the writing, less than one second of typing can be lost."""

Key = tuple[str, str]


class Drafts:
    """The draft of the step that is open."""

    def __init__(self, progress: Progress, told: Callable[[], None]) -> None:
        self._progress = progress
        self._told = told
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drafts")
        self._key: Key = ("", "")
        self._kept = ""
        self._handed: dict[Key, str] = {}
        """What the thread was given last, by step; it may not be on the disk yet."""
        self.fault = ""
        """Why the last draft could not be saved, as a sentence."""

    def open(self, lesson: str, step: str, starter: str) -> str:
        """The code to begin with: what was typed last time, or the step's own."""
        self._key = (lesson, step)
        draft = self._handed.get(self._key)
        if draft is None:
            draft = self._progress.draft(lesson, step)
        self._kept = starter if draft is None else draft
        return self._kept

    def differs(self, code: str) -> bool:
        """Whether the code is not yet kept."""
        return code != self._kept

    def keep(self, code: str) -> None:
        """Keep the code soon; `told` is called once it is on the disk, or could not be."""
        if self._hands_over(code):
            future = self._hand_over(code)
            loop = asyncio.get_running_loop()
            future.add_done_callback(lambda _: _call(loop, self._told))

    def keep_now(self, code: str) -> None:
        """Keep the code and wait for it: the program is about to go."""
        if self._hands_over(code):
            self._hand_over(code)
        self._writer.submit(lambda: None).result()

    def forget(self, lesson: str | None, step: str | None) -> None:
        """A step, a lesson or everything was reset: what was handed over counts no more."""
        self._writer.submit(lambda: None).result()
        for key in [*self._handed]:
            if lesson in (None, key[0]) and step in (None, key[1]):
                del self._handed[key]

    def _hands_over(self, code: str) -> bool:
        return bool(self._key[1]) and (bool(self.fault) or self._handed.get(self._key, self._kept) != code)

    def _hand_over(self, code: str) -> Future[None]:
        self._handed[self._key] = code
        return self._writer.submit(self._write, self._key, code)

    def _write(self, key: Key, code: str) -> None:
        try:
            self._progress.keep_draft(*key, code)
            self.fault = self._progress.read_only
        except OSError as error:
            self.fault = f"The draft could not be saved: {error.strerror or error}."
        if not self.fault and key == self._key:
            self._kept = code


def _call(loop: asyncio.AbstractEventLoop, told: Callable[[], None]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(told)
