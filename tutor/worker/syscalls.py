"""The few system calls Python has no name for, by ctypes. Linux; elsewhere every call answers False or raises `OSError`."""

from __future__ import annotations

import ctypes
import os
import sys

LINUX = sys.platform.startswith("linux")
libc = ctypes.CDLL(None, use_errno=True)

# linux/prctl.h
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS = 1, 4, 8
PR_CAPBSET_DROP, PR_SET_SECUREBITS = 24, 28
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 36, 38, 47


def checked(result: int, what: str) -> int:
    """The result of a call, or `OSError` naming it."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def prctl(option: int, *values: int) -> int:
    """`prctl(2)`; the values not given are 0."""
    padded = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    return checked(libc.prctl(option, *padded), f"prctl {option}")


def die_with_parent(parent: int, signal: int) -> None:
    """Have the kernel send `signal` when the parent dies; leave at once when it already has."""
    if not LINUX:
        return
    prctl(PR_SET_PDEATHSIG, signal)
    if os.getppid() != parent:
        os._exit(97)


def adopt_orphans() -> None:
    """Become the parent of every descendant that loses its own."""
    if LINUX:
        prctl(PR_SET_CHILD_SUBREAPER, 1)
