"""Where the record is: the platform's own folder for a program's files, or the one named with `--data-dir`."""

from __future__ import annotations

from pathlib import Path

from tutor.progress.store import Store

FILE = "progress.db"


def folder(data_dir: Path | None) -> Path:
    """The folder for everything the tutor keeps."""
    if data_dir is not None:
        return data_dir.expanduser().absolute()
    from platformdirs import user_data_path  # deferred: `--data-dir` does without it

    return user_data_path("pytorch-tutor", appauthor=False)


def open_store(data_dir: Path | None) -> Store:
    """The learner's record. Never fails: where nothing can be written, `read_only` says why."""
    return Store(folder(data_dir) / FILE)
