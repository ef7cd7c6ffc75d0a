"""A network, a set of mounts and shared memory of the run's own, where the system permits: an extra, never a requirement.

In it a loopback works that leads nowhere else, and nothing stays behind in /dev/shm.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct

from ..syscalls import checked, libc

# linux/sched.h
CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
MS_NOSUID, MS_NODEV, MS_REC, MS_PRIVATE = 2, 4, 16384, 1 << 18  # linux/mount.h
SIOCSIFFLAGS, IFF_UP_AND_RUNNING = 0x8914, 0x41  # linux/sockios.h, linux/if.h


def enter(*, network: bool, shared_mb: int) -> None:
    """Leave the machine's namespaces; `network` leaves its network too."""
    flags = CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS | (CLONE_NEWNET if network else 0)
    user, group = os.getuid(), os.getgid()
    if user != 0:
        flags |= CLONE_NEWUSER
    checked(libc.unshare(flags), "unshare")
    if user != 0:
        _write("setgroups", "deny")
        _write("uid_map", f"{user} {user} 1")
        _write("gid_map", f"{group} {group} 1")
    _mount(b"none", b"/", None, MS_REC | MS_PRIVATE)
    if os.path.isdir("/dev/shm"):
        _mount(b"tmpfs", b"/dev/shm", b"tmpfs", MS_NOSUID | MS_NODEV, f"size={shared_mb}m,mode=1777".encode())
    if network:
        _raise_loopback()


def _write(name: str, text: str) -> None:
    with open(f"/proc/self/{name}", "w") as file:
        file.write(text)


def _mount(source: bytes, place: bytes, kind: bytes | None, flags: int, options: bytes | None = None) -> None:
    answer = libc.mount(source, place, kind, ctypes.c_ulong(flags), options)
    checked(answer, f"mount on {os.fsdecode(place)}")


def _raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH14s", b"lo", IFF_UP_AND_RUNNING, b""))
