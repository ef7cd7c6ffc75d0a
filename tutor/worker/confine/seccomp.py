"""The filter of system calls: what a learner's program never needs is refused with an errno, so that Python raises as usual."""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
from dataclasses import dataclass

from ..syscalls import checked, libc
from . import bpf, calls

PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2  # linux/prctl.h, linux/seccomp.h
AF_NETLINK = 16
O_ACCESS_AND_TRUNCATE, O_TRUNCATE = 0o1003, 0o1000


@dataclass(frozen=True)
class Filter:
    """What one run's filter depends on."""

    pid: int
    """The oldest process of the run: older ones cannot be signalled, limited or rescheduled."""
    network: bool = False
    """Internet sockets, where a namespace of its own or the person's word makes them harmless."""
    memfd: bool = False
    """CUDA needs it; elsewhere it is memory past every limit."""
    guard_truncate: bool = False
    """For Landlock before ABI 3, which does not know truncation."""
    machine: str = ""


def supported(machine: str = "") -> bool:
    """True when the tables know this architecture."""
    return (machine or platform.machine()) in calls.ARCHITECTURES


def assemble(wanted: Filter) -> bytes:
    """The filter's instructions."""
    column, architecture = calls.ARCHITECTURES[wanted.machine or platform.machine()]
    code = [bpf.load(bpf.ARCHITECTURE_AT), bpf.equal(architecture, 1, 0), bpf.answer(bpf.KILL_PROCESS)]
    code.append(bpf.load(bpf.NUMBER_AT))
    if column == 0:  # x32 calls carry x86_64's architecture
        code += [bpf.at_least(0x40000000, 0, 1), bpf.refuse(errno.EPERM)]
    groups = [(calls.REFUSED, errno.EPERM), (calls.PRETENDED, 0), (calls.UNSUPPORTED, errno.ENOTSUP)]
    groups.append((calls.UNKNOWN, errno.ENOSYS))
    if not wanted.memfd:
        groups.append(({"memfd_create": calls.MEMFD_CREATE}, errno.EPERM))
    for table, number in groups:
        for numbers in table.values():
            code += _when(numbers[column], [bpf.refuse(number)])
    code += _when(calls.CLONE[column], _clone())
    code += _when(calls.IOCTL[column], _ioctl())
    code += _when(calls.SOCKET[column], _socket(wanted.network))
    code += _when(calls.PIDFD_SEND_SIGNAL[column], [bpf.refuse(errno.EPERM)])
    for name, (on_x86, on_arm, position) in calls.NAMES_A_PROCESS.items():
        code += _when((on_x86, on_arm)[column], _names_own_process(name, position, wanted.pid))
    if wanted.guard_truncate:
        code += _truncation(column)
    return b"".join([*code, bpf.allow()])


def _when(number: int | None, body: list[bytes]) -> list[bytes]:
    """The body, which answers on every path, for this call only."""
    return [] if number is None else [bpf.equal(number, 0, len(body)), *body]


def _clone() -> list[bytes]:
    return [
        bpf.load(bpf.argument_at(0)),
        bpf.any_bit(calls.NAMESPACE_FLAGS, 0, 1),
        bpf.refuse(errno.EPERM),
        bpf.allow(),
    ]


def _ioctl() -> list[bytes]:
    first, second = calls.TYPING_REQUESTS
    return [
        bpf.load(bpf.argument_at(1)),
        bpf.equal(first, 1, 0),
        bpf.equal(second, 0, 1),
        bpf.refuse(errno.EPERM),
        bpf.allow(),
    ]


def _socket(network: bool) -> list[bytes]:
    """Named Unix sockets pass every Landlock before ABI 9 (docker.sock, agents, D-Bus); socketpair is another call."""
    body = [bpf.load(bpf.argument_at(0))]
    for family in (socket.AF_INET, socket.AF_INET6, AF_NETLINK) if network else ():
        body += [bpf.equal(family, 0, 1), bpf.allow()]
    return [*body, bpf.refuse(errno.EACCES)]


def _names_own_process(name: str, position: int, pid: int) -> list[bytes]:
    body: list[bytes] = []
    if position == 1:
        body += [
            bpf.load(bpf.argument_at(0)),
            bpf.equal(calls.WHICH_PROCESS[name], 1, 0),
            bpf.refuse(errno.EPERM),
        ]
    group = -pid if name == "kill" else 0
    return [
        *body,
        bpf.load(bpf.argument_at(position)),
        bpf.equal(0, 4, 0),
        bpf.equal(group, 3, 0),
        bpf.at_least(0x80000000, 1, 0),
        bpf.at_least(pid, 1, 0),
        bpf.refuse(errno.EPERM),
        bpf.allow(),
    ]


def _truncation(column: int) -> list[bytes]:
    code = _when(calls.TRUNCATE[column], [bpf.refuse(errno.EACCES)])
    code += _when(calls.OPENAT2[column], [bpf.refuse(errno.ENOSYS)])
    for numbers, position in ((calls.OPEN, 1), (calls.OPENAT, 2)):
        body = [
            bpf.load(bpf.argument_at(position)),
            bpf.mask(O_ACCESS_AND_TRUNCATE),
            bpf.equal(O_TRUNCATE, 0, 1),
            bpf.refuse(errno.EACCES),
            bpf.allow(),
        ]
        code += _when(numbers[column], body)
    return code


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def install(instructions: bytes) -> None:
    """Put the filter on the calling thread, for good. Needs no_new_privs."""
    held = ctypes.create_string_buffer(instructions, len(instructions))
    program = _Program(len(instructions) // 8, ctypes.cast(held, ctypes.c_void_p))
    checked(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0), "seccomp")
