"""The order of lessons: that of `course.yaml`, and for the rest track, prerequisites and file name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import msgspec.inspect as shape

from tutor.lesson.faults import Fault, SourceText, did_you_mean, quoted
from tutor.lesson.fill import Fitting, NotFitting
from tutor.lesson.header import Head
from tutor.lesson.model import Course, Track
from tutor.lesson.tree import Node, read_tree


@dataclass(slots=True)
class Plan:
    """A `course.yaml` that was read, with the places of the lessons it lists."""

    course: Course | None = None
    faults: list[Fault] = field(default_factory=list)
    source: SourceText | None = None
    tree: Node | None = None

    def unknown(self, known: Sequence[str]) -> list[Fault]:
        """A fault for every listed lesson that no file has."""
        if self.source is None or self.tree is None:
            return []
        names = [item for track in self.tree.find("tracks").items for item in track.find("lessons").items]
        return [
            self.source.fault(
                name.start,
                f"the lesson {quoted(name.value)}, which no file has as its id",
                "the id of a lesson",
                did_you_mean(name.value, known),
                width=name.width,
            )
            for name in names
            if name.kind == "text" and name.value not in known
        ]


def read_plan(path: Path, name: str) -> Plan:
    """A `course.yaml`; one that does not fit is left aside with its faults."""
    try:
        source = SourceText(name, path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return Plan(faults=[Fault(name, 1, 1, "a file that cannot be read", "a text in UTF-8")])
    tree, faults = read_tree(source)
    if tree is None or faults:
        return Plan(faults=faults, source=source)
    fitting = Fitting(source)
    try:
        given = fitting.fit(tree, shape.type_info(Course), "the course")
    except NotFitting:
        return Plan(faults=fitting.faults, source=source)
    return Plan(msgspec.convert(given, Course), [], source, tree)


def arrange(heads: Mapping[str, Head], tracks: Sequence[Track]) -> tuple[Track, ...]:
    """All lessons in tracks: listed ones as listed, the others at the end of their track, after what they build on."""
    listed = {lesson for track in tracks for lesson in track.lessons}
    rest = {name: head for name, head in heads.items() if name not in listed}
    known = {track.id for track in tracks}
    loose = sorted({head.track for head in rest.values()} - known)
    ordered = []
    for track in [*tracks, *(Track(id=name, title=_title(name)) for name in loose)]:
        here = [lesson for lesson in track.lessons if lesson in heads]
        more = by_prerequisites({name: head for name, head in rest.items() if head.track == track.id})
        ordered.append(msgspec.structs.replace(track, lessons=[*here, *more]))
    return tuple(ordered)


def by_prerequisites(heads: Mapping[str, Head]) -> list[str]:
    """Lessons so that each stands after what it builds on; otherwise in the order they come in. Circles are cut."""
    ordered: list[str] = []
    waiting = dict(heads)
    while waiting:
        ready = next(
            (
                name
                for name, head in waiting.items()
                if not any(need in waiting and need != name for need in head.prerequisites)
            ),
            next(iter(waiting)),
        )
        ordered.append(ready)
        del waiting[ready]
    return ordered


def circles(heads: Mapping[str, Head]) -> list[tuple[str, ...]]:
    """Lessons that, one through the other, need themselves."""
    left = dict(heads)
    while loose := [
        name for name, head in left.items() if not any(need in left for need in head.prerequisites)
    ]:
        for name in loose:
            del left[name]
    found: list[tuple[str, ...]] = []
    for name in left:
        path = [name]
        while (need := next((need for need in left[path[-1]].prerequisites if need in left), None)) not in (
            None,
            *path,
        ):
            path.append(str(need))
        if need == name and not any(set(path) == set(other) for other in found):
            found.append(tuple(path))
    return found


def _title(track: str) -> str:
    return track.replace("-", " ").capitalize() or "Lessons"
