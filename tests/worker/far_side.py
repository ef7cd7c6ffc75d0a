"""A worker driven line by line, without the client: what crosses the wire is what the tests see."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from tutor.runner.environment import clean_environment
from tutor.runner.process import WORKER
from tutor.worker.wire import decode, encode

Message = dict[str, Any]
PATIENCE = 90.0


@dataclass
class Told:
    """Everything one run said."""

    events: list[Message] = field(default_factory=list)

    def of(self, kind: str) -> list[Message]:
        return [event for event in self.events if event["event"] == kind]

    def text(self, stream: str | None = None) -> str:
        return "".join(e["text"] for e in self.of("output") if stream in (None, e["stream"]))

    @property
    def stdout(self) -> str:
        return self.text("stdout")

    @property
    def stderr(self) -> str:
        return self.text("stderr")

    @property
    def finished(self) -> Message:
        (only,) = self.of("finished")
        return only

    @property
    def status(self) -> str:
        return str(self.finished["status"])

    @property
    def message(self) -> str:
        return str(self.finished["message"])


class FarSide:
    """A worker process; `python` may be any executable that behaves like Python."""

    def __init__(
        self,
        options: Sequence[str] = (),
        python: str = sys.executable,
        environ: Mapping[str, str] | None = None,
        quiet: bool = False,
    ) -> None:
        env = clean_environment(os.environ) if environ is None else dict(environ)
        self.process = subprocess.Popen(
            [python, "-E", str(WORKER), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if quiet else None,
            env=env,
            cwd="/",
            start_new_session=True,
        )
        self.first = self.read()

    @property
    def _lines(self) -> IO[bytes]:
        assert self.process.stdout is not None
        return self.process.stdout

    def send(self, **command: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(encode(command))
        self.process.stdin.flush()

    def read(self) -> Message:
        line = self._lines.readline()
        assert line, "the worker ended"
        return decode(line)

    def begin(self, source: str, run: str = "r", **fields: object) -> None:
        program: Message = {"source": source, "lens": False, "limits": {"seconds": 20}, **fields}
        self.send(do="run", run=run, program=program)

    def until(self, kind: str, run: str = "r") -> Told:
        """Read up to the first event of this kind of this run."""
        told = Told()
        overdue = threading.Timer(PATIENCE, self.process.kill)  # a hang fails the test, not the whole session
        overdue.start()
        try:
            while not told.events or told.events[-1]["event"] != kind:
                message = self.read()
                if message.get("run") == run:
                    told.events.append(message)
        finally:
            overdue.cancel()
        return told

    def run(self, source: str, **fields: Any) -> Told:
        self.begin(source, **fields)
        return self.until("finished")

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(10)
        self._lines.close()
