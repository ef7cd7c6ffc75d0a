"""The head of a lesson file without its steps: enough for the course map, at a fraction of the cost of reading it all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tutor.lesson.faults import SourceText
from tutor.lesson.tree import LONGEST_FILE, Node, read_tree

_TOP_KEY = re.compile(r"[A-Za-z_\"']")
_STEPS = re.compile(r"steps\s*:\s*(#.*)?$")
_ITEM = re.compile(r"( *)- ")


@dataclass(frozen=True, slots=True)
class Head:
    """What the course map shows of a lesson."""

    id: str
    title: str
    track: str = ""
    minutes: int = 10
    prerequisites: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    extension: bool = False
    why: str = ""
    steps: int = 0


def read_head(path: Path) -> Head | None:
    """A lesson's head; None when only reading the whole file can tell what it holds."""
    try:
        if path.stat().st_size > LONGEST_FILE:
            return None
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    head, steps = _split(text.splitlines())
    tree, faults = read_tree(SourceText(path.name, "\n".join(head) + "\n"))
    if tree is None or faults or tree.kind != "map":
        return None
    return _head(tree, steps)


def _head(tree: Node, steps: int) -> Head | None:
    identity, title = _text(tree, "id"), _text(tree, "title")
    if not identity or not title or not steps:
        return None
    minutes = _text(tree, "minutes")
    return Head(
        id=identity,
        title=title,
        track=_text(tree, "track"),
        minutes=int(minutes) if minutes.isdecimal() else 10,
        prerequisites=_texts(tree, "prerequisites"),
        aliases=_texts(tree, "aliases"),
        extension=_text(tree, "extension") == "true",
        why=_text(tree, "why"),
        steps=steps,
    )


def _split(lines: list[str]) -> tuple[list[str], int]:
    """The lines outside `steps:`, and how many steps it lists."""
    start = next((number for number, line in enumerate(lines) if _STEPS.match(line)), len(lines))
    end = start + 1
    while end < len(lines) and not _TOP_KEY.match(lines[end]):
        end += 1
    return lines[:start] + lines[end:], _items(lines[start + 1 : end])


def _items(lines: Iterable[str]) -> int:
    """Entries of a block list: lines that start with a hyphen as far in as the first one does."""
    indents = [len(match[1]) for line in lines if (match := _ITEM.match(line))]
    return indents.count(indents[0]) if indents else 0


def _text(tree: Node, key: str) -> str:
    value = tree.get(key)
    return value.value.strip() if value is not None and value.kind == "text" else ""


def _texts(tree: Node, key: str) -> tuple[str, ...]:
    value = tree.get(key)
    return tuple(item.value for item in value.items if item.kind == "text") if value is not None else ()
