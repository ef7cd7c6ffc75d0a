"""A file that holds a step's code for another editor: who changed what since both sides were the same."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

Signature = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Saved:
    """The file was saved elsewhere."""

    text: str
    clashes: bool
    """Whether the code was changed here as well."""


class WatchedFile:
    """One step's code as a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._same: str | None = None
        """What both sides last had in common; None before they ever had."""
        self._looked_at: Signature | None = None

    def write(self, code: str) -> None:
        """Make the file this code, whatever is in it. Raises `OSError`."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            beside.write_text(code, encoding="utf-8")
            # Looked at before it takes its place: a save right after that must still be noticed.
            signature = _signature(beside)
            os.replace(beside, self.path)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
        self._same = code
        self._looked_at = signature

    def follow(self, code: str) -> None:
        """Bring the file up to date with what was typed here; not where it was saved elsewhere meanwhile. Raises `OSError`."""
        if code == self._same:
            return
        found = self._read()
        if found in (None, self._same, code):
            self.write(code)

    def look(self, code: str) -> Saved | None:
        """What another editor saved since the last look; `code` is what stands here now."""
        signature = _signature(self.path)
        if signature is None or signature == self._looked_at:
            return None
        if not signature[1] and code and self._looked_at is not None and self._looked_at[1]:
            # Many editors empty a file before they write it: only an emptiness that lasts is meant.
            self._looked_at = (0, 0, 0)
            return None
        found = self._read()
        self._looked_at = signature
        if found is None or found == self._same:
            return None
        if found == code:
            self._same = code
            return None
        return Saved(found, clashes=code != self._same)

    def settle(self, code: str) -> None:
        """The learner has chosen: this is what both sides have from now on. Raises `OSError`."""
        if self._read() == code:
            self._same = code
        else:
            self.write(code)

    def _read(self) -> str | None:
        try:
            return self.path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None


def _signature(path: Path) -> Signature | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
