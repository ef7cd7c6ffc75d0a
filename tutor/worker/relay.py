"""What a program writes, read from its two pipes and put back into the order it was written in, capped and decoded.

Pipes keep no order between each other, so the program's own streams note in the event pipe each time they take turns.
"""

from __future__ import annotations

import codecs
import os
import time
from collections import deque
from collections.abc import Callable

STREAMS = ("stdout", "stderr")
CHUNK = 1 << 20
QUICK = 1 << 12
"""Bytes below which a read was of little, and the next may follow at once."""
PAUSE = 0.008
"""Seconds between two reads while much is being written: a million prints become some hundred events."""


class Stream:
    """One of the two pipes."""

    def __init__(self, name: str, pipe: int) -> None:
        os.set_blocking(pipe, False)
        self.name = name
        self.pipe = pipe
        self.ended = False
        self.waiting = bytearray()
        self.emitted = 0
        self.settled = 0
        """Count of bytes read before the event pipe was: every turn among them is known."""
        self._decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")

    def read(self) -> int:
        """Take what is in the pipe; returns how many bytes that was."""
        try:
            chunk = os.read(self.pipe, CHUNK)
        except BlockingIOError:
            return 0
        except OSError:
            chunk = b""
        self.ended = not chunk
        self.waiting += chunk
        return len(chunk)

    def taken_up_to(self, count: int) -> bytes:
        """The bytes up to the `count`-th that was ever written, as far as they have been read."""
        if self.emitted + len(self.waiting) < count and not self.ended:
            self.read()
        size = max(0, min(len(self.waiting), count - self.emitted))
        taken = bytes(self.waiting[:size])
        del self.waiting[:size]
        self.emitted += size
        return taken

    def text(self, taken: bytes, final: bool = False) -> str:
        """Bytes as text; what is no UTF-8 as backslash escapes, a character cut in two kept for later."""
        return self._decoder.decode(taken, final)


class Output:
    """Both pipes of a run; `emit(stream, text, left_out)` is called for every piece."""

    def __init__(self, stdout: int, stderr: int, limit: int, emit: Callable[[str, str, int], None]) -> None:
        self.streams = (Stream("stdout", stdout), Stream("stderr", stderr))
        self.left_out = 0
        self.last_line = ""
        self._turns: deque[tuple[int, int]] = deque()
        self._room = limit
        self._emit = emit
        self._quiet_until = 0.0
        self._reads = 0

    @property
    def ended(self) -> bool:
        """True when no process holds either pipe any more."""
        return all(stream.ended for stream in self.streams)

    @property
    def over_limit(self) -> bool:
        """True when more was written than may be shown."""
        return self.left_out > 0

    def pipes(self) -> list[int]:
        """The pipes to wait for: none while a pause lasts."""
        if time.monotonic() < self._quiet_until:
            return []
        return [stream.pipe for stream in self.streams if not stream.ended]

    def pause_left(self) -> float:
        """Seconds until the pipes are read again."""
        return max(0.0, self._quiet_until - time.monotonic())

    def read(self) -> None:
        """Take what is in both pipes, and rest a moment when it comes fast."""
        size = sum(stream.read() for stream in self.streams if not stream.ended)
        self._settle()
        now = time.monotonic()
        self._reads = self._reads + 1 if now - self._quiet_until < 2 * PAUSE else 0
        if size > QUICK or self._reads > 8:
            self._quiet_until, self._reads = now + PAUSE, 8

    def _settle(self) -> None:
        for stream in self.streams:
            stream.settled = stream.emitted + len(stream.waiting)

    @property
    def backlog(self) -> bool:
        """True when bytes have been read that may only be passed on after the next look at the event pipe."""
        return any(stream.waiting for stream in self.streams)

    def note_turn(self, stdout: int, stderr: int) -> None:
        """The program says: so many bytes were written to each when the other stream took its turn."""
        self._turns.append((stdout, stderr))

    def pass_on(self, final: bool = False) -> None:
        """Emit everything read so far, in order."""
        while self._turns:
            turn = self._turns.popleft()
            for stream, count in zip(self.streams, turn):
                self._pass(stream, stream.taken_up_to(count))
        for stream in self.streams:
            self._pass(stream, stream.taken_up_to(stream.settled), final)

    def _pass(self, stream: Stream, taken: bytes, final: bool = False) -> None:
        allowed = taken[: self._room]
        self._room -= len(allowed)
        self.left_out += len(taken) - len(allowed)
        text = stream.text(allowed, final)
        if not text:
            return
        if stream.name == "stdout":
            self.last_line = (self.last_line + text[-4096:]).rpartition("\n")[2]
        for start in range(0, len(text), CHUNK):
            self._emit(stream.name, text[start : start + CHUNK], 0)

    def finish(self, patience: float = 0.5) -> None:
        """Read to the end of both pipes and emit the rest, with the count of what was left out."""
        until = time.monotonic() + patience
        while not self.ended and time.monotonic() < until:
            if not sum(stream.read() for stream in self.streams if not stream.ended):
                time.sleep(0.0005)
        self._settle()
        self.pass_on(final=True)
        if self.left_out:
            self._emit("stdout", "", self.left_out)
