"""Fits the tree of a file to the structures of `model`, naming every place where it does not fit."""

from __future__ import annotations

import re
from typing import Any

import msgspec.inspect as shape

from tutor.lesson.faults import Fault, SourceText, did_you_mean, one_of, quoted
from tutor.lesson.tree import Node

_WHOLE = re.compile(r"[+-]?\d+\Z")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z")
_MOST_LISTED = 24
_YAML_WORDS = {
    "bool": "a yes-or-no value",
    "null": "nothing",
    "int": "a number",
    "float": "a number",
    "timestamp": "a date",
}
_KIND_WORDS = {"text": "a text", "list": "a list", "map": "a mapping"}


class NotFitting(Exception):
    """A value did not fit; its fault is noted already."""


class Fitting:
    """One pass over a tree: plain builtins come out, faults are collected."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.faults: list[Fault] = []

    def fit(self, node: Node, type_: shape.Type, name: str) -> Any:
        """The node as builtins of that type; raises `NotFitting` after noting why not."""
        match type_:
            case shape.StructType():
                return self._struct(node, type_, name)
            case shape.UnionType():
                return self.fit(node, self._member(node, type_, name), name)
            case shape.ListType():
                return self._list(node, type_, name)
            case shape.DictType():
                return self._dict(node, type_, name)
            case shape.AnyType():
                return None
            case _:
                return self._scalar(node, type_, name)

    def refuse(self, node: Node, found: str, expected: str, advice: str = "") -> NotFitting:
        """Note a fault at a node; to be raised."""
        self.faults.append(self.source.fault(node.start, found, expected, advice, width=node.width))
        return NotFitting()

    def keys(self, node: Node, known: list[str], name: str) -> dict[str, Node]:
        """A mapping's known keys, each once; unknown and repeated ones are noted."""
        if node.kind != "map":
            raise self.refuse(node, f"{_what(node)} for {name}", "a mapping of `key: value` lines")
        kept: dict[str, Node] = {}
        first: dict[str, Node] = {}
        for key, value in node.pairs:
            if key.kind != "text" or key.value not in known:
                advice = did_you_mean(key.value, known) or _advice_for(key, value, known)
                self.refuse(key, f"an unknown key, {_named(key)}, in {name}", "a known one", advice)
            elif key.value in first:
                line = first[key.value].start[0] + 1
                self.refuse(
                    key,
                    f"the key `{key.value}` a second time in {name}",
                    "each key once",
                    f"The first is in line {line}.",
                )
            else:
                first[key.value], kept[key.value] = key, value
        return kept

    def missing(self, node: Node, key: str, name: str) -> None:
        """Note that a mapping lacks a key."""
        self.faults.append(
            self.source.fault(node.start, f"{name} without `{key}`", f"the key `{key}`", width=node.width)
        )

    def _struct(self, node: Node, type_: shape.StructType, name: str) -> dict[str, Any]:
        fields = {field.encode_name: field for field in type_.fields}
        known = [*([type_.tag_field] if type_.tag_field else []), *fields]
        before = len(self.faults)
        given = self.keys(node, known, name)
        for key, field in fields.items():
            if field.required and key not in given:
                self.missing(node, key, name)
        filled: dict[str, Any] = {}
        for key, value in given.items():
            try:
                filled[key] = (
                    value.value if key == type_.tag_field else self.fit(value, fields[key].type, f"`{key}`")
                )
            except NotFitting:
                continue
        if len(self.faults) > before:
            raise NotFitting
        return filled

    def _member(self, node: Node, type_: shape.UnionType, name: str) -> shape.Type:
        """The alternative of a union that this node can only mean."""
        members = [member for member in type_.types if not isinstance(member, shape.NoneType)]
        structs = [member for member in members if isinstance(member, shape.StructType)]
        if len(structs) == len(members) and all(struct.tag_field for struct in structs):
            return self._tagged(node, structs, name)
        wanted = [member for member in members if _kind_of(member) == node.kind]
        if not wanted:
            raise self.refuse(
                node, f"{_what(node)} for {name}", " or ".join(_wanted(member) for member in members)
            )
        if node.kind == "text" and node.type == "bool":
            return next((member for member in wanted if isinstance(member, shape.BoolType)), wanted[0])
        return wanted[0]

    def _tagged(self, node: Node, structs: list[shape.StructType], name: str) -> shape.StructType:
        kinds = {str(struct.tag): struct for struct in structs}
        if node.kind != "map":
            raise self.refuse(node, f"{_what(node)} for {name}", "a mapping of `key: value` lines")
        key = structs[0].tag_field or "kind"
        chosen = node.get(key)
        if chosen is None:
            self.missing(node, key, name)
            raise NotFitting
        if chosen.value not in kinds:
            advice = did_you_mean(chosen.value, kinds)
            raise self.refuse(chosen, f"an unknown kind, {_named(chosen)}, of {name}", one_of(kinds), advice)
        return kinds[chosen.value]

    def _list(self, node: Node, type_: shape.ListType, name: str) -> list[Any]:
        if node.kind != "list":
            advice = "Write it as `[…]` or as lines that start with `- `."
            raise self.refuse(node, f"{_what(node)} for {name}", "a list", advice)
        items: list[Any] = []
        for number, item in enumerate(node.items, 1):
            try:
                items.append(self.fit(item, type_.item_type, f"item {number} of {name}"))
            except NotFitting:
                continue
        if len(items) < len(node.items):
            raise NotFitting
        return items

    def _dict(self, node: Node, type_: shape.DictType, name: str) -> dict[str, Any]:
        if node.kind != "map":
            raise self.refuse(node, f"{_what(node)} for {name}", "a mapping of `key: value` lines")
        filled: dict[str, Any] = {}
        before = len(self.faults)
        for key, value in node.pairs:
            try:
                word = self.fit(key, type_.key_type, f"a key of {name}")
                if word in filled:
                    self.refuse(key, f"the key {quoted(word)} a second time in {name}", "each key once")
                filled[word] = self.fit(value, type_.value_type, f"{quoted(word)} in {name}")
            except NotFitting:
                continue
        if len(self.faults) > before:
            raise NotFitting
        return filled

    def _scalar(self, node: Node, type_: shape.Type, name: str) -> Any:
        if node.kind != "text":
            raise self.refuse(node, f"{_what(node)} for {name}", _wanted(type_))
        match type_:
            case shape.StrType() if not node.style and node.type != "str":
                raise self._unquoted(node, name)
            case shape.StrType():
                return node.value
            case shape.BoolType() if not node.style and node.value in ("true", "false"):
                return node.value == "true"
            case shape.IntType() if not node.style and _WHOLE.match(node.value):
                return int(node.value)
            case shape.FloatType() if not node.style and _NUMBER.match(node.value):
                return float(node.value)
            case shape.LiteralType(values=values):
                return self._literal(node, values, name)
        raise self.refuse(node, f"{_what(node)} for {name}", _wanted(type_))

    def _literal(self, node: Node, values: tuple[bool | str | int | None, ...], name: str) -> Any:
        words = {str(value): value for value in values}
        if node.value not in words:
            raise self.refuse(
                node, f"{_named(node)} for {name}", one_of(words), did_you_mean(node.value, words)
            )
        return words[node.value]

    def _unquoted(self, node: Node, name: str) -> NotFitting:
        if node.type == "null":
            return self.refuse(node, f"nothing for {name}", "a text", "Leave the key out, or write a text.")
        found = (
            f"{_named(node)} for {name}, which YAML reads as {_YAML_WORDS.get(node.type, 'something else')}"
        )
        return self.refuse(node, found, "a text", f'Put it in quotes: "{node.value}".')


def _advice_for(key: Node, value: Node, known: list[str]) -> str:
    """What to try with a key that resembles no known one."""
    if value.kind == "text" and value.type == "null" and not value.style:
        return "If it belongs to the text before it, put all of that in quotes: a comma ends a text between braces."
    return (
        f"It may have {one_of(known)}."
        if len(known) <= _MOST_LISTED
        else "`docs/lesson-format.md` lists them."
    )


def _named(node: Node) -> str:
    return quoted(node.value) if node.kind == "text" and node.value else _what(node)


def _what(node: Node) -> str:
    if node.kind != "text":
        return _KIND_WORDS[node.kind]
    if not node.style and node.type == "null":
        return "nothing"
    return f"{_YAML_WORDS.get(node.type, 'a text')}, {quoted(node.value)},"


def _kind_of(type_: shape.Type) -> str:
    match type_:
        case shape.ListType():
            return "list"
        case shape.DictType() | shape.StructType():
            return "map"
        case _:
            return "text"


def _wanted(type_: shape.Type) -> str:
    match type_:
        case shape.StrType():
            return "a text"
        case shape.BoolType():
            return "`true` or `false`"
        case shape.IntType():
            return "a whole number"
        case shape.FloatType():
            return "a number"
        case shape.ListType():
            return "a list"
        case shape.LiteralType(values=values):
            return one_of(str(value) for value in values)
        case _:
            return "a mapping of `key: value` lines"
