"""One hostile or clumsy program and what must become of it."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field

from tutor.worker.confine import calls

_COLUMN = calls.ARCHITECTURES[platform.machine()][0]
_NUMBERS = {
    name: numbers[_COLUMN]
    for table in (calls.REFUSED, calls.PRETENDED, calls.UNSUPPORTED, calls.UNKNOWN)
    for name, numbers in table.items()
}
_NUMBERS |= {name: numbers[_COLUMN] for name, numbers in calls.NAMES_A_PROCESS.items()}
_NUMBERS |= {
    "memfd_create": calls.MEMFD_CREATE[_COLUMN],
    "pidfd_send_signal": calls.PIDFD_SEND_SIGNAL[_COLUMN],
}

PRELUDE = """\
import ctypes, errno, os, signal, socket, sys, time
outside = {outside!r}
numbers = {numbers!r}
libc = ctypes.CDLL(None, use_errno=True)
def attempt(function, *values):
    try: function(*values)
    except OSError as error: print('refused', errno.errorcode.get(error.errno, error.errno))
    except ValueError as error: print('refused', error)
    else: print('done')
def call(name, *values):
    if libc.syscall(numbers[name], *values) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
"""


@dataclass(frozen=True)
class Attack:
    """A program, and its one defined outcome."""

    name: str
    code: str
    status: str = "ok"
    """The statuses allowed, separated by spaces."""
    says: str = ""
    """Part of the sentence of `finished`."""
    prints: str = ""
    """Part of what it prints; `refused` stands for: the system refused every attempt."""
    limits: Mapping[str, float] = field(default_factory=dict)
    layer: str = ""
    """The layer without which it succeeds, or would."""

    def source(self, outside: Mapping[str, object]) -> str:
        """The program, told where the outside is."""
        return PRELUDE.format(outside=dict(outside), numbers=_NUMBERS) + self.code

    def __str__(self) -> str:
        return self.name


def refused(name: str, code: str, layer: str = "") -> Attack:
    """A program whose every attempt is refused, and which lives to tell it."""
    return Attack(name, code, prints="refused", layer=layer)
