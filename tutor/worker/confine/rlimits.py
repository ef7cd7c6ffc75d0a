"""The kernel's own limits: they speak first, as ordinary Python exceptions with the learner's line."""

from __future__ import annotations

import os
import resource
import sys

from ..program import Limits

FREE_DATA = 256 << 20
"""Bytes beyond the memory limit: stacks of threads count as data."""
OPEN_FILES = 1024


def limit(limits: Limits, *, count_from: int, large_files: bool) -> None:
    """Set every limit. `count_from`: tasks the user has already; RLIMIT_NPROC counts the user's, not the run's."""
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    _lower(resource.RLIMIT_CPU, int(limits.seconds * max(1, os.cpu_count() or 1)) + 60)
    _lower(resource.RLIMIT_NPROC, count_from + limits.processes)
    if not large_files:
        _lower(resource.RLIMIT_FSIZE, limits.disk_mb << 20)
    if sys.platform.startswith("linux"):
        _lower(resource.RLIMIT_DATA, data_now() + (limits.memory_mb << 20) + FREE_DATA)
        _lower(resource.RLIMIT_MSGQUEUE, 0)


def _lower(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(what, (value, value))


def data_now() -> int:
    """Bytes of data this process has mapped already, handed down by the worker."""
    with open("/proc/self/status", "rb") as status:
        for line in status:
            if line.startswith(b"VmData:"):
                return int(line.split()[1]) * 1024
    return 0


def tasks_of(user: int) -> int:
    """Threads of a user on this machine."""
    count = 0
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                if os.stat(f"/proc/{name}").st_uid == user:
                    count += len(os.listdir(f"/proc/{name}/task"))
            except OSError:
                continue  # it has ended
    return count
