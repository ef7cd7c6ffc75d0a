"""How a JSON value is read as what a type hint asks for; NaN and infinities arrive as the strings `nan`, `inf`, `-inf`."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from tutor import facts

Reader = Callable[[Any, str], Any]
"""Takes the JSON value and the words that say where it stands; raises `ValueError`."""

_SPELLED = {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}

_FACTS: dict[str, type[Any]] = {
    "tensor": facts.TensorFacts,
    "array": facts.TensorFacts,
    "module": facts.ModuleFacts,
    "optimizer": facts.OptimizerFacts,
    "scalar": facts.ScalarFacts,
    "text": facts.TextFacts,
    "collection": facts.CollectionFacts,
}


def found(value: Any) -> str:
    """The JSON value in a few words, for a sentence that says what was found."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case dict():
            return "an object"
        case list():
            return "a list"
        case str():
            return repr(value if len(value) <= 40 else value[:39] + "…")
    return "a number"


def literal_number(value: Any) -> float | None:
    """A JSON number, or one of the three spelled-out floats; None for anything else."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return _SPELLED.get(value) if isinstance(value, str) else None


@cache
def reader_for(hint: Any) -> Reader:
    """The reader of one type hint."""
    if hint == facts.Value:
        return _value
    if hint == facts.Evidence:
        return _evidence
    simple = _SIMPLE.get(hint) if isinstance(hint, type) else None
    if simple is not None:
        return simple
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint)
    return _composed(hint)


def _composed(hint: Any) -> Reader:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _one_of(arguments)
    if origin in (Union, types.UnionType):
        return _optional(arguments)
    if origin is tuple and arguments[-1] is Ellipsis:
        return _row(reader_for(arguments[0]))
    if origin is tuple:
        return _tuple(tuple(reader_for(argument) for argument in arguments))
    if origin is dict:
        return _mapping(reader_for(arguments[1]))
    raise TypeError(f"no reader for {hint}")


def _number(value: Any, where: str) -> float:
    number = literal_number(value)
    if number is None:
        raise ValueError(f"{where} should be a number, found {found(value)}.")
    return number


def _whole(value: Any, where: str) -> int:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{where} should be a whole number, found {found(value)}.")
    return value


def _text(value: Any, where: str) -> str:
    """Text that can be printed and stored: half a surrogate pair, which JSON allows, becomes `?`."""
    if not isinstance(value, str):
        raise ValueError(f"{where} should be text, found {found(value)}.")
    return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")


def _truth(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{where} should be true or false, found {found(value)}.")
    return value


_SIMPLE: dict[type, Reader] = {float: _number, int: _whole, str: _text, bool: _truth}


def _one_of(choices: tuple[Any, ...]) -> Reader:
    def read(value: Any, where: str) -> Any:
        if not isinstance(value, str) or value not in choices:
            raise ValueError(f"{where} should be one of {', '.join(choices)}, found {found(value)}.")
        return value

    return read


def _optional(arguments: tuple[Any, ...]) -> Reader:
    rest = tuple(argument for argument in arguments if argument is not type(None))
    inner = reader_for(rest[0]) if len(rest) == 1 else _value
    return lambda value, where: None if value is None else inner(value, where)


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"{where} should be a list, found {found(value)}.")
    return value


def _row(inner: Reader) -> Reader:
    def read(value: Any, where: str) -> tuple[Any, ...]:
        return tuple([inner(item, where) for item in _list(value, where)])

    return read


def _tuple(inner: tuple[Reader, ...]) -> Reader:
    def read(value: Any, where: str) -> tuple[Any, ...]:
        items = _list(value, where)
        if len(items) != len(inner):
            raise ValueError(f"{where} should hold {len(inner)} items, found {len(items)}.")
        return tuple([one(item, where) for one, item in zip(inner, items, strict=True)])

    return read


def _mapping(inner: Reader) -> Reader:
    """An object; items that are null are left out."""

    def read(value: Any, where: str) -> dict[str, Any]:
        pairs = _object(value, where).items()
        return {name: inner(item, where) for name, item in pairs if item is not None}

    return read


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{where} should be an object, found {found(value)}.")
    return value


def _record(record: type[Any]) -> Reader:
    hints = get_type_hints(record)
    rows = [
        (one.name, reader_for(hints[one.name]), one.default is MISSING and one.default_factory is MISSING)
        for one in fields(record)
    ]

    def read(value: Any, where: str) -> Any:
        given = _object(value, where)
        values: dict[str, Any] = {}
        for name, inner, needed in rows:
            if given.get(name) is not None:
                values[name] = inner(given[name], f"'{name}' in {where}")
            elif needed:
                raise ValueError(f"{where} needs the key '{name}'.")
        return record(**values)

    return read


def _value(value: Any, where: str) -> facts.Value:
    """Facts of one value; a kind of a later version is kept as its text."""
    kind = _text(_object(value, where).get("kind"), f"the kind of {where}")
    record: Any = _FACTS.get(kind)
    if record is None:
        text = value.get("text")
        return facts.TextFacts(type=kind, text=text if isinstance(text, str) else kind)
    known: facts.Value = reader_for(record)(value, where)
    return known


def _evidence(value: Any, where: str) -> Mapping[str, Any]:
    """Evidence is shown, never computed with: whatever is not a plain item or a list is left out."""
    return {name: item for name, item in _object(value, where).items() if not isinstance(item, dict)}
