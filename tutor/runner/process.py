"""One worker process: started by path, fed commands, read line by line, ended with its whole group."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from tutor.runner.environment import clean_environment
from tutor.worker.wire import LONGEST_LINE, encode

WORKER = Path(__file__).resolve().parent.parent / "worker"
NOISE_KEPT = 8192
"""Bytes of the worker's stderr kept to say why it died."""


class WorkerProcess:
    """A worker while it lives."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._noise = b""
        self._noise_reader = asyncio.create_task(self._keep_noise())

    @classmethod
    async def spawn(cls, python: str, options: Sequence[str] = ()) -> WorkerProcess:
        """Start one under this interpreter. Raises `OSError` when it cannot be executed."""
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            python, "-E", str(WORKER), *options,
            stdin=pipe, stdout=pipe, stderr=pipe, limit=LONGEST_LINE, start_new_session=True,
            env=clean_environment(os.environ), cwd="/",
        )  # fmt: skip
        return cls(process)

    @property
    def pid(self) -> int:
        """Of the worker itself."""
        return self._process.pid

    async def send(self, command: dict[str, object]) -> None:
        """Send one command; a worker that has died is noticed by its reader, not here."""
        self.post(command)
        if self._process.stdin is not None:
            try:
                await self._process.stdin.drain()
            except OSError:
                return

    def post(self, command: dict[str, object]) -> None:
        """Send one short command without waiting."""
        if self._process.stdin is not None and not self._process.stdin.is_closing():
            self._process.stdin.write(encode(command))

    async def lines(self) -> AsyncIterator[bytes]:
        """What it says, until it ends."""
        if self._process.stdout is None:
            return
        while True:
            try:
                line = await self._process.stdout.readline()
            except ValueError:  # longer than LONGEST_LINE: dropped
                continue
            if not line:
                return
            yield line

    async def last_words(self) -> str:
        """The last line of its stderr that says something, once it has ended."""
        await asyncio.wait({self._noise_reader}, timeout=1)
        lines = [line.strip() for line in self._noise.decode("utf-8", "replace").splitlines() if line.strip()]
        return lines[-1] if lines else ""

    async def _keep_noise(self) -> None:
        if self._process.stderr is None:
            return
        while chunk := await self._process.stderr.read(4096):
            self._noise = (self._noise + chunk)[-NOISE_KEPT:]

    async def end(self, patience: float = 3.0) -> None:
        """Ask it to leave, which ends its runs; then kill its group."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), patience)
        except asyncio.TimeoutError:
            self.kill()
            await self._process.wait()
        self._noise_reader.cancel()

    def kill(self) -> None:
        """End it now; its runs die with it."""
        with contextlib.suppress(OSError):  # it has ended
            os.killpg(self._process.pid, signal.SIGKILL)
