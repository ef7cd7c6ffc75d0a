"""Questions of the editor, answered from the objects the worker has imported: what an object has, how it is called, what it says
of itself. Nothing is imported, called or computed for it: names are looked up in the dictionaries of modules and classes.
"""

from __future__ import annotations

import inspect
import sys
import types
from typing import Any, NamedTuple

import torch

TENSORS = frozenset(("T", "mT", "H", "mH", "grad", "data", "real", "imag"))
"""Properties of a tensor that are tensors."""
LONGEST = 6000
"""Characters of a docstring that cross the wire."""


class Known(NamedTuple):
    """What is known of a subject: the thing itself, or only that it is an instance of a class."""

    thing: Any
    instance: bool = False


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """The keys of the `answer` event for one `ask` command; empty ones where nothing is known."""
    keys: dict[str, Any] = {"ask": str(question.get("ask", "")), "items": [], "signature": "", "doc": ""}
    steps = [str(step) for step in question.get("path", ())]
    known = resolve(steps, bool(question.get("instance")))
    if known is None:
        return keys
    if question.get("about") == "complete":
        keys["items"] = attributes(known)
        return keys
    keys["signature"] = signature(known, steps[-1])
    keys["doc"] = documentation(known, steps[-1])
    return keys


def resolve(steps: list[str], instance: bool) -> Known | None:
    """Follow a path: a dotted name first, then names, `()` for a call and `[]` for an index; None when it leads nowhere."""
    if not steps:
        return None
    known = _named(steps[0])
    if known is not None and instance:
        known = Known(known.thing, True) if isinstance(known.thing, type) else None
    for step in steps[1:]:
        if known is None:
            return None
        known = _called(known) if step == "()" else _indexed(known) if step == "[]" else _member(known, step)
    return known


def _named(dotted: str) -> Known | None:
    """The longest part of it that is a module, then attributes."""
    parts = dotted.split(".")
    for count in range(len(parts), 0, -1):
        module = sys.modules.get(".".join(parts[:count]))
        if module is not None:
            known: Known | None = Known(module)
            for name in parts[count:]:
                known = None if known is None else _member(known, name)
            return known
    return None


def contents(known: Known) -> dict[str, Any]:
    """Name to what stands in the dictionaries, nearest class last so that it wins."""
    thing = known.thing
    if isinstance(thing, types.ModuleType):
        return vars(thing)
    if not isinstance(thing, type):
        return {}
    found: dict[str, Any] = {}
    for base in reversed(type.__dict__["__mro__"].__get__(thing)):
        found.update(type.__dict__["__dict__"].__get__(base))
    return found


def attributes(known: Known) -> list[tuple[str, str]]:
    """Every name it has, and of which kind."""
    return [(name, kind_of(value)) for name, value in contents(known).items() if isinstance(name, str)]


def kind_of(value: Any) -> str:
    """`module`, `class`, `function` or `value`, told by the type alone."""
    if isinstance(value, types.ModuleType):
        return "module"
    if isinstance(value, type):
        return "class"
    return "function" if isinstance(value, (staticmethod, classmethod)) or callable(value) else "value"


def _member(known: Known, name: str) -> Known | None:
    missing = object()
    value = contents(known).get(name, missing)
    if value is missing:
        return None
    if isinstance(value, (staticmethod, classmethod)):
        value = value.__func__
    kind = kind_of(value)
    if kind != "value":
        return Known(value)
    if isinstance(value, property):
        return _result(value.fget)
    if isinstance(value, (types.GetSetDescriptorType, types.MemberDescriptorType)):
        is_tensor = known.instance and issubclass(known.thing, torch.Tensor) and name in TENSORS
        return Known(torch.Tensor, True) if is_tensor else None
    return Known(type(value), True)


def _called(known: Known) -> Known | None:
    if known.instance:
        return None
    return Known(known.thing, True) if isinstance(known.thing, type) else _result(known.thing)


def _result(function: Any) -> Known | None:
    """A tensor where the annotation, or the first line of the docstring, says so."""
    annotations = getattr(function, "__annotations__", None)
    returned = annotations.get("return") if isinstance(annotations, dict) else None
    if returned is torch.Tensor or returned == "Tensor":
        return Known(torch.Tensor, True)
    return Known(torch.Tensor, True) if _first_line(function).endswith("-> Tensor") else None


def _indexed(known: Known) -> Known | None:
    is_tensor = known.instance and issubclass(known.thing, torch.Tensor)
    return known if is_tensor else None


def _text_of(thing: Any) -> str:
    text = getattr(thing, "__doc__", None)
    if not isinstance(text, str):
        twin = vars(torch).get(getattr(thing, "__name__", ""))  # many methods leave the text to the function
        text = getattr(twin, "__doc__", None)
    return inspect.cleandoc(text) if isinstance(text, str) else ""


def _first_line(thing: Any) -> str:
    return _text_of(thing).split("\n", 1)[0].strip()


def signature(known: Known, step: str) -> str:
    """How it is called, `name(…)`; what C functions do not tell stands in the first line of their docstring."""
    if known.instance:
        return ""
    name = str(getattr(known.thing, "__name__", step)).rpartition(".")[2]
    try:
        shape = inspect.signature(known.thing)
    except (TypeError, ValueError):
        line = _first_line(known.thing)
        return line if "(" in line else ""
    parameters = [one for one in shape.parameters.values() if one.name not in ("self", "cls")]
    bare = shape.replace(parameters=parameters)
    if bare.return_annotation is None:
        bare = bare.replace(return_annotation=inspect.Signature.empty)
    return f"{name}{bare}"


def documentation(known: Known, step: str) -> str:
    """Its docstring; of an instance, that of its class."""
    return _text_of(known.thing)[:LONGEST]
