"""The watch over a running tree: memory, processes and disk, looked at every 50 ms.

`RssAnon` counts what a forked child shares with the zygote again for each child, so a suspicion is confirmed by PSS.
"""

from __future__ import annotations

import os
import time

from . import processes
from .program import Limits

TICK = 0.05
DISK_EVERY = 0.25
CONFIRM_EVERY = 0.25
SPARE_TASKS = 16
"""The kernel's own limit speaks first, with an exception; the watch is for what gets past it."""


class Watch:
    """What the tree uses, and the first limit it breaks."""

    def __init__(self, limits: Limits, scratch: str) -> None:
        self.limits = limits
        self.scratch = scratch
        self.peak = 0
        self.shared = processes.use(os.getpid()).memory
        self._confirmed = 0.0
        self._disk_seen = time.monotonic()

    def look(self, below: int) -> str | None:
        """The limit that is broken now: memory, processes, disk or files."""
        tree = processes.descendants(below)
        uses = [processes.use(pid) for pid in tree]
        self.peak = max(self.peak, sum(max(0, use.memory - self.shared) for use in uses))
        if sum(use.threads for use in uses) > self.limits.processes + SPARE_TASKS:
            return "processes"
        if self._too_much_memory(tree, sum(use.memory for use in uses)):
            return "memory"
        return self._disk()

    def _too_much_memory(self, tree: list[int], counted: int) -> bool:
        limit = self.limits.memory_mb << 20
        now = time.monotonic()
        if counted - self.shared <= limit or now - self._confirmed < CONFIRM_EVERY:
            return False
        self._confirmed = now
        true = sum(processes.proportional(pid) for pid in tree)
        return true > limit + self.shared // 2

    def _disk(self) -> str | None:
        now = time.monotonic()
        if now - self._disk_seen < DISK_EVERY:
            return None
        size, files = usage(self.scratch, self.limits.files)
        self._disk_seen = time.monotonic()
        if size > self.limits.disk_mb << 20:
            return "disk"
        return "files" if files > self.limits.files else None


def usage(folder: str, most: int) -> tuple[int, int]:
    """Bytes and number of entries below a folder; stops counting a little above `most` entries."""
    size = count = 0
    waiting = [folder]
    while waiting and count <= most:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    count += 1
                    size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
        except OSError:
            continue  # it went away, or the program locked itself out
    return size, count
