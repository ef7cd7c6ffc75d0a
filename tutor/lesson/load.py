"""Reads one lesson file. A bad step disables that step, a fault outside the steps the lesson, and nothing raises."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import msgspec
import msgspec.inspect as shape

from tutor.lesson.faults import Fault, SourceText, quoted
from tutor.lesson.fill import Fitting, NotFitting
from tutor.lesson.model import Lesson, Step
from tutor.lesson.python_text import file_place
from tutor.lesson.step_rules import id_fault, step_faults
from tutor.lesson.tree import LONGEST_FILE, Node, read_tree


@dataclass(frozen=True, slots=True)
class Disabled:
    """A step that cannot be used; the rest of its lesson can."""

    id: str
    """As written; `step 3` where it has none that can be read."""
    title: str
    index: int
    """Its place among all steps of the file, from 0."""
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came out of a file: the lesson as far as it is sound, and every fault."""

    file: str
    lesson: Lesson | None
    """None: the lesson is broken."""
    faults: tuple[Fault, ...] = ()
    """All of them, those of disabled steps included, in the file's order."""
    disabled: tuple[Disabled, ...] = ()
    source: SourceText | None = None
    tree: Node | None = None

    @property
    def broken(self) -> bool:
        """True when there is no lesson to open."""
        return self.lesson is None

    def line(self, step: str, *path: str | int, within: int = 1) -> int:
        """The line of the file, from 1, where a line of a step's field stands: `line("loop", "wrong", 0, "code", within=3)`."""
        if self.tree is None or self.source is None:
            return 1
        steps = self.tree.find("steps")
        node = next((item for item in steps.items if item.find("id").value == step), steps)
        return file_place(self.source, node.find(*path), within)[0] + 1


def load_lesson(path: Path, name: str | None = None) -> Loaded:
    """The lesson in a file; `name` is what faults call the file."""
    shown = name or str(path)
    try:
        if not path.is_file():
            return _unreadable(shown, "no such file", "a lesson file")
        if path.stat().st_size > LONGEST_FILE:
            return _unreadable(shown, "a file of more than 1 MB", "a lesson of some 20 kB")
        content = path.read_bytes()
        return read_lesson(content.decode("utf-8-sig"), shown)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        return _unreadable(shown, "bytes that are not UTF-8", "a text in UTF-8", line, column)
    except OSError as error:
        return _unreadable(shown, f"a file that cannot be read ({error.strerror})", "a readable one")


def read_lesson(text: str, file: str = "lesson.yaml") -> Loaded:
    """The lesson in a text; `file` is what faults call it."""
    source = SourceText(file, text)
    tree, faults = read_tree(source)
    if tree is None or faults:
        return Loaded(file, None, tuple(faults), source=source, tree=tree)
    reader = _Reader(source, tree)
    lesson = reader.lesson()
    found = sorted(reader.faults, key=lambda fault: (fault.line, fault.column))
    return Loaded(file, lesson, tuple(found), tuple(reader.disabled), source, tree)


class _Reader:
    """One pass over a lesson's tree: the head, then each step by itself."""

    def __init__(self, source: SourceText, tree: Node) -> None:
        self.source = source
        self.tree = tree
        self.faults: list[Fault] = []
        self.disabled: list[Disabled] = []
        self._ids: dict[str, int] = {}

    def lesson(self) -> Lesson | None:
        head, sound = self._head()
        steps = self._steps()
        if head is None or not sound or not steps:
            return None
        return msgspec.structs.replace(head, steps=steps)

    def _head(self) -> tuple[Lesson | None, bool]:
        fitting = Fitting(self.source)
        try:
            given = fitting.fit(self.tree, _head_type(), "the lesson")
        except NotFitting:
            self.faults += fitting.faults
            return None, False
        identity = id_fault(self.source, self.tree.find("id"), "a lesson")
        if identity is not None:
            self.faults.append(identity)
        return msgspec.convert({**given, "steps": []}, Lesson), identity is None

    def _steps(self) -> list[Step]:
        steps = self.tree.get("steps")
        if steps is None:
            return []
        if steps.kind != "list" or not steps.items:
            found = "no steps" if steps.kind != "map" else "a mapping for `steps`"
            self.faults.append(
                self.source.fault(steps.start, found, "a list of steps", "Start each with `- id:`.")
            )
            return []
        read = [self._step(index, node) for index, node in enumerate(steps.items)]
        return [step for step in read if step is not None]

    def _step(self, index: int, node: Node) -> Step | None:
        name = _step_name(index, node)
        fitting = Fitting(self.source)
        step: Step | None = None
        try:
            step = cast(
                Step, msgspec.convert(fitting.fit(node, _step_type(), f"the step {quoted(name)}"), Step)
            )
            found = list(step_faults(self.source, node, step))
        except NotFitting:
            found = fitting.faults
        found += self._repeated(node, name)
        if not found:
            return step
        faults = tuple(replace(fault, step=name) for fault in found)
        title = node.find("title")
        self.disabled.append(Disabled(name, title.value if title is not node else "", index, faults))
        self.faults += faults
        return None

    def _repeated(self, node: Node, name: str) -> list[Fault]:
        key = node.get("id")
        if key is None:
            return []
        first = self._ids.setdefault(name, key.start[0] + 1)
        if first == key.start[0] + 1:
            return []
        advice = f"The first is in line {first}."
        return [
            self.source.fault(
                key.start,
                f"the step id {quoted(name)} a second time",
                "each id once",
                advice,
                width=key.width,
            )
        ]


def _step_name(index: int, node: Node) -> str:
    key = node.get("id")
    return key.value if key is not None and key.kind == "text" and key.value else f"step {index + 1}"


def _unreadable(file: str, found: str, expected: str, line: int = 1, column: int = 1) -> Loaded:
    return Loaded(file, None, (Fault(file, line, column, found, expected),))


@cache
def _step_type() -> shape.Type:
    return shape.type_info(Step)


@cache
def _head_type() -> shape.Type:
    """A lesson whose steps may be anything: each is read by itself."""
    whole = cast(shape.StructType, shape.type_info(Lesson))
    anything: Any = shape.AnyType()
    fields = tuple(
        msgspec.structs.replace(field, type=anything) if field.name == "steps" else field
        for field in whole.fields
    )
    return msgspec.structs.replace(whole, fields=fields)
