"""What a path in the text leads to: by the import lines above it, by what the last run told, by the call its name was given."""

from __future__ import annotations

import builtins
import re
from collections.abc import Mapping
from dataclasses import dataclass

from tutor.runner.cursor import NAME, Path, constructed, imports, path_before
from tutor.runner.told import Told, told_of, written

_CLASS = re.compile(rf"^class[ \t]+{NAME}[ \t]*\(([^)\n]*)\)", re.M)
_OWN = re.compile(rf"\bself\.({NAME})")
DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Subject:
    """A path for the worker, what the last run told of it, or both."""

    steps: tuple[str, ...] = ()
    instance: bool = False
    told: Told | None = None
    own: tuple[str, ...] = ()
    """Attributes the text itself gives it."""


class Subjects:
    """Everything known about the names of one text."""

    def __init__(self, code: str, names: Mapping[str, str]) -> None:
        self._code = code
        self._names = names
        self._imports = imports(code)
        self._constructed = constructed(code)

    def of(self, path: Path, depth: int = 0) -> Subject:
        """What the path leads to; an empty subject where that is not known."""
        first = path.steps[0]
        told = self._longest(path.steps)
        if first in self._imports and (told is None or told.path == first):
            return Subject((self._imports[first], *_indexes(path.steps[1:])), told=told)
        if told is not None:
            return self._told(told, path.steps)
        if first == "self":
            return self._own(path, depth)
        return self._given(path, depth) or self._builtin(path)

    def _longest(self, steps: tuple[str, ...]) -> Told | None:
        for count in range(len(steps), 0, -1):
            told = told_of(written(steps[:count]), self._names)
            if told is not None:
                return told
        return None

    def _told(self, told: Told, steps: tuple[str, ...]) -> Subject:
        count = next(n for n in range(1, len(steps) + 1) if written(steps[:n]) == told.path)
        rest = _indexes(steps[count:])
        if not told.address:
            return Subject(told=told) if not rest or rest == ("()",) else Subject()
        return Subject((told.address, *rest), told.instance, None if rest else told)

    def _own(self, path: Path, depth: int) -> Subject:
        """`self`: the class above, and what the text assigns to it."""
        bases = _CLASS.findall(self._code)
        if len(path.steps) > 1:
            return (
                self._given(Path((f"self.{path.steps[1]}", *path.steps[2:]), path.text), depth) or Subject()
            )
        base = path_before(bases[-1].strip()) if bases else None
        above = self.of(base, depth + 1) if base is not None and depth < DEEPEST else Subject()
        steps = (*above.steps, "()") if above.steps else ()
        return Subject(steps, own=tuple(dict.fromkeys(_OWN.findall(self._code))))

    def _given(self, path: Path, depth: int) -> Subject | None:
        call = self._constructed.get(path.steps[0])
        if call is None or depth >= DEEPEST:
            return None
        return self.of(Path((*call.steps, *path.steps[1:]), path.text), depth + 1)

    def _builtin(self, path: Path) -> Subject:
        if path.steps[0] not in vars(builtins):
            return Subject()
        return Subject((f"builtins.{path.steps[0]}", *_indexes(path.steps[1:])))


def _indexes(steps: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("[]" if step[0] == "[" else step for step in steps)
