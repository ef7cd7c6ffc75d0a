"""The front matter of a Markdown lesson: the YAML between two lines of hyphens at its top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tutor.failures import CommandFailure
from tutor.lesson.faults import SourceText
from tutor.lesson.tree import Node, read_tree

_TOP = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^#\s+(.+?)\s*#*$", re.MULTILINE)
SOURCE_KEYS = ("repo", "section", "license")


@dataclass(frozen=True, slots=True)
class Front:
    """What a draft knows about itself."""

    id: str
    title: str
    why: str
    concepts: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    sources: tuple[tuple[tuple[str, str], ...], ...] = ()


def front_of(text: str, stem: str) -> tuple[Front, str]:
    """The front matter, made up from the file's name and first heading where there is none, and the text after it."""
    found = _TOP.match(text.replace("\r\n", "\n"))
    tree = _tree(found[1]) if found else None
    body = text.replace("\r\n", "\n")[found.end() :] if found else text
    heading = _TITLE.search(body)
    title = _text(tree, "title") or (heading[1] if heading else stem)
    return Front(
        id=re.sub(r"[^a-z0-9]+", "-", (_text(tree, "id") or stem).lower()).strip("-")[:60] or "draft",
        title=title,
        why=_text(tree, "why") or "Say in one sentence what goes wrong without this.",
        concepts=_texts(tree, "concepts"),
        prerequisites=_texts(tree, "prerequisites"),
        sources=tuple(_sources(tree)),
    ), body


def _tree(matter: str) -> Node | None:
    tree, faults = read_tree(SourceText("front matter", matter))
    if faults:
        raise CommandFailure(f"The front matter cannot be read: {faults[0].sentence}")
    return tree


def _text(tree: Node | None, key: str) -> str:
    node = tree.get(key) if tree is not None else None
    return node.value.strip() if node is not None and node.kind == "text" else ""


def _texts(tree: Node | None, key: str) -> tuple[str, ...]:
    node = tree.get(key) if tree is not None else None
    return tuple(item.value for item in node.items if item.kind == "text") if node is not None else ()


def _sources(tree: Node | None) -> Iterator[tuple[tuple[str, str], ...]]:
    node = tree.get("sources") if tree is not None else None
    for item in node.items if node is not None else ():
        pairs = tuple((key, _text(item, key)) for key in SOURCE_KEYS if _text(item, key))
        if any(key == "repo" for key, _ in pairs):
            yield pairs
