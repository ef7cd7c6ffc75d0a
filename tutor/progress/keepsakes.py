"""What is good to find again, in small files beside the record: each step's last run, and how a lesson went.

Losing one costs a learner nothing they did: where a file cannot be read or written, there is simply none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

MOST_FOLDERS = 200
"""Lessons whose files are kept; those not touched for longest go first."""
DIARY = "lesson.json"
MOST_MISHAPS = 5
LONGEST_PAUSE = 120.0
"""Seconds without a key that still count as working."""


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run as it was kept: what ran, and what it said, as lines."""

    source: str
    at: float
    """Unix time."""
    lines: tuple[str, ...] = ()


@dataclass(slots=True)
class Diary:
    """How a lesson went."""

    runs: int = 0
    seconds: float = 0.0
    """Of working at it; pauses are left out."""
    mishaps: list[str] = field(default_factory=list)
    """Errors met on the way, each in a line, newest last."""
    last: float = 0.0
    """Unix time of the last sign of life."""

    def alive(self, now: float) -> None:
        """The learner did something."""
        if 0 < now - self.last <= LONGEST_PAUSE:
            self.seconds += now - self.last
        self.last = now

    def met(self, mishap: str) -> None:
        """Something went wrong; the same thing twice is told once."""
        kept = [known for known in self.mishaps if known != mishap]
        self.mishaps = [*kept, mishap][-MOST_MISHAPS:]


class Keepsakes:
    """The files; without a folder nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def keep_run(self, lesson: str, step: str, run: KeptRun) -> None:
        """Keep a step's last run in place of the one before."""
        head = json.dumps({"source": run.source, "at": run.at})
        self._write(lesson, f"{_name(step)}.jsonl", "\n".join([head, *run.lines]))

    def run(self, lesson: str, step: str) -> KeptRun | None:
        """A step's last run."""
        text = self._read(lesson, f"{_name(step)}.jsonl")
        head, *lines = text.split("\n")
        try:
            found = json.loads(head)
            return KeptRun(str(found["source"]), float(found["at"]), tuple(lines))
        except (ValueError, KeyError, TypeError):
            return None

    def keep_diary(self, lesson: str, diary: Diary) -> None:
        """Keep how a lesson went so far."""
        self._write(lesson, DIARY, json.dumps(asdict(diary)))

    def diary(self, lesson: str) -> Diary:
        """How a lesson went so far."""
        try:
            found = json.loads(self._read(lesson, DIARY))
            mishaps = [str(mishap) for mishap in found["mishaps"]]
            return Diary(int(found["runs"]), float(found["seconds"]), mishaps, float(found["last"]))
        except (ValueError, KeyError, TypeError):
            return Diary()

    def forget(self, lesson: str | None, step: str | None = None) -> None:
        """A step, a lesson or everything was reset."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            if step is not None and lesson is not None:
                (self._folder / _name(lesson) / f"{_name(step)}.jsonl").unlink()
            else:
                shutil.rmtree(self._folder if lesson is None else self._folder / _name(lesson))

    def _read(self, lesson: str, file: str) -> str:
        if self._folder is None:
            return ""
        try:
            return (self._folder / _name(lesson) / file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""

    def _write(self, lesson: str, file: str, text: str) -> None:
        if self._folder is None:
            return
        folder = self._folder / _name(lesson)
        with contextlib.suppress(OSError):
            if not folder.is_dir():
                folder.mkdir(parents=True, mode=0o700)
                _thin([one for one in self._folder.iterdir() if one.is_dir()])
            handle, partial = tempfile.mkstemp(dir=folder, prefix=".new-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as stream:
                    stream.write(text)
                os.replace(partial, folder / file)
            except OSError:
                os.unlink(partial)
                raise


def _thin(folders: Sequence[Path]) -> None:
    oldest_first = sorted(folders, key=lambda folder: folder.stat().st_mtime)
    for folder in oldest_first[:-MOST_FOLDERS]:
        shutil.rmtree(folder)


def _name(id: str) -> str:
    """A file's name for any id, whatever is in it."""
    return hashlib.sha256(id.encode("utf-8", "replace")).hexdigest()[:24]
