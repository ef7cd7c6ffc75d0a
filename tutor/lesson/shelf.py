"""Which files are lessons: those under a folder at any depth, of a pack, or a single one; nothing outside is ever opened."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from tutor.lesson.faults import Fault
from tutor.lesson.pack import BadPack, is_pack, unpacked

COURSE_FILE = "course.yaml"
_ENDINGS = (".yaml", ".yml")
_MOST_FILES = 2000
_NO_LESSONS = ("data", "__pycache__", "node_modules")
"""Folders that hold other things."""


@dataclass(slots=True)
class Shelf:
    """The lesson files of one folder, in the order of their names."""

    root: Path
    files: list[Path] = field(default_factory=list)
    course: Path | None = None
    faults: list[Fault] = field(default_factory=list)
    alone: bool = False
    """A single file was named: its prerequisites need not be there."""

    def name(self, path: Path) -> str:
        """What faults call a file: its path below the folder's own name."""
        return path.name if self.alone else os.path.join(self.root.name, os.path.relpath(path, self.root))


def default_lessons() -> Path:
    """The lessons that came with the program."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "_lessons"
    return shipped if shipped.is_dir() else package.parent / "lessons"


def find_lessons(place: Path) -> Shelf:
    """The lesson files at a place."""
    if place.is_file() and is_pack(place):
        return _in_pack(place)
    if place.is_file():
        return Shelf(place.parent, [place], alone=True)
    shelf = Shelf(place)
    if not place.is_dir():
        shelf.faults.append(
            Fault(str(place), 1, 1, "no such file or folder", "a lesson file or a folder of lessons")
        )
        return shelf
    course = place / COURSE_FILE
    shelf.course = course if course.is_file() else None
    _walk(shelf, place.resolve())
    shelf.files.sort(key=lambda path: path.relative_to(place).parts)
    return shelf


def _in_pack(place: Path) -> Shelf:
    """The lessons of a pack, or what keeps it from being read."""
    try:
        return find_lessons(unpacked(place))
    except BadPack as fault:
        found, _, expected = str(fault).partition("; expected ")
        return Shelf(place.parent, faults=[Fault(place.name, 1, 1, found, expected or "a pack of lessons")])


def data_folder(file: Path) -> Path:
    """Where a lesson's `files` lie: the nearest `data` folder beside or above it."""
    for folder in file.resolve().parents[:4]:
        if (folder / "data").is_dir():
            return folder / "data"
    return file.parent / "data"


def _walk(shelf: Shelf, inside: Path) -> None:
    for folder, folders, names in os.walk(shelf.root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _NO_LESSONS)
        for name in sorted(names):
            path = Path(folder, name)
            if not name.endswith(_ENDINGS) or name.startswith(".") or path == shelf.root / COURSE_FILE:
                continue
            if not path.resolve().is_relative_to(inside):
                shelf.faults.append(
                    Fault(shelf.name(path), 1, 1, "a link that leads out of the folder", "a file inside it")
                )
            elif len(shelf.files) >= _MOST_FILES:
                shelf.faults.append(
                    Fault(str(shelf.root), 1, 1, f"more than {_MOST_FILES} files", "a folder of lessons only")
                )
                return
            else:
                shelf.files.append(path)
