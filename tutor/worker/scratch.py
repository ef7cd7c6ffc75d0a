"""The folder of one run: an empty working folder (but for the files the lesson ships), a home and a place for temporary files.

All of it is gone afterwards.
"""

from __future__ import annotations

import contextlib
import os
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
        """Remove it, however deep, whatever the program locked; links in it are never followed."""
        with contextlib.suppress(OSError):
            os.chmod(self.base, 0o700)
            base = os.open(self.base, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                _empty(base)
            finally:
                os.close(base)
            os.rmdir(self.base)


def _empty(base: int) -> None:
    """Take the folder apart level by level: what lies in a subfolder is moved up beside it, so nothing is ever deep."""
    count = 0
    while True:
        names = os.listdir(base)
        if not names:
            return
        for name in names:
            if not _is_folder(name, base):
                os.unlink(name, dir_fd=base)
                continue
            os.chmod(name, 0o700, dir_fd=base)
            folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=base)
            try:
                for inner in os.listdir(folder):
                    if _is_folder(inner, folder):
                        count += 1
                        os.chmod(
                            inner, 0o700, dir_fd=folder
                        )  # a folder that cannot be written cannot be moved
                        os.rename(
                            inner, f".removed-{count}-{os.getpid()}", src_dir_fd=folder, dst_dir_fd=base
                        )
                    else:
                        os.unlink(inner, dir_fd=folder)
            finally:
                os.close(folder)
            os.rmdir(name, dir_fd=base)


def _is_folder(name: str, parent: int) -> bool:
    return stat.S_ISDIR(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode)
