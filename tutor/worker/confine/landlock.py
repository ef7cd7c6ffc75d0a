"""Landlock by raw system calls: which files may be touched, whether TCP may be used, and no signals to the outside.

Numbers and layouts: include/uapi/linux/landlock.h; the rights of a newer ABI are left out on an older kernel.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
from collections.abc import Iterable
from typing import NamedTuple

from ..syscalls import checked, libc

# include/uapi/asm-generic/unistd.h: the same on every architecture
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
CREATE_RULESET_VERSION = 1
RULE_PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 1 << 1, 1 << 2, 1 << 3
REMOVE_DIR, REMOVE_FILE = 1 << 4, 1 << 5
MAKE_CHAR, MAKE_DIR, MAKE_REG, MAKE_SOCK, MAKE_FIFO, MAKE_BLOCK, MAKE_SYM = (1 << bit for bit in range(6, 13))
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
BIND_TCP, CONNECT_TCP = 1, 2
SCOPE_ABSTRACT_UNIX, SCOPE_SIGNAL = 1, 2

ON_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
"""Rights that may stand on something that is no folder; others there are EINVAL."""
READ = READ_FILE | READ_DIR
RUN = READ | EXECUTE
DEVICE = READ_FILE | WRITE_FILE | IOCTL_DEV
WRITE = (
    READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | MAKE_SOCK | MAKE_FIFO | MAKE_SYM | REFER | TRUNCATE
)  # fmt: skip
OWN = WRITE | EXECUTE


class Rule(NamedTuple):
    """What may be done below a path; a path that does not exist is no rule."""

    path: str
    rights: int


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("rights", ctypes.c_uint64), ("parent", ctypes.c_int32))


def abi() -> int:
    """The kernel's version of Landlock; 0 without it."""
    return max(0, _version())


def reason_missing() -> str:
    """Why there is no Landlock, in the kernel's word."""
    _version()
    number = ctypes.get_errno()
    known = {
        errno.ENOSYS: "this kernel has no Landlock",
        errno.EOPNOTSUPP: "Landlock was switched off when this machine started",
        errno.EPERM: "the container forbids Landlock",
    }
    return known.get(number, os.strerror(number))


def _version() -> int:
    return int(
        libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(CREATE_RULESET_VERSION))
    )


def file_rights(version: int) -> int:
    """Every file right the ABI knows: what is not granted by a rule is refused."""
    rights = (1 << 13) - 1
    for since, right in ((2, REFER), (3, TRUNCATE), (5, IOCTL_DEV)):
        rights |= right if version >= since else 0
    return rights


def restrict(rules: Iterable[Rule], version: int, *, tcp: bool) -> None:
    """Confine the calling thread, for good. `tcp` allows the network. Needs no_new_privs."""
    rights = file_rights(version)
    ruleset = _Ruleset(
        rights,
        BIND_TCP | CONNECT_TCP if version >= 4 and not tcp else 0,
        SCOPE_ABSTRACT_UNIX | SCOPE_SIGNAL if version >= 6 else 0,
    )
    size = 8 if version < 4 else 16 if version < 6 else 24
    handle = checked(
        libc.syscall(CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(size), ctypes.c_uint32(0)),
        "landlock_create_ruleset",
    )
    try:
        for rule in rules:
            _add(handle, rule, rights)
        checked(libc.syscall(RESTRICT_SELF, handle, ctypes.c_uint32(0)), "landlock_restrict_self")
    finally:
        os.close(handle)


def _add(ruleset: int, rule: Rule, known: int) -> None:
    try:
        parent = os.open(rule.path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rights = rule.rights & known
        if not stat.S_ISDIR(os.fstat(parent).st_mode):
            rights &= ON_A_FILE
        beneath = _PathBeneath(rights, parent)
        answer = libc.syscall(ADD_RULE, ruleset, RULE_PATH_BENEATH, ctypes.byref(beneath), ctypes.c_uint32(0))
        checked(answer, f"landlock_add_rule {rule.path}")
    finally:
        os.close(parent)
