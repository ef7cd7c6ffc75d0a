"""The supervisor of one run: starts it, relays what it says, holds it to its limits, ends its whole tree, and always says
`finished` exactly once. It trusts nothing the run sends.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
import traceback
from collections.abc import Callable
from typing import Any

from . import processes, sentences, syscalls
from .channel import LineReader, LineWriter
from .leftovers import remove_leftovers
from .pipes import RunPipes
from .program import Program
from .relay import Output
from .scratch import Scratch
from .verdict import Ending, finished_message
from .watch import TICK, Watch
from .wire import LONGEST_LINE, decode, encode

RELAYED = frozenset(
    {"value", "step", "scalar", "graph", "module", "insight", "error", "check", "asked", "notice", "names"}
)
PROMPT = frozenset({"asked", "error", "check"})
"""Events that come after the output written before them."""
EVENT_BYTES = 64 << 20
"""Of one run; what is beyond is dropped and counted."""
GRACE = 1.0
"""Seconds between KeyboardInterrupt and the end of the tree when time is up."""
STOP_GRACE = 0.25
"""The same when a person asked: they wait for it."""

Child = Callable[[RunPipes, float], None]


class Supervisor:
    """One run, from its first process to its last."""

    def __init__(
        self, run: str, program: Program, scratch: Scratch, user: int | None, control: int, outward: int
    ) -> None:
        self.run = run
        self.scratch = scratch
        self.user = user
        self.program = program
        self.start = time.monotonic()
        self.control = LineReader(control, LONGEST_LINE)
        self.outward = LineWriter(outward)
        self.ending = Ending()
        self.watch = Watch(program.limits, scratch.base)
        self.pipes = RunPipes.opened(program.stdin)
        self.events = LineReader(self.pipes.events_out, LONGEST_LINE)
        self.output = Output(
            self.pipes.stdout_out, self.pipes.stderr_out, program.limits.output_kb << 10, self._say_output
        )
        self.answers = LineWriter(self.pipes.stdin_in) if program.stdin else None
        self.deadline = self.start + program.limits.seconds
        self.kill_at: float | None = None
        self.asked_at: float | None = None
        self.next_look = self.start + TICK
        self.event_room = EVENT_BYTES
        self.child = 0
        self.ended: dict[int, int] = {}
        self.wake, self._wake_write = os.pipe()
        for end in (self.wake, self._wake_write):
            os.set_blocking(end, False)

    def say(self, kind: str, keys: dict[str, Any]) -> None:
        """Queue one event of this run."""
        message = {"event": kind, "t": round(time.monotonic() - self.start, 6), "run": self.run, **keys}
        self.outward.send(encode(message))

    def _say_output(self, stream: str, text: str, left_out: int) -> None:
        self.say("output", {"stream": stream, "text": text, **({"left_out": left_out} if left_out else {})})

    def launch(self, child: Child) -> None:
        """Fork the run."""
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        self.say("started", {})
        supervisor = os.getpid()
        self.child = os.fork()
        if self.child == 0:
            try:
                signal.set_wakeup_fd(-1)
                os.setsid()
                syscalls.die_with_parent(supervisor, signal.SIGKILL)
                child(self.pipes, self.start)
            except (
                BaseException
            ):  # a fault of ours: shown beside the program's own output rather than nowhere
                os.write(2, traceback.format_exc().encode("utf-8", "backslashreplace"))
            finally:
                os._exit(70)
        self.pipes.close_inner()

    def serve(self) -> None:
        """Relay and watch until the run's process is gone, then end the rest of its tree and say so."""
        while self.child not in self.ended:
            readable = self._wait()
            if self.wake in readable:
                self._drain_wake()
            if self.control.descriptor in readable:
                self._obey()
            if readable or self.output.backlog:
                self._relay()
            self._hold_to_limits(time.monotonic())
        processes.end_tree(os.getpid(), self.ended)
        self._relay_rest()
        remove_leftovers(self.scratch, self.user)
        self.say("finished", finished_message(self))
        self.outward.drain()

    def _wait(self) -> list[int]:
        now = time.monotonic()
        reads = [self.wake]
        if not self.control.ended:
            reads.append(self.control.descriptor)
        timeout = max(0.0, self.next_look - now)
        if not self.outward.full:
            if not self.events.ended:
                reads.append(self.events.descriptor)
            reads += self.output.pipes()
            timeout = 0.0 if self.output.backlog else min(timeout, self.output.pause_left() or timeout)
        writes = [self.outward.descriptor] if self.outward.pending else []
        if self.answers is not None and self.answers.pending:
            writes.append(self.answers.descriptor)
        readable, writable, _ = select.select(reads, writes, [], timeout)
        for writer in (self.outward, self.answers):
            if writer is not None and writer.descriptor in writable:
                writer.flush()
        return list(readable)

    def _drain_wake(self) -> None:
        os.read(self.wake, 4096)
        self.ended.update(processes.reap())

    def _obey(self) -> None:
        for line in self.control.read():
            command = decode(line)
            if command["do"] == "stop":
                self._stop()
            elif command["do"] == "line" and self.answers is not None:
                self.answers.send(str(command["text"]).encode("utf-8", "replace") + b"\n")
                if self.asked_at is not None:
                    self.deadline += time.monotonic() - self.asked_at
                    self.asked_at = None
        if self.control.ended:  # the worker is gone, or going
            self.ending.end("stopped", sentences.stopped_sentence())
            self._end_tree()

    def _stop(self) -> None:
        again = self.ending.status == "stopped"
        self.ending.end("stopped", sentences.stopped_sentence())
        if again:
            self._end_tree()
        else:
            self._interrupt(STOP_GRACE)

    def _interrupt(self, grace: float) -> None:
        """KeyboardInterrupt in the program, so that its traceback names the line; the end of the tree soon after."""
        self.kill_at = time.monotonic() + grace
        with contextlib.suppress(OSError):
            os.kill(self.child, signal.SIGINT)

    def _end_tree(self) -> None:
        processes.end_tree(os.getpid(), self.ended)

    def _relay(self) -> None:
        if self.output.pipes() or self.output.backlog:
            self.output.read()
        if not self.events.ended:
            for line in self.events.read():
                self._take(line)
        self.output.pass_on()
        if self.output.over_limit and not self.ending.status:
            self.ending.end("stopped", sentences.limit_sentence("output", self.program.limits))
            self._end_tree()

    def _relay_rest(self) -> None:
        while not self.events.ended:
            for line in self.events.read():
                self._take(line)
        self.output.finish()

    def _take(self, line: bytes) -> None:
        """One line of the event pipe: ours when it starts with the nonce and is a known event."""
        if not line.startswith(self.pipes.nonce):
            self.ending.note_crash(line, self.program.filename)
            return
        try:
            message = decode(line[len(self.pipes.nonce) :])
        except (ValueError, RecursionError):
            return
        kind = message.get("event")
        if kind == "turn":
            self.output.note_turn(int(message["stdout"]), int(message["stderr"]))
        elif kind == "end":
            self.ending.record = message
        elif kind in RELAYED and not self.ending.record:
            self._relay_event(str(kind), message, len(line))

    def _relay_event(self, kind: str, message: dict[str, Any], size: int) -> None:
        self.event_room -= size
        if self.event_room < 0:
            self.ending.dropped += 1
            return
        if kind in PROMPT:
            self.output.read()
            self.output.pass_on()
        if kind == "asked":
            self.asked_at = time.monotonic()
            message["prompt"] = self.output.last_line
        message["run"] = self.run
        self.outward.send(encode(message))

    def _hold_to_limits(self, now: float) -> None:
        if self.kill_at is not None and now > self.kill_at:
            self._end_tree()
            return
        if now < self.next_look:
            return
        self.next_look = now + TICK
        if self.kill_at is not None:
            return
        if self.asked_at is None and now > self.deadline:
            self.ending.end("timeout", sentences.limit_sentence("time", self.program.limits))
            self._interrupt(GRACE)
            return
        broken = self.watch.look(os.getpid())
        if broken:
            status = "memory" if broken == "memory" else "stopped"
            self.ending.end(status, sentences.limit_sentence(broken, self.program.limits))
            self._end_tree()


def supervise(
    run: str, program: Program, scratch: Scratch, user: int | None, control: int, outward: int, child: Child
) -> None:
    """Live as the supervisor of a run; comes back when all of it is gone."""
    os.setsid()
    syscalls.adopt_orphans()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    supervisor = Supervisor(run, program, scratch, user, control, outward)

    def leave(number: int, frame: object) -> None:
        processes.end_tree(os.getpid(), {})
        remove_leftovers(scratch, user)
        os._exit(98)

    signal.signal(signal.SIGTERM, leave)
    syscalls.die_with_parent(os.getppid(), signal.SIGTERM)
    supervisor.launch(child)
    try:
        supervisor.serve()
    finally:
        remove_leftovers(scratch, user)
