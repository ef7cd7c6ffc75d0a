"""A thread that ticks about ten times a second: it arms the blocks and sends what was recorded.

It is not a `threading` thread, which the program could see in `threading.enumerate()`, and it is stopped around every fork: a child never
inherits it in mid-tick.
"""

from __future__ import annotations

import _thread
import os
from typing import Callable

FIRST_TICK, TICK = 0.05, 0.1


class Pulse:
    """Calls `tick` at intervals between `start` and `stop`."""

    def __init__(self, tick: Callable[[], None]) -> None:
        self._tick = tick
        self._stop = _thread.allocate_lock()
        self._ended = _thread.allocate_lock()
        self._running = False

    def start(self) -> None:
        """Start ticking."""
        if not self._running:
            self._stop.acquire()
            self._ended.acquire()
            self._running = True
            _thread.start_new_thread(self._run, ())

    def stop(self) -> None:
        """Stop ticking; returns when the thread has ended."""
        if self._running:
            self._running = False
            self._stop.release()
            self._ended.acquire()
            self._ended.release()

    def _run(self) -> None:
        wait = FIRST_TICK
        try:
            while not self._stop.acquire(timeout=wait):
                wait = TICK
                self._tick()
            self._stop.release()
        finally:
            self._ended.release()


def around_forks(
    before: Callable[[], None], in_parent: Callable[[], None], in_child: Callable[[], None]
) -> None:
    """Register for the life of the process: there is no way to unregister."""
    os.register_at_fork(before=before, after_in_parent=in_parent, after_in_child=in_child)
