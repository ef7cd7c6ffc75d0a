"""The scratch folder of one run: empty but for the files the lesson ships, and gone afterwards."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Mapping

PREFIX = "pytorch-tutor-run-"


def new_name() -> str:
    """A path that does not exist yet."""
    folder = tempfile.mkdtemp(prefix=PREFIX)
    return os.path.realpath(folder)


def fill(folder: str, files: Mapping[str, bytes], owner: int | None) -> None:
    """Lay the files in, read-only, and hand the folder to the user the run becomes."""
    for name, content in files.items():
        path = os.path.normpath(os.path.join(folder, name))
        if not path.startswith(folder + os.sep):
            raise ValueError(f"The lesson's file {name!r} would lie outside the scratch folder.")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
        os.chmod(path, 0o444)
    if owner is not None:
        for root, folders, names in os.walk(folder):
            for name in (*folders, *names):
                os.chown(os.path.join(root, name), owner, owner)
        os.chown(folder, owner, owner)


def remove(folder: str) -> None:
    """Remove the folder, locked subfolders included; links in it are never followed."""

    def unlock(function: object, path: str, error: object) -> None:
        parent = os.path.dirname(path)
        for locked in (parent, path):
            try:
                if stat.S_ISDIR(os.lstat(locked).st_mode):
                    os.chmod(locked, 0o700)
            except OSError:
                pass

    for _ in range(3):
        if not os.path.lexists(folder):
            return
        shutil.rmtree(folder, onerror=unlock)
