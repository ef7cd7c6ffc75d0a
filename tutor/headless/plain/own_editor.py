"""The learner's own editor on the learner's own terminal; what it saves is kept while it is still open."""

from __future__ import annotations

import asyncio
import os
import shlex
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

BEAT = 1.0
"""Seconds between two looks at the file."""


class OwnEditor:
    """What VISUAL or EDITOR names; `vi` when neither does, nothing where there is no terminal."""

    def __init__(self, environ: Mapping[str, str], terminal: bool) -> None:
        self._command = (
            shlex.split(environ.get("VISUAL") or environ.get("EDITOR") or "vi") if terminal else []
        )

    @property
    def name(self) -> str:
        """Its name; empty where none can be opened."""
        return self._command[0] if self._command else ""

    async def edit(self, code: str, name: str, keep: Callable[[str], None]) -> str:
        """The code as it was left; every saved state is handed to `keep`. Raises `OSError` when it cannot be started."""
        with tempfile.TemporaryDirectory(prefix="pytorch-tutor-") as folder:
            path = Path(folder) / name
            path.write_text(code, encoding="utf-8")
            process = await asyncio.create_subprocess_exec(*self._command, os.fspath(path))
            leaving = asyncio.ensure_future(process.wait())
            saved = code
            while not leaving.done():
                await asyncio.wait([leaving], timeout=BEAT)
                now = _read(path)
                if now != saved:
                    keep(saved := now)
            return _read(path)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
