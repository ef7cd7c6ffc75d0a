"""The fork server: imports torch once, forks one supervisor per run, relays what they say. It runs no learner's code, does
no threaded work and never touches CUDA, so that every fork starts clean.
"""

from __future__ import annotations

import gc
import importlib
import os
import select
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from . import descriptors, processes, syscalls
from .channel import LineReader, LineWriter
from .confine.privileges import user_of
from .leftovers import remove_leftovers
from .scratch import Scratch
from .wire import LONGEST_LINE, PROTOCOL, decode, encode

LONGEST_COMMAND = 1 << 28
"""Bytes of one command; a program may bring files."""
SINGLE_THREADED = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS")


def serve(arguments: Sequence[str] = ()) -> int:
    """Live as the worker until standard input ends. Arguments: `--without LAYER`, `--landlock-abi N`."""
    inward, outward = descriptors.claim_protocol()
    # A second thread in this process, or one parallel operation, would hang every run forked from it.
    os.environ.update(dict.fromkeys(SINGLE_THREADED, "1"))
    os.environ["PYTORCH_NVML_BASED_CUDA_CHECK"] = "1"
    os.environ["KINETO_LOG_LEVEL"] = "10"  # the profiler would announce itself on stderr
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = LineWriter(outward)
    try:
        importlib.import_module("torch")
    except Exception as error:
        reason = f"{sys.executable} cannot import torch: {type(error).__name__}: {error}"
        out.send(encode({"event": "missing", "t": 0.0, "python": sys.version.split()[0], "reason": reason}))
        out.drain()
        return 3
    from .warm import warm_up

    ready = warm_up(*_options(arguments))
    gc.collect()
    gc.freeze()
    gc.disable()
    out.send(encode({"event": "ready", "t": 0.0, "protocol": PROTOCOL, **ready.keys}))
    Zygote(LineReader(inward, LONGEST_COMMAND), out, ready.confinement).serve()
    return 0


def _options(arguments: Sequence[str]) -> tuple[set[str], int]:
    """The layers to leave out and the Landlock ABI to pretend: for tests, and for people whose machine needs it."""
    pairs = list(zip(arguments[::2], arguments[1::2]))
    without = {value for name, value in pairs if name == "--without"}
    return without, max([0, *(int(value) for name, value in pairs if name == "--landlock-abi")])


@dataclass
class RunningRun:
    """One run as the worker knows it."""

    name: str
    supervisor: int
    control: LineWriter
    events: LineReader
    scratch: Scratch
    start: float


class Zygote:
    """Commands in, runs forked, events out."""

    def __init__(self, commands: LineReader, out: LineWriter, confinement: Any) -> None:
        self.commands = commands
        self.out = out
        self.confinement = confinement
        self.runs: dict[int, RunningRun] = {}
        self.quitting = False
        syscalls.adopt_orphans()

    def serve(self) -> None:
        """Until standard input ends or stdout breaks; then end every run."""
        while not (self.quitting or self.commands.ended or self.out.broken):
            self._turn(None)
        for run in self.runs.values():
            os.close(run.control.descriptor)
            run.control.broken = True
        patience = time.monotonic() + 2.0
        while self.runs and time.monotonic() < patience:
            self._turn(0.05)
        for run in list(self.runs.values()):
            os.kill(run.supervisor, signal.SIGKILL)
            self._bury(run)

    def _turn(self, timeout: float | None) -> None:
        reads = [] if self.quitting or self.commands.ended else [self.commands.descriptor]
        if not self.out.full:  # the interface is slow: let the runs wait
            reads += list(self.runs)
        writes = [run.control.descriptor for run in self.runs.values() if run.control.pending]
        if self.out.pending:
            writes.append(self.out.descriptor)
        readable, writable, _ = select.select(reads, writes, [], timeout)
        if self.out.descriptor in writable:
            self.out.flush()
        for run in list(self.runs.values()):
            if run.control.descriptor in writable:
                run.control.flush()
            if run.events.descriptor in readable:
                self._relay(run)
        if self.commands.descriptor in readable:
            for line in self.commands.read():
                self._obey(line)

    def _relay(self, run: RunningRun) -> None:
        for line in run.events.read():
            self.out.send(line + b"\n")
        if run.events.ended:
            self._bury(run)

    def _obey(self, line: bytes) -> None:
        try:
            command = decode(line)
        except ValueError:
            return
        what, name = command.get("do"), str(command.get("run", ""))
        if what == "quit":
            self.quitting = True
        elif what == "run":
            self._fork(name, command)
        elif what == "ask":
            self._answer(command)
        for run in [one for one in self.runs.values() if one.name == name]:
            if what in ("stop", "line"):
                run.control.send(line + b"\n")
            elif what == "kill":
                os.kill(run.supervisor, signal.SIGKILL)

    def _answer(self, command: dict[str, Any]) -> None:
        from .answers import answer

        try:
            keys = answer(command)
        except Exception as error:  # an object that answers oddly is no reason to die
            keys = {"ask": str(command.get("ask", "")), "doc": f"{type(error).__name__}: {error}"[:200]}
        self.out.send(encode({"event": "answer", "t": 0.0, **keys}))

    def _fork(self, name: str, command: dict[str, Any]) -> None:
        scratch = Scratch.fresh()
        control_out, control_in = os.pipe()
        events_out, events_in = os.pipe()
        pid = os.fork()
        if pid == 0:
            status = 99
            try:
                descriptors.close_all_but({control_out, events_in})
                status = _become_supervisor(name, command, scratch, control_out, events_in, self.confinement)
            finally:
                os._exit(status)
        os.close(control_out)
        os.close(events_in)
        events = LineReader(events_out, 2 * LONGEST_LINE)
        self.runs[events_out] = RunningRun(
            name, pid, LineWriter(control_in), events, scratch, time.monotonic()
        )

    def _bury(self, run: RunningRun) -> None:
        """A supervisor is gone: say so for it when it could not, and end what it left behind."""
        del self.runs[run.events.descriptor]
        os.close(run.events.descriptor)
        if not run.control.broken:
            os.close(run.control.descriptor)
        _, status = os.waitpid(run.supervisor, 0)
        if status == 0:
            return
        processes.end_tree(os.getpid(), {}, frozenset(one.supervisor for one in self.runs.values()))
        user = user_of(run.supervisor) if self.confinement.holds("user") else None
        remove_leftovers(run.scratch, user)
        seconds = round(time.monotonic() - run.start, 6)
        message = "The process that watches over the run was killed; the run has been ended with it."
        keys = {"status": "crashed", "seconds": seconds, "peak_memory": 0, "dropped": 0, "message": message}
        self.out.send(encode({"event": "finished", "t": seconds, "run": run.name, **keys}))


def _become_supervisor(
    name: str, command: dict[str, Any], scratch: Scratch, control: int, outward: int, confinement: Any
) -> int:
    from .confine.order import user_for
    from .enter import entering
    from .program import read_program
    from .supervise import supervise

    try:
        program = read_program(command.get("program", {}))
        user = user_for(confinement, program, os.getpid())
        scratch.fill(program.files, user)
    except (ValueError, TypeError, KeyError, OSError) as error:
        keys = {"status": "crashed", "message": f"The run could not be prepared: {error}"}
        os.write(outward, encode({"event": "finished", "t": 0.0, "run": name, **keys}))
        scratch.remove()
        return 0
    supervise(
        name, program, scratch, user, control, outward, entering(name, program, scratch, confinement, user)
    )
    return 0
