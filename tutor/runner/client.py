"""The interface's side of the worker: keeps one alive, sends it runs, hands out their events, and holds a deadline of its own
in case the far side hangs.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace

from tutor.events import PROTOCOL, Asked, Event, Finished, Names, Ready, Unknown, parse
from tutor.runner.answer import About, Answer
from tutor.runner.asking import Asking
from tutor.runner.contract import WorkerState
from tutor.runner.interpreter import Interpreter
from tutor.runner.process import WorkerProcess
from tutor.runner.program import run_command
from tutor.runner.request import RunRequest
from tutor.runner.trust import refusal
from tutor.worker.wire import decode

START_PATIENCE = 180.0
"""Seconds a worker may take to import torch: network file systems are slow."""
LATE = 5.0
"""Seconds beyond its limit after which a run's supervisor counts as hung."""
LAST_PATIENCE = 3.0
QUICK_DEATH = 10.0
"""A worker that dies younger than this, three times in a row, is not restarted again."""
ADVICE = "Name a Python that has torch with --python EXE or PYTORCH_TUTOR_PYTHON, or `pip install torch` into this one."


class WorkerClient:
    """Runs programs in a worker; implements `runner.contract.Runner`."""

    def __init__(
        self, interpreter: Interpreter, *, options: Sequence[str] = (), start_patience: float = START_PATIENCE
    ) -> None:
        self._interpreter = interpreter
        self._options = tuple(options)
        self._start_patience = start_patience
        self._state = WorkerState("off", python=interpreter.path)
        self._listeners: list[Callable[[WorkerState], None]] = []
        self._worker: WorkerProcess | None = None
        self._reader: asyncio.Task[None] | None = None
        self._settled = asyncio.Event()
        self._queues: dict[str, asyncio.Queue[Event]] = {}
        self._names = (f"run-{number}" for number in itertools.count(1))
        self._quick_deaths = 0
        self._closing = False
        self._asking = Asking()
        self._last_names: Mapping[str, str] = {}

    @property
    def state(self) -> WorkerState:
        """Where the worker is now."""
        return self._state

    def watch(self, listener: Callable[[WorkerState], None]) -> None:
        """Call `listener` at every change of state, on the event loop."""
        self._listeners.append(listener)

    async def start(self) -> WorkerState:
        """Start the worker and wait until it is ready or known to be missing. Safe to call twice."""
        if self._state.phase == "off" and not self._closing:
            self._set(WorkerState("starting", python=self._interpreter.path))
            self._reader = asyncio.create_task(self._keep_alive())
        await self._settled.wait()
        return self._state

    async def switch(self, interpreter: Interpreter) -> WorkerState:
        """Start over under another interpreter."""
        await self.close()
        self._interpreter = interpreter
        self._closing = False
        self._quick_deaths = 0
        self._set(WorkerState("off", python=interpreter.path))
        return await self.start()

    async def run(self, request: RunRequest, run: str | None = None) -> AsyncIterator[Event]:
        """Run a program; yields its events, always ending with exactly one `Finished`."""
        name = run or next(self._names)
        state = await self.start()
        if state.phase != "ready" or self._worker is None:
            yield Finished(status="crashed", run=name, message=f"{state.reason} {state.advice}".strip())
            return
        if refused := refusal(state.ready.layers if state.ready else {}, request.trusted):
            yield Finished(status="stopped", run=name, message=refused)
            return
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._queues[name] = queue
        worker = self._worker
        finished = False
        try:
            await worker.send(run_command(name, request))
            patience = _Patience(request.limits.seconds)
            while not finished:
                event = await self._next(queue, patience, worker, name)
                patience.note(event)
                finished = isinstance(event, Finished)
                yield event
        finally:
            self._queues.pop(name, None)
            if not finished:  # closed from outside: once asks, twice insists
                for _ in range(2):
                    worker.post({"do": "stop", "run": name})

    async def _next(
        self, queue: asyncio.Queue[Event], patience: _Patience, worker: WorkerProcess, name: str
    ) -> Event:
        """The next event; when the far side is overdue it is ended, step by step harder."""
        while True:
            try:
                return await asyncio.wait_for(queue.get(), patience.left())
            except asyncio.TimeoutError:
                if patience.overdue() == 1:
                    worker.post({"do": "kill", "run": name})
                else:
                    worker.kill()

    async def stop(self, run: str) -> None:
        """Stop a run: KeyboardInterrupt first, then the whole process tree."""
        if self._worker is not None:
            await self._worker.send({"do": "stop", "run": run})

    async def send_line(self, run: str, text: str) -> None:
        """Answer `input()` with one line."""
        if self._worker is not None:
            await self._worker.send({"do": "line", "run": run, "text": text})

    async def ask(
        self, about: About, text: str, names: Mapping[str, str] | None = None, *, first: Sequence[str] = ()
    ) -> Answer:
        """See `Runner.ask`."""
        return await self._asking.answer(
            self._post, about, text, self._last_names if names is None else names, first
        )

    def _post(self, command: dict[str, object]) -> bool:
        if self._worker is None or self._state.phase != "ready":
            return False
        self._worker.post(command)
        return True

    async def close(self) -> None:
        """End the worker and everything it started."""
        self._closing = True
        if self._worker is not None:
            await self._worker.end()
        if self._reader is not None:
            await asyncio.wait({self._reader}, timeout=1)
            self._reader.cancel()
        self._worker = self._reader = None
        self._settled.set()
        self._set(WorkerState("off", python=self._interpreter.path))

    def _set(self, state: WorkerState) -> None:
        self._state = state
        if state.phase in ("ready", "missing", "failed") or self._closing:
            self._settled.set()
        else:
            self._settled.clear()
        for listener in self._listeners:
            listener(state)

    async def _keep_alive(self) -> None:
        """Spawn, read to the end, tell the runs, and again; until closed, missing, or dying at once."""
        while not self._closing:
            born = time.monotonic()
            try:
                self._worker = await WorkerProcess.spawn(self._interpreter.path, self._options)
            except OSError as error:
                reason = f"{self._interpreter.path} cannot be started: {error.strerror or error}."
                self._set(WorkerState("missing", self._interpreter.path, None, reason, ADVICE))
                return
            overdue = asyncio.get_running_loop().call_later(self._start_patience, self._give_up, self._worker)
            await self._read(self._worker)
            overdue.cancel()
            words = await self._worker.last_words()
            self._worker.kill()
            self._asking.forget()
            if self._closing or self._state.phase == "missing":
                break
            never_ready = self._state.ready is None
            self._quick_deaths = self._quick_deaths + 1 if time.monotonic() - born < QUICK_DEATH else 0
            if never_ready or self._quick_deaths >= 3:
                self._fail(words)
                break
            self._set(
                replace(self._state, phase="restarting", reason="The worker died and is being restarted.")
            )
            self._finish_runs("The worker died, and the run with it; a fresh one is being started.")
        self._finish_runs("The worker is gone.")

    def _give_up(self, worker: WorkerProcess) -> None:
        if self._state.phase in ("starting", "restarting"):
            worker.kill()

    def _fail(self, words: str) -> None:
        reason = (
            f"The worker under {self._interpreter.path} ended{': ' + words if words else ' without a word.'}"
        )
        self._set(WorkerState("failed", self._interpreter.path, None, reason, ADVICE))

    def _finish_runs(self, message: str) -> None:
        for name, queue in self._queues.items():
            queue.put_nowait(Finished(status="crashed", run=name, message=message))

    async def _read(self, worker: WorkerProcess) -> None:
        async for line in worker.lines():
            try:
                event = parse(line)
            except ValueError:
                continue
            if isinstance(event, Ready):
                self._welcome(event)
            elif isinstance(event, Unknown) and event.name == "answer":
                self._asking.take(decode(line))
            elif isinstance(event, Unknown) and event.name == "missing":
                reason = str(decode(line).get("reason", "torch cannot be imported"))
                self._set(WorkerState("missing", self._interpreter.path, None, reason, ADVICE))
            elif event.run in self._queues:
                if isinstance(event, Names):
                    self._last_names = event.names
                self._queues[event.run].put_nowait(event)

    def _welcome(self, ready: Ready) -> None:
        if ready.protocol == PROTOCOL:
            return self._set(WorkerState("ready", self._interpreter.path, ready))
        reason = f"The worker speaks protocol {ready.protocol}, this tutor {PROTOCOL}."
        return self._set(
            WorkerState("missing", self._interpreter.path, None, reason, "Install the tutor afresh.")
        )


class _Patience:
    """How long a run may stay silent: its own limit and a little more; while it waits for a person, for ever."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds + LATE
        self._asked: float | None = None
        self._times = 0

    def note(self, event: Event) -> None:
        """An event came: after `asked` the clock stands still, after any other it goes on."""
        now = time.monotonic()
        if isinstance(event, Asked):
            self._asked = self._asked or now
        elif self._asked is not None:
            self._until += now - self._asked
            self._asked = None

    def left(self) -> float | None:
        """Seconds; None: no end."""
        return None if self._asked is not None else max(0.0, self._until - time.monotonic())

    def overdue(self) -> int:
        """How often patience ran out by now; the next time comes sooner."""
        self._times += 1
        self._until = time.monotonic() + LAST_PATIENCE
        return self._times
