"""Which file descriptors a process of the worker holds: the protocol's first, and nothing that is not its own."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterable

HIGH = 60
"""Descriptors of ours stand from here on, out of the way of the numbers a program expects to be given."""


def raised(descriptor: int) -> int:
    """A copy of the descriptor above HIGH, closed on exec."""
    return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, HIGH)


def claim_protocol() -> tuple[int, int]:
    """Keep the original stdin and stdout for the protocol; prints of anyone else go to stderr from now on."""
    inward, outward = raised(0), raised(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return inward, outward


def close_all_but(keep: Iterable[int]) -> None:
    """Close every descriptor above stderr that is not in `keep`."""
    kept = {0, 1, 2, *keep}
    for name in os.listdir("/dev/fd"):
        if name.isdigit() and int(name) not in kept:
            with contextlib.suppress(OSError):  # the listing's own descriptor
                os.close(int(name))


def widen(pipe: int) -> None:
    """Let a pipe hold 1 MiB where the system permits: fewer switches between writer and reader."""
    with contextlib.suppress(OSError):
        fcntl.fcntl(pipe, 1031, 1 << 20)  # F_SETPIPE_SZ, linux/fcntl.h; fcntl names it from Python 3.10 on
