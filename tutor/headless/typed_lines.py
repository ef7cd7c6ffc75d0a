"""Lines a person types for `input()`: read without blocking the loop, so that ctrl+c is heard while it waits."""

from __future__ import annotations

import asyncio
import os

CHUNK = 1 << 16


class TypedLines:
    """Lines of a descriptor: a terminal, a pipe or a file."""

    def __init__(self, descriptor: int = 0) -> None:
        self._descriptor = descriptor
        self._pending = b""
        self._ended = False

    async def next_line(self) -> str | None:
        """The next line without its end; None when there are no more."""
        while b"\n" not in self._pending and not self._ended:
            await self._read()
        if not self._pending:
            return None
        line, _, self._pending = self._pending.partition(b"\n")
        return line.decode("utf-8", "replace")

    async def _read(self) -> None:
        await self._readable()
        try:
            chunk = os.read(self._descriptor, CHUNK)
        except OSError:  # closed, or a terminal that went away
            chunk = b""
        self._pending += chunk
        self._ended = not chunk

    async def _readable(self) -> None:
        """Wait until a read would not block; a regular file never blocks and cannot be waited for."""
        loop = asyncio.get_running_loop()
        arrived = asyncio.Event()
        try:
            loop.add_reader(self._descriptor, arrived.set)
        except (OSError, ValueError):
            return
        try:
            await arrived.wait()
        finally:
            loop.remove_reader(self._descriptor)
