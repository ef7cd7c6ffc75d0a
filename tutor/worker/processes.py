"""The process tree below a process, read from /proc: who is in it, what it uses, and how to end all of it."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from typing import NamedTuple


class Use(NamedTuple):
    """What a process uses now: bytes of its own (anonymous and shared), and threads."""

    memory: int
    threads: int


def children(pid: int) -> list[int]:
    """Children of all threads of a process."""
    found: list[int] = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children", "rb") as listing:
                found += [int(child) for child in listing.read().split()]
    except OSError:
        return found or _children_by_scan(pid)
    return found


def _children_by_scan(pid: int) -> list[int]:
    """The slow way, for kernels without `children` files."""
    found: list[int] = []
    if not os.path.isdir(f"/proc/{pid}"):
        return found
    for name in os.listdir("/proc"):
        if name.isdigit():
            fields = _stat(int(name))
            if len(fields) > 1 and int(fields[1]) == pid:
                found.append(int(name))
    return found


def _stat(pid: int) -> list[bytes]:
    """Fields of /proc/PID/stat after the name: state first, then the parent."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as stat:
            line = stat.read()
    except OSError:
        return []
    return line[line.rindex(b")") + 2 :].split()


def descendants(pid: int) -> list[int]:
    """Every process below this one."""
    found: list[int] = []
    waiting = [pid]
    while waiting:
        below = children(waiting.pop())
        found += below
        waiting += below
    return found


def alive(pid: int) -> bool:
    """True for a process that has not ended; a zombie has."""
    fields = _stat(pid)
    return bool(fields) and fields[0] not in (b"Z", b"X")


def use(pid: int) -> Use:
    """Anonymous and shared memory of a process, pages shared with its parent included."""
    memory = threads = 0
    try:
        with open(f"/proc/{pid}/status", "rb") as status:
            for line in status:
                if line.startswith((b"RssAnon:", b"RssShmem:")):
                    memory += int(line.split()[1]) * 1024
                elif line.startswith(b"Threads:"):
                    threads = int(line.split()[1])
    except OSError:
        pass
    return Use(memory, threads)


def proportional(pid: int) -> int:
    """Like `use().memory`, but a page shared by n processes counts 1/n: slower, and true for forked children."""
    total = 0
    try:
        with open(f"/proc/{pid}/smaps_rollup", "rb") as rollup:
            for line in rollup:
                if line.startswith((b"Pss_Anon:", b"Pss_Shmem:")):
                    total += int(line.split()[1]) * 1024
    except OSError:
        return use(pid).memory
    return total


def reap() -> dict[int, int]:
    """Wait for every child that has ended: pid to wait status."""
    ended: dict[int, int] = {}
    try:
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return ended
            ended[pid] = status
    except ChildProcessError:
        return ended


def end_tree(below: int, ended: dict[int, int], spare: frozenset[int] = frozenset()) -> int:
    """Kill every descendant of this very process `below`; returns how many there were. `ended` collects wait statuses.

    All are stopped before any is killed, so that nothing can outrun the sweep by forking.
    """
    killed: set[int] = set()
    for attempt in range(2000):
        tree = {
            one for child in children(below) if child not in spare for one in (child, *descendants(child))
        }
        living = [pid for pid in tree if alive(pid)]
        if not living:
            break
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in living:
                _send(pid, number)
        killed.update(living)
        ended.update(_reap_all_but(spare))
        if attempt > 2:
            time.sleep(0.0005)
    ended.update(_reap_all_but(spare))
    return len(killed)


def _reap_all_but(spare: frozenset[int]) -> dict[int, int]:
    if not spare:
        return reap()
    ended: dict[int, int] = {}
    for child in children(os.getpid()):
        if child not in spare:
            try:
                pid, status = os.waitpid(child, os.WNOHANG)
            except ChildProcessError:
                continue
            if pid:
                ended[pid] = status
    return ended


def _send(pid: int, number: int) -> None:
    with contextlib.suppress(OSError):  # it has ended meanwhile
        os.kill(pid, number)
