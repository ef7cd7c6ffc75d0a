"""The folder of one run: an empty working folder (but for the files the lesson ships), a home and a place for temporary files.

All of it is gone afterwards.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass

PREFIX = "pytorch-tutor-run-"


@dataclass(frozen=True)
class Scratch:
    """Where one run keeps things."""

    base: str

    @classmethod
    def fresh(cls) -> Scratch:
        """A new one, without its subfolders yet."""
        return cls(os.path.realpath(tempfile.mkdtemp(prefix=PREFIX)))

    @property
    def work(self) -> str:
        """Where the program starts."""
        return os.path.join(self.base, "work")

    @property
    def home(self) -> str:
        """What the program takes for the home folder: caches go here."""
        return os.path.join(self.base, "home")

    @property
    def temporary(self) -> str:
        """What `tempfile` uses."""
        return os.path.join(self.base, "tmp")

    def fill(self, files: Mapping[str, bytes], owner: int | None) -> None:
        """Make the subfolders, lay the files in, read-only, and hand all of it to the user the run becomes."""
        for folder in (self.work, self.home, self.temporary):
            os.mkdir(folder, 0o700)
        for name, content in files.items():
            path = os.path.normpath(os.path.join(self.work, name))
            if not path.startswith(self.work + os.sep):
                raise ValueError(f"The lesson's file {name!r} would lie outside the scratch folder.")
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content)
            os.chmod(path, 0o444)
        if owner is not None:
            self._hand_to(owner)

    def _hand_to(self, owner: int) -> None:
        for root, folders, names in os.walk(self.base):
            for name in (*folders, *names):
                os.chown(os.path.join(root, name), owner, owner)
        os.chown(self.base, owner, owner)

    def remove(self) -> None:
        """Remove it, locked subfolders included; links in it are never followed."""
        for _ in range(100):  # each round opens one more level of folders the program locked
            if not os.path.lexists(self.base):
                return
            shutil.rmtree(self.base, onerror=_unlock)


def _unlock(function: object, path: str, error: object) -> None:
    for locked in (os.path.dirname(path), path):
        with contextlib.suppress(OSError):
            if stat.S_ISDIR(os.lstat(locked).st_mode):
                os.chmod(locked, 0o700)
