"""Lines over descriptors that never block: what cannot be written yet waits here, and its size tells the reader to hold back."""

from __future__ import annotations

import os

CHUNK = 1 << 18
FULL = 1 << 21
"""Bytes waiting beyond which a writer asks its sources to wait."""


class LineReader:
    """Splits what arrives on a descriptor into lines; a line longer than `longest` is dropped and counted."""

    def __init__(self, descriptor: int, longest: int) -> None:
        os.set_blocking(descriptor, False)
        self.descriptor = descriptor
        self.ended = False
        self.dropped = 0
        self._longest = longest
        self._parts: list[bytes] = []
        self._size = 0

    def read(self) -> list[bytes]:
        """The lines that are complete by now, without their ends."""
        try:
            chunk = os.read(self.descriptor, CHUNK)
        except BlockingIOError:
            return []
        except OSError:
            chunk = b""
        if not chunk:
            self.ended = True
            return []
        first, *others = chunk.split(b"\n")
        self._keep(first)
        if not others:
            return []
        lines = [line for line in (self._joined(),) if line is not None]
        *whole, last = others
        lines += whole
        self._keep(last)
        return lines

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size <= self._longest:
            self._parts.append(part)
        else:
            self._parts.clear()

    def _joined(self) -> bytes | None:
        line = b"".join(self._parts) if self._size <= self._longest else None
        if line is None:
            self.dropped += 1
        self._parts.clear()
        self._size = 0
        return line


class LineWriter:
    """Queues bytes for a descriptor and writes what it takes."""

    def __init__(self, descriptor: int) -> None:
        os.set_blocking(descriptor, False)
        self.descriptor = descriptor
        self.broken = False
        self._waiting = bytearray()

    @property
    def pending(self) -> bool:
        """True while bytes wait to be written."""
        return bool(self._waiting)

    @property
    def full(self) -> bool:
        """True when so much waits that no more should be read from anywhere."""
        return len(self._waiting) > FULL

    def send(self, line: bytes) -> None:
        """Queue a line and write what can be written now."""
        if not self.broken:
            self._waiting += line
            self.flush()

    def flush(self) -> None:
        """Write what the descriptor takes now."""
        while self._waiting and not self.broken:
            try:
                written = os.write(self.descriptor, memoryview(self._waiting)[:CHUNK])
            except BlockingIOError:
                return
            except OSError:
                self.broken = True
                self._waiting.clear()
                return
            del self._waiting[:written]

    def drain(self) -> None:
        """Write everything, waiting as long as it takes."""
        os.set_blocking(self.descriptor, True)
        self.flush()
