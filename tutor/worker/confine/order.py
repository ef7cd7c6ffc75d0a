"""The order in which a run gives up what it could do: later layers would forbid what earlier ones need."""

from __future__ import annotations

import contextlib
import os
import signal

from ..program import Program
from ..scratch import Scratch
from ..syscalls import die_with_parent
from . import environment, landlock, namespaces, privileges, rlimits, rules, seccomp
from .layers import Confinement

NICE = 5
"""Above the interface, so that a busy run never makes typing slow."""


def user_for(confinement: Confinement, program: Program, pid: int) -> int | None:
    """The user this run becomes; None: it stays who it is.

    A run that may write folders of the person's stays root without capabilities: the folders are root's.
    """
    if not confinement.holds("user") or program.allow_write:
        return None
    return privileges.user_of(pid)


def apply(confinement: Confinement, program: Program, scratch: Scratch, user: int | None) -> None:
    """Confine the calling process, for good. Call it while there is one thread."""
    supervisor = os.getppid()
    limits = program.limits
    environment.enter(scratch.home, scratch.temporary)
    own_network = confinement.holds("namespaces") and not program.allow_net
    if confinement.holds("namespaces"):
        namespaces.enter(network=own_network, shared_mb=limits.memory_mb)
    if confinement.holds("limits"):
        fresh = user is not None or (confinement.holds("namespaces") and os.getuid() != 0)
        others = 0 if fresh else rlimits.tasks_of(os.getuid())
        rlimits.limit(limits, count_from=others, large_files=bool(program.allow_write))
    filtered = confinement.holds("landlock")
    # A folder of the person's may be unreadable to the other user; with Landlock on, reading is bounded by its rules.
    keep_reading = user is not None and (
        confinement.keep_reading or (filtered and program.folder is not None)
    )
    if user is not None:
        privileges.become(user, keep_reading=keep_reading)
    privileges.drop_capabilities(keep_reading=keep_reading)
    die_with_parent(supervisor, signal.SIGKILL)  # a change of user forgets it
    with contextlib.suppress(OSError):
        os.nice(NICE)
    if filtered:
        granted = rules.rules(program, scratch.base, list(confinement.own))
        landlock.restrict(granted, confinement.abi, tcp=program.allow_net or own_network)
    if confinement.holds("seccomp"):
        _filter(confinement, program.allow_net or own_network)


def _filter(confinement: Confinement, network: bool) -> None:
    wanted = seccomp.Filter(
        pid=os.getpid(),
        network=network,
        memfd=bool(rules.gpu_nodes()),
        guard_truncate=0 < confinement.abi < 3,
    )
    seccomp.install(seccomp.assemble(wanted))
