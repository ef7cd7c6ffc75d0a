"""Everything a run must not touch, as decoys of the test's own: a home folder, listeners, a victim."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
from pathlib import Path

SHARED_MEMORY = Path("/dev/shm")


class Outside:
    """Decoys, and what has changed about them."""

    def __init__(self, folder: Path, owner: int | None) -> None:
        self.folder = folder
        self._owner = owner
        self.home = folder / "home"
        self.tcp = _listener(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))
        self.udp = _listener(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
        self.abstract_name = f"pytorch-tutor-decoy-{secrets.token_hex(4)}"
        self.abstract = _listener(socket.AF_UNIX, socket.SOCK_STREAM, "\0" + self.abstract_name)
        self.unix = _listener(socket.AF_UNIX, socket.SOCK_STREAM, str(folder / "agent.sock"))
        os.chmod(folder / "agent.sock", 0o777)
        self.shared = f"left-behind-{secrets.token_hex(4)}"
        self.renew()

    def renew(self) -> None:
        """Fresh decoys, for the next program."""
        shutil.rmtree(self.home, ignore_errors=True)
        (SHARED_MEMORY / self.shared).unlink(missing_ok=True)
        (self.home / ".ssh").mkdir(parents=True)
        (self.home / "empty").mkdir()
        (self.home / ".ssh" / "id_rsa").write_text("a key")
        (self.home / ".profile").write_text("a profile")
        if self._owner is not None:
            for path in (self.folder, self.home, *self.home.rglob("*")):
                os.chown(path, self._owner, self._owner)
        groups: tuple[int, ...] | None = None if self._owner is None else ()
        self.victim = subprocess.Popen(
            ["sleep", "1000"], user=self._owner, group=self._owner, extra_groups=groups
        )
        self._before = self._seen()

    def told(self, worker: int) -> dict[str, object]:
        """What an attacker gets to know."""
        return {
            "home": str(self.home),
            "tcp": self.tcp.getsockname()[1],
            "udp": self.udp.getsockname()[1],
            "unix": self.unix.getsockname(),
            "abstract": self.abstract_name,
            "shared": self.shared,
            "victim": self.victim.pid,
            "worker": worker,
        }

    def changes(self) -> list[str]:
        """What is not as it was; empty when all is well."""
        found = [f"{name} was reached" for name in ("tcp", "udp", "unix", "abstract") if self._reached(name)]
        after = self._seen()
        found += [f"{key}: {self._before.get(key)} -> {after.get(key)}" for key in sorted(self._before | after) if self._before.get(key) != after.get(key)]  # fmt: skip
        return found

    def _reached(self, name: str) -> bool:
        listener: socket.socket = getattr(self, name)
        try:
            if listener.type == socket.SOCK_DGRAM:
                listener.recv(10)
            else:
                listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def _seen(self) -> dict[str, str]:
        seen = {"victim": str(self.victim.poll())}
        pid = self.victim.pid
        if self.victim.returncode is None:
            seen["limits"] = Path(f"/proc/{pid}/limits").read_text()
            seen["processors"] = str(os.sched_getaffinity(pid))
            seen["priority"] = str(os.getpriority(os.PRIO_PROCESS, pid))
        for path in (self.home, *self.home.rglob("*")) if self.home.exists() else ():
            status = path.lstat()
            content = path.read_text() if path.is_file() else ""
            seen[str(path)] = (
                f"{status.st_mode:o} {status.st_uid} {status.st_mtime_ns} {status.st_nlink} {content!r}"
            )
        seen |= {f"/dev/shm/{name}": "there" for name in os.listdir(SHARED_MEMORY) if name == self.shared}
        return seen

    def end_victim(self) -> None:
        self.victim.kill()
        self.victim.wait()
        (SHARED_MEMORY / self.shared).unlink(missing_ok=True)

    def close(self) -> None:
        self.end_victim()
        for listener in (self.tcp, self.udp, self.unix, self.abstract):
            listener.close()


def _listener(family: int, kind: int, address: str | tuple[str, int]) -> socket.socket:
    listener = socket.socket(family, kind)
    listener.setblocking(False)
    listener.bind(address)
    if kind == socket.SOCK_STREAM:
        listener.listen(5)
    return listener


def python_of(folder: Path, user: int | None) -> str:
    """An interpreter; for another user one that changes to it first, in mounts where our Python can be read."""
    if user is None:
        return sys.executable
    script = folder / "python-of-a-user"
    script.write_text(f"#!{sys.executable}\n" + _AS_USER.format(user=user, python=sys.executable))
    script.chmod(0o755)
    return str(script)


_AS_USER = """\
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
closed = [p for p in reversed([os.path.realpath(sys.base_prefix), *map(str, __import__('pathlib').Path(os.path.realpath(sys.base_prefix)).parents)]) if not os.stat(p).st_mode & 1]
if closed:
    place = os.path.realpath(sys.base_prefix)
    assert libc.unshare(0x20000) == 0
    assert libc.mount(b'none', b'/', None, ctypes.c_ulong(16384 | (1 << 18)), None) == 0
    held = os.open(place, os.O_PATH)
    assert libc.mount(b'tmpfs', closed[0].encode(), b'tmpfs', ctypes.c_ulong(0), b'mode=755') == 0
    os.makedirs(place)
    assert libc.mount(f'/proc/self/fd/{{held}}'.encode(), place.encode(), None, ctypes.c_ulong(4096 | 16384), None) == 0
    os.close(held)
os.setgroups([])
os.setresgid({user}, {user}, {user})
os.setresuid({user}, {user}, {user})
libc.prctl(4, 1, 0, 0, 0)
os.environ['HOME'] = '/nonexistent'
os.execv({python!r}, [{python!r}, *sys.argv[1:]])
"""
