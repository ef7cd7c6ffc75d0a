"""The pipes between a supervisor and its run, and the run's end of them."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass

from .descriptors import close_all_but, raised, widen


@dataclass(frozen=True)
class RunPipes:
    """`_in` is the end written to, `_out` the end read from."""

    stdin_in: int
    stdin_out: int
    stdout_in: int
    stdout_out: int
    stderr_in: int
    stderr_out: int
    events_in: int
    events_out: int
    nonce: bytes
    """Starts every line of the event pipe, so that stray bytes of the program are no events."""

    @classmethod
    def opened(cls, answers: bool) -> RunPipes:
        """Fresh pipes; without `answers` standard input is empty."""
        stdin_out, stdin_in = os.pipe() if answers else (os.open(os.devnull, os.O_RDONLY), -1)
        stdout_out, stdout_in = os.pipe()
        stderr_out, stderr_in = os.pipe()
        events_out, events_in = os.pipe()
        for pipe in (stdout_in, events_in):
            widen(pipe)
        nonce = secrets.token_hex(8).encode()
        return cls(
            stdin_in, stdin_out, stdout_in, stdout_out, stderr_in, stderr_out, events_in, events_out, nonce
        )

    def close_inner(self) -> None:
        """In the supervisor, after the fork: close the run's ends."""
        for end in (self.stdin_out, self.stdout_in, self.stderr_in, self.events_in):
            os.close(end)

    def put_in_place(self) -> int:
        """In the run: make them 0, 1 and 2, close everything else, and return the event pipe's number."""
        events = raised(self.events_in)
        for end, place in ((self.stdin_out, 0), (self.stdout_in, 1), (self.stderr_in, 2)):
            os.dup2(end, place)
        close_all_but({events})
        return events
