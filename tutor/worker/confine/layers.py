"""Which layers hold on this machine: each is tried in a throw-away process that then tries to break it, never read off a version."""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from ..syscalls import LINUX, PR_SET_NO_NEW_PRIVS, prctl
from . import landlock, namespaces, privileges, rules, seccomp

ON = "on"
ALL = ("limits", "user", "landlock", "seccomp", "namespaces")
PATIENCE = 10.0
UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Confinement:
    """What every run on this machine gets."""

    layers: dict[str, str] = field(default_factory=dict)
    """Layer to `on`, or the reason it is off."""
    abi: int = 0
    """Of Landlock."""
    keep_reading: bool = False
    """Python lies where another user cannot read."""
    own: tuple[str, ...] = ()
    """Folders Python and torch are read from."""

    def holds(self, layer: str) -> bool:
        """True when the layer is on."""
        return self.layers.get(layer) == ON


def probe(without: Collection[str] = (), abi: int = 0) -> Confinement:
    """Try every layer. `without` and `abi` leave layers out or pretend an older kernel, for tests and for people in need."""
    version = landlock.abi() if LINUX else 0
    version = min(version, abi) if abi else version
    tries: dict[str, Callable[[], str]] = {
        "limits": lambda: ON,
        "landlock": lambda: _try_landlock(version),
        "seccomp": _try_seccomp,
        "namespaces": _try_namespaces,
    }
    if os.geteuid() == 0:
        tries["user"] = _try_user
    layers = {name: _tried(tries[name], name in without) for name in ALL if name in tries}
    keep_reading = layers.get("user") == UNREADABLE
    if keep_reading:
        layers["user"] = ON
    return Confinement(layers, version, keep_reading, tuple(rules.pythons_own()))


def _tried(attempt: Callable[[], str], left_out: bool) -> str:
    if left_out:
        return "left out on request"
    return in_throw_away(attempt) if LINUX else f"not available on {sys.platform}"


def in_throw_away(attempt: Callable[[], str]) -> str:
    """What the attempt returns in a forked process; its exception as a sentence."""
    answer_out, answer_in = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            answer = attempt()
        except BaseException as error:
            answer = f"{type(error).__name__}: {error}"
        os.write(answer_in, answer.encode("utf-8", "replace")[:4000])
        os._exit(0)
    os.close(answer_in)
    readable, _, _ = select.select([answer_out], [], [], PATIENCE)
    answered = os.read(answer_out, 4096).decode("utf-8", "replace") if readable else ""
    os.close(answer_out)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return answered or "the attempt ended without an answer"


def _try_landlock(version: int) -> str:
    if not version:
        return landlock.reason_missing()
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    landlock.restrict([landlock.Rule("/usr", landlock.RUN)], version, tcp=False)
    try:
        os.listdir("/etc")
    except PermissionError:
        return ON
    return "it was applied, and a forbidden folder could still be read"


def _try_seccomp() -> str:
    if not seccomp.supported():
        return "the tables of system calls know x86_64 and aarch64 only"
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    seccomp.install(seccomp.assemble(seccomp.Filter(os.getpid())))
    try:
        socket.socket(socket.AF_UNIX).close()
    except PermissionError:
        return ON
    return "it was applied, and a forbidden socket could still be opened"


def _try_namespaces() -> str:
    namespaces.enter(network=True, shared_mb=16)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
    return ON


def _try_user() -> str:
    """ON, or UNREADABLE when the other user could not read Python, torch or this package."""
    user = privileges.user_of(os.getpid())
    privileges.become(user, keep_reading=False)
    if os.getuid() != user:
        return "the change of user had no effect"
    places = [os.path.realpath(sys.executable), os.__file__, __file__]
    places += [str(module.__file__) for name, module in sys.modules.items() if name in ("torch", "numpy")]
    return ON if all(os.access(place, os.R_OK) for place in places) else UNREADABLE
