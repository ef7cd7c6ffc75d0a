"""The numbers of a `tune` step: read from a program and put into one, at the top-level assignments that name them."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from itertools import zip_longest


def tuned(code: str, numbers: Mapping[str, float]) -> str:
    """The program with these names assigned these numbers; everything else stays to the letter."""
    lines = code.splitlines(keepends=True)
    for name, value in sorted(_assigned(code, numbers), key=lambda found: -found[1].lineno):
        row, end = value.lineno - 1, value.end_col_offset or 0
        line = lines[row].encode()
        lines[row] = (line[: value.col_offset] + written(numbers[name]).encode() + line[end:]).decode()
    return "".join(lines)


def numbers_in(code: str, names: Collection[str]) -> dict[str, float]:
    """What the program assigns to these names at its top level, where that is a number."""
    found: dict[str, float] = {}
    for name, value in _assigned(code, names):
        try:
            number = ast.literal_eval(value)
        except ValueError:
            continue
        if isinstance(number, (int, float)):
            found.setdefault(name, number)
    return found


def written(number: float) -> str:
    """A number as a person writes it: `10`, `0.1`."""
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e9 else repr(number)


def touched_line(code: str, now: str, given: Mapping[str, float]) -> int | None:
    """The first line, from 1, that differs in more than the given numbers; None when only they were changed."""
    before = tuned(code, given).rstrip().splitlines()
    after = tuned(now, given).rstrip().splitlines()
    for number, (old, new) in enumerate(zip_longest(before, after), start=1):
        if old is None or new is None or old.rstrip() != new.rstrip():
            return number
    return None


def _assigned(code: str, names: Collection[str]) -> Iterator[tuple[str, ast.expr]]:
    try:
        body = ast.parse(code).body
    except SyntaxError:
        return
    seen: set[str] = set()
    for statement in body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
            if isinstance(target, ast.Name) and target.id in names and target.id not in seen:
                seen.add(target.id)
                yield target.id, statement.value
