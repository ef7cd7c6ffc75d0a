"""YAML as a tree whose every node knows where it stands; anything a lesson has no use for (anchors, tags, tabs) is a fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import yaml
from yaml.resolver import Resolver

from tutor.lesson.faults import Fault, SourceText, quoted
from tutor.lesson.yaml_faults import explain_yaml_error

LONGEST_FILE = 1 << 20
"""Bytes."""
_DEEPEST = 24
"""Levels; a lesson needs seven."""

Kind = Literal["text", "list", "map"]
_Valued = yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = Resolver()


class _Mark(Protocol):
    """Where something stands; PyYAML's two parsers have a class each."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


@dataclass(slots=True, eq=False)
class Node:
    """A text, a list or a mapping of the file."""

    kind: Kind
    start: tuple[int, int]
    """Line and column, from 0."""
    end: tuple[int, int] = (0, 0)
    value: str = ""
    style: str = ""
    """`|` and `>` for block texts, quotes for quoted ones, empty for plain ones."""
    type: str = "str"
    """What YAML takes a plain text for: `str`, `int`, `float`, `bool`, `null`, `timestamp`, …"""
    items: list[Node] = field(default_factory=list)
    pairs: list[tuple[Node, Node]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """How many characters of its first line it covers."""
        return self.end[1] - self.start[1] if self.end[0] == self.start[0] else 1

    def get(self, key: str) -> Node | None:
        """The value of a key of a mapping."""
        return next((value for name, value in self.pairs if name.value == key), None)

    def find(self, *path: str | int) -> Node:
        """The node at a path of keys and indices, or the nearest one above it."""
        node = self
        for part in path:
            below = node.get(part) if isinstance(part, str) else node._item(part)
            if below is None:
                return node
            node = below
        return node

    def _item(self, index: int) -> Node | None:
        return self.items[index] if index < len(self.items) else None


def read_tree(source: SourceText) -> tuple[Node | None, list[Fault]]:
    """The file's one document as a tree, and what is wrong with it as YAML; no tree when it cannot be read on."""
    faults = list(_tabs(source))
    if faults:
        return None, faults
    builder = _Builder(source)
    try:
        for event in yaml.parse(source.text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        return None, [*builder.faults, explain_yaml_error(source, error)]
    except _TooDeepError as error:
        at = (error.line, error.column)
        return None, [source.fault(at, f"more than {_DEEPEST} levels of nesting", "a lesson's seven at most")]
    if builder.root is None:
        return None, [source.fault((0, 0), "an empty file", "a lesson", "Start with `format: 1`.")]
    return builder.root, builder.faults


class _TooDeepError(Exception):
    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.line, self.column = line, column


class _Builder:
    """Makes the tree from the parser's events, without recursion."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self._open: list[Node] = []
        self._keys: list[Node | None] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents == 2:
                    self._refuse(
                        event,
                        "a second document (`---`)",
                        "one lesson a file",
                        "Put it in a file of its own.",
                    )
            case yaml.ScalarEvent():
                self._refuse_marks(event)
                self._put(_text(event))
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._refuse_marks(event)
                kind: Kind = "list" if isinstance(event, yaml.SequenceStartEvent) else "map"
                self._enter(Node(kind, _at(event.start_mark), _at(event.end_mark)))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._leave(event)
            case yaml.AliasEvent():
                self._refuse(event, f"an alias, `*{event.anchor}`", "the text itself", "Write it out again.")
                self._put(Node("text", _at(event.start_mark), _at(event.end_mark)))

    def _enter(self, node: Node) -> None:
        if len(self._open) >= _DEEPEST:
            raise _TooDeepError(*node.start)
        self._put(node)
        self._open.append(node)
        self._keys.append(None)

    def _leave(self, event: yaml.Event) -> None:
        self._keys.pop()
        self._open.pop().end = _at(event.end_mark)

    def _put(self, node: Node) -> None:
        if not self._open:
            self.root = self.root or node
            return
        above = self._open[-1]
        if above.kind == "list":
            above.items.append(node)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = node
        else:
            above.pairs.append((key, node))
            self._keys[-1] = None

    def _refuse_marks(self, event: _Valued) -> None:
        if event.anchor:
            self._refuse(
                event,
                f"an anchor, `&{event.anchor}`",
                "the text itself",
                "Anchors are not used here; take it out.",
            )
        if event.tag:
            self._refuse(
                event,
                f"a tag, {quoted(str(event.tag))}",
                "a plain value",
                "Tags are not used here; take it out.",
            )

    def _refuse(self, event: yaml.Event, found: str, expected: str, advice: str) -> None:
        self.faults.append(self.source.fault(_at(event.start_mark), found, expected, advice))


def _text(event: yaml.ScalarEvent) -> Node:
    style = event.style or ""
    tag = _RESOLVER.resolve(yaml.ScalarNode, event.value, (True, False)) if not style else "str"
    kind = str(tag).rpartition(":")[2]
    return Node("text", _at(event.start_mark), _at(event.end_mark), event.value, style, kind)


def _at(mark: _Mark | None) -> tuple[int, int]:
    return (mark.line, mark.column) if mark is not None else (0, 0)


def _tabs(source: SourceText) -> Iterator[Fault]:
    for number, line in enumerate(source.lines):
        if (column := line.find("\t")) >= 0:
            yield source.fault((number, column), "a tab", "spaces", "In a Python string write `\\t`.")
