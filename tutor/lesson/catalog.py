"""All lessons at hand: their order and heads at once, each lesson itself when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tutor.lesson.course import arrange, circles, read_plan
from tutor.lesson.faults import Fault, did_you_mean, quoted
from tutor.lesson.header import Head, read_head
from tutor.lesson.load import Loaded, load_lesson
from tutor.lesson.model import Lesson, Track
from tutor.lesson.shelf import Shelf, data_folder, default_lessons, find_lessons


class UnknownPlace(LookupError):
    """No lesson or step goes by that name; the text is a sentence for the learner."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One lesson of the course map."""

    head: Head
    path: Path
    name: str
    """What faults call the file."""
    alone: bool = False
    faults: tuple[Fault, ...] = ()
    """What is wrong with its place in the course: unknown prerequisites, a repeated id."""
    clash: bool = False
    """Its id belongs to an earlier file; it cannot be opened."""

    @property
    def id(self) -> str:
        """What the learner's record calls the lesson."""
        return self.head.id

    @property
    def title(self) -> str:
        """Its name for people."""
        return self.head.title


class Catalog:
    """The lessons of folders and files; with none named, those that came with the program."""

    def __init__(
        self, places: Sequence[Path] = (), load: Callable[[Path, str], Loaded] = load_lesson
    ) -> None:
        self._read = load
        self._entries: dict[str, Entry] = {}
        self._aliases: dict[str, str] = {}
        self._loaded: dict[str, Loaded] = {}
        self.faults: list[Fault] = []
        """What is wrong with the folder or `course.yaml`."""
        self.title = "Lessons"
        tracks: list[Track] = []
        for shelf in [find_lessons(Path(place)) for place in places or (default_lessons(),)]:
            tracks += self._add(shelf)
        self.tracks: tuple[Track, ...] = arrange(
            {name: entry.head for name, entry in self._entries.items()}, _merged(tracks)
        )
        """Tracks with the ids of their lessons, in order; some may be empty."""
        self.order: tuple[str, ...] = tuple(lesson for track in self.tracks for lesson in track.lessons)
        """Ids of all lessons, in the order they are taught."""
        self._check_prerequisites()

    def entries(self) -> tuple[Entry, ...]:
        """All lessons in order."""
        return tuple(self._entries[name] for name in self.order)

    def entry(self, lesson: str) -> Entry:
        """A lesson's place in the course, by its id or one of its old ids."""
        name = self._aliases.get(lesson, lesson)
        if name not in self._entries:
            known = [*self._entries, *self._aliases]
            advice = did_you_mean(lesson, known) or "`pytorch-tutor list` shows them all."
            raise UnknownPlace(f"There is no lesson {quoted(lesson)}. {advice}")
        return self._entries[name]

    def loaded(self, lesson: str) -> Loaded:
        """A lesson with its faults; read once."""
        entry = self.entry(lesson)
        if entry.id not in self._loaded:
            self._loaded[entry.id] = self._load(entry)
        return self._loaded[entry.id]

    def lesson(self, lesson: str) -> Lesson | None:
        """A lesson, or None when it is broken."""
        return self.loaded(lesson).lesson

    def broken(self, lesson: str) -> bool:
        """Whether a lesson cannot be opened; reads it."""
        return self.loaded(lesson).broken

    def reload(self, lesson: str) -> Loaded:
        """Read a lesson again: its file was changed."""
        self._loaded.pop(self.entry(lesson).id, None)
        return self.loaded(lesson)

    def all_faults(self) -> list[Fault]:
        """Everything wrong anywhere; reads every lesson."""
        return [*self.faults, *(fault for name in self.order for fault in self.loaded(name).faults)]

    def place(self, text: str) -> tuple[str, str | None]:
        """`LESSON` or `LESSON/STEP` as the lesson's present id and the step; raises `UnknownPlace`."""
        name, _, step = text.strip().partition("/")
        entry = self.entry(name)
        if not step:
            return entry.id, None
        lesson = self.lesson(entry.id)
        if lesson is None:
            raise UnknownPlace(
                f"The lesson {quoted(entry.id)} is broken: {self.loaded(entry.id).faults[0].sentence}"
            )
        known = [item.id for item in lesson.steps]
        if step.isdecimal() and 1 <= int(step) <= len(known):
            return entry.id, known[int(step) - 1]
        if step not in known:
            disabled = next((item for item in self.loaded(entry.id).disabled if item.id == step), None)
            if disabled is not None:
                raise UnknownPlace(f"The step {quoted(step)} is broken: {disabled.faults[0].sentence}")
            advice = did_you_mean(step, known) or f"Its steps are {', '.join(known)}."
            raise UnknownPlace(f"The lesson {quoted(entry.id)} has no step {quoted(step)}. {advice}")
        return entry.id, step

    def files(self, lesson: str, names: Iterable[str]) -> dict[str, bytes]:
        """Files of the lesson's `data` folder by name; those that are missing or lie elsewhere are left out."""
        folder = data_folder(self.entry(lesson).path)
        paths = {name: (folder / name).resolve() for name in names}
        return {
            name: path.read_bytes()
            for name, path in paths.items()
            if path.is_relative_to(folder) and path.is_file()
        }

    def _add(self, shelf: Shelf) -> list[Track]:
        self.faults += shelf.faults
        for path in shelf.files:
            self._add_file(shelf, path)
        if shelf.course is None:
            return []
        plan = read_plan(shelf.course, shelf.name(shelf.course))
        self.faults += [*plan.faults, *plan.unknown([*self._entries])]
        if plan.course is None:
            return []
        self.title = plan.course.title
        return plan.course.tracks

    def _add_file(self, shelf: Shelf, path: Path) -> None:
        name = shelf.name(path)
        head = read_head(path) or _head_of_broken(path, self._read(path, name))
        entry = Entry(head, path, name, shelf.alone)
        if head.id in self._entries:
            first = self._entries[head.id].name
            fault = Fault(
                name,
                1,
                1,
                f"the lesson id {quoted(head.id)} a second time",
                "each id once",
                f"The first is in {first}.",
            )
            head = replace(head, id=_free(path.stem, self._entries))
            entry = replace(entry, head=head, faults=(fault,), clash=True)
        self._entries[head.id] = entry
        self._aliases.update({alias: head.id for alias in head.aliases if alias not in self._aliases})

    def _load(self, entry: Entry) -> Loaded:
        loaded = self._read(entry.path, entry.name)
        faults = tuple(sorted((*loaded.faults, *entry.faults), key=lambda fault: (fault.line, fault.column)))
        return replace(loaded, faults=faults, lesson=None if entry.clash else loaded.lesson)

    def _check_prerequisites(self) -> None:
        known = {*self._entries, *self._aliases}
        loops = circles({name: entry.head for name, entry in self._entries.items()})
        for name, entry in self._entries.items():
            lost = [need for need in entry.head.prerequisites if need not in known and not entry.alone]
            loop = next((loop for loop in loops if loop[0] == name), ())
            if lost or loop:
                found = _misplaced(self._read(entry.path, entry.name), lost, loop, known)
                self._entries[name] = replace(entry, faults=(*entry.faults, *found))


def _misplaced(loaded: Loaded, lost: Sequence[str], loop: Sequence[str], known: Iterable[str]) -> list[Fault]:
    """Faults of a lesson's prerequisites, at their place in the file."""
    if loaded.tree is None or loaded.source is None:
        return []
    found = []
    for node in loaded.tree.find("prerequisites").items:
        if node.value in lost:
            text, expected, advice = (
                f"the prerequisite {quoted(node.value)}, which is no lesson",
                "the id of a lesson",
                did_you_mean(node.value, known),
            )
        elif loop and node.value in (*loop[1:], loop[0]):
            text, expected, advice = (
                f"a circle of prerequisites: {' needs '.join((*loop, loop[0]))}",
                "an order to learn in",
                "Take one of them out.",
            )
        else:
            continue
        found.append(loaded.source.fault(node.start, text, expected, advice, width=node.width))
    return found


def _head_of_broken(path: Path, loaded: Loaded) -> Head:
    """A head for a file whose own cannot be read by itself."""
    if (lesson := loaded.lesson) is None:
        tree = loaded.tree
        track = tree.get("track") if tree is not None else None
        return Head(
            id=path.stem, title=path.stem, track=track.value if track is not None else path.parent.name
        )
    return Head(
        lesson.id, lesson.title, lesson.track, lesson.minutes, tuple(lesson.prerequisites), tuple(lesson.aliases),
        lesson.extension, lesson.why, len(lesson.steps),
    )  # fmt: skip


def _free(stem: str, taken: Iterable[str]) -> str:
    names = set(taken)
    return next(name for number in range(2, len(names) + 3) if (name := f"{stem}-{number}") not in names)


def _merged(tracks: Iterable[Track]) -> list[Track]:
    """Tracks of several courses; those with the same id become one."""
    merged: dict[str, Track] = {}
    for track in tracks:
        former = merged.get(track.id)
        lessons = [*(former.lessons if former else []), *track.lessons]
        merged[track.id] = Track(
            id=track.id, title=(former or track).title, about=(former or track).about, lessons=lessons
        )
    return list(merged.values())
