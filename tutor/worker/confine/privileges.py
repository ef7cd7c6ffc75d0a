"""Who a run is: another user when the worker is root, without capabilities, unable to gain any."""

from __future__ import annotations

import ctypes
import errno
import os
import platform

from ..syscalls import (
    PR_CAP_AMBIENT,
    PR_CAPBSET_DROP,
    PR_SET_DUMPABLE,
    PR_SET_KEEPCAPS,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_SECUREBITS,
    checked,
    libc,
    prctl,
)

FIRST_USER, USERS = 60706, 478
"""Between systemd's users of the host and its dynamic users: 60706 to 61183 belong to nobody."""
CAP_DAC_READ_SEARCH = 2
CAPSET = {"x86_64": 126, "aarch64": 91}  # asm/unistd.h
VERSION_3 = 0x20080522  # linux/capability.h
AMBIENT_RAISE, AMBIENT_CLEAR_ALL = 2, 4  # linux/prctl.h
NO_ROOT_LOCKED = 0x2F  # linux/securebits.h: NOROOT and NO_SETUID_FIXUP, and KEEP_CAPS, locked


def user_of(pid: int) -> int:
    """The user a run with this process becomes: no two runs at a time share one."""
    return FIRST_USER + pid % USERS


def become(user: int, *, keep_reading: bool) -> None:
    """Another user for good; with `keep_reading` it may still read what it could not, as Python under /root needs."""
    if keep_reading:
        prctl(PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def drop_capabilities(*, keep_reading: bool) -> None:
    """None is left, or the one to read; none can come back."""
    kept = 1 << CAP_DAC_READ_SEARCH if keep_reading else 0
    for capability in range(64):
        if kept >> capability & 1:
            continue
        answer = libc.prctl(PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0)
        if answer < 0 and ctypes.get_errno() == errno.EINVAL:
            break
    libc.prctl(PR_CAP_AMBIENT, ctypes.c_ulong(AMBIENT_CLEAR_ALL), 0, 0, 0)
    if not keep_reading:
        libc.prctl(PR_SET_SECUREBITS, ctypes.c_ulong(NO_ROOT_LOCKED), 0, 0, 0)
    _capset(kept)
    if keep_reading:  # programs it starts (a compiler, another Python) keep it through exec
        libc.prctl(PR_CAP_AMBIENT, ctypes.c_ulong(AMBIENT_RAISE), ctypes.c_ulong(CAP_DAC_READ_SEARCH), 0, 0)
    prctl(PR_SET_DUMPABLE, 1)  # a change of user makes /proc/self root's
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def _capset(kept: int) -> None:
    header = (ctypes.c_uint32 * 2)(VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)(kept, kept, kept, 0, 0, 0)
    number = CAPSET.get(platform.machine())
    if number is not None:
        checked(libc.syscall(number, ctypes.byref(header), ctypes.byref(sets)), "capset")
