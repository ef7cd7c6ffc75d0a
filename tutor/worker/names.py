"""What a program's names stood for when it ended, so that the editor can complete them while no process holds them any more.

Read from dictionaries only: no attribute is fetched, no property runs, nothing of the program is called.
"""

from __future__ import annotations

import contextlib
import inspect
import sys
import types
from collections.abc import Mapping
from typing import Any

import torch

from .answers import Known, contents

MOST = 1500
"""Entries of one message."""
SHARE = 300
"""Entries of one name of the program and what lies below it."""
MEMBERS = 120
"""Entries of one object."""
ITEMS = 8
"""Elements of a list or a Sequential that are told."""
PLAIN = (int, float, str, bytes, bool, complex)


class Names:
    """Collects the entries: a path (`model`, `model.fc1`, `layers[0]`) to words that say what stands there.

    The words: `torch.Tensor`: an instance of the nearest class the worker has itself; `= torch.nn`: this very thing;
    `def (a, b)` and `class (a, b)`: made by the program, the first line of its docstring after a line break.
    """

    def __init__(self, ours: frozenset[str]) -> None:
        self.entries: dict[str, str] = {}
        self._ours = ours
        """Modules the worker had before the program."""
        self._room = 0

    def tell_name(self, name: str, value: Any) -> None:
        """One name of the program and what lies below it, within its share."""
        self._room = min(MOST, len(self.entries) + SHARE)
        self.tell(name, value)

    def tell(self, path: str, value: Any, deep: int = 3) -> None:
        """One name, and what lies below it."""
        if len(self.entries) >= self._room:
            return
        dotted = self._address(value)
        if dotted:
            self.entries[path] = "= " + dotted
        elif isinstance(value, types.FunctionType):
            self.entries[path] = f"def {_parameters(value)}\n{_first_line(value.__doc__)}"
        elif isinstance(value, type):
            self._tell_class(path, value)
        elif isinstance(value, types.ModuleType):
            self.entries[path] = "object"
            self._tell_members(path, vars(value), 0)
        else:
            self._tell_instance(path, value, deep)

    def _tell_class(self, path: str, value: type) -> None:
        members = contents(Known(value))
        maker = members.get("__init__")
        shape = _parameters(maker, skip=1) if isinstance(maker, types.FunctionType) else "(…)"
        text = members.get("__doc__") if "__doc__" in type.__dict__["__dict__"].__get__(value) else None
        self.entries[path] = f"class {shape}\n{_first_line(text)}"
        for one in type.__dict__["__mro__"].__get__(value):
            if not self._address(one):
                self._tell_members(path, type.__dict__["__dict__"].__get__(one), 0)

    def _tell_instance(self, path: str, value: Any, deep: int) -> None:
        kind = type(value)
        classes = type.__dict__["__mro__"].__get__(kind)
        self.entries[path] = next((self._address(one) for one in classes if self._address(one)), "object")
        for one in classes:
            if not self._address(one):
                self._tell_members(path, type.__dict__["__dict__"].__get__(one), 0)
        if deep and not isinstance(value, PLAIN):
            own = _own_dictionary(value, classes)
            self._tell_members(path, own, deep - 1)
            for name in ("_modules", "_parameters", "_buffers"):
                kept = own.get(name)
                if isinstance(kept, dict) and issubclass(kind, torch.nn.Module):
                    self._tell_members(path, kept, deep - 1)
        if deep and kind in (list, tuple):
            for index, item in enumerate(value[:ITEMS]):
                self.tell(f"{path}[{index}]", item, deep - 1)

    def _tell_members(self, path: str, members: Mapping[str, Any], deep: int) -> None:
        told = 0
        for name, value in list(members.items()):
            if not isinstance(name, str) or told >= MEMBERS or name.startswith("_"):
                continue
            told += 1
            below = f"{path}[{name}]" if name.isdigit() else f"{path}.{name}"
            if isinstance(value, (staticmethod, classmethod)):
                value = value.__func__
            if isinstance(value, type) or not deep:
                self._tell_flat(below, value)
            else:
                self.tell(below, value, deep)

    def _tell_flat(self, path: str, value: Any) -> None:
        dotted = self._address(value)
        if dotted or isinstance(value, types.FunctionType):
            self.tell(path, value, 0)
        elif isinstance(value, type):
            self.entries[path] = "class (…)"
        elif isinstance(value, property):
            self.entries[path] = "object"
        else:
            self._tell_instance(path, value, 0)

    def _address(self, value: Any) -> str:
        """The dotted name under which the worker has this very object; empty when it has not."""
        if isinstance(value, types.ModuleType):
            name = vars(value).get("__name__")
            return (
                name
                if isinstance(name, str) and name in self._ours and sys.modules.get(name) is value
                else ""
            )
        if isinstance(value, type):
            module = type.__dict__["__module__"].__get__(value)
            name = type.__dict__["__qualname__"].__get__(value)
        elif isinstance(value, types.FunctionType):
            module, name = value.__module__, value.__qualname__
        elif isinstance(value, types.BuiltinFunctionType):
            module, name = value.__module__ or "torch", value.__name__
        else:
            return ""
        if not isinstance(module, str) or module not in self._ours:
            return ""
        found: Any = sys.modules.get(module)
        for part in name.split("."):
            found = contents(Known(found)).get(part)
        return f"{module}.{name}" if found is value else ""


def _own_dictionary(value: Any, classes: tuple[type, ...]) -> dict[str, Any]:
    """`value.__dict__`, unless a class of the program has put something else under that name."""
    for one in classes:
        slot = type.__dict__["__dict__"].__get__(one).get("__dict__")
        if slot is not None:
            found = slot.__get__(value) if isinstance(slot, types.GetSetDescriptorType) else {}
            return found if isinstance(found, dict) else {}
    return {}


def _parameters(function: types.FunctionType, skip: int = 0) -> str:
    """As written in the `def`, without defaults' values: showing one would run its `__repr__`."""
    code = function.__code__
    count, keywords = code.co_argcount, code.co_kwonlyargcount
    names = list(code.co_varnames)
    first_default = count - len(function.__defaults__ or ())
    words = [f"{name}=…" if index >= first_default else name for index, name in enumerate(names[:count])]
    rest = count + keywords
    if code.co_flags & inspect.CO_VARARGS:
        words.append("*" + names[rest])
        rest += 1
    elif keywords:
        words.append("*")
    given = function.__kwdefaults__ or {}
    words += [f"{name}=…" if name in given else name for name in names[count : count + keywords]]
    if code.co_flags & inspect.CO_VARKEYWORDS:
        words.append("**" + names[rest])
    return f"({', '.join(words[skip:])})"


def _first_line(text: object) -> str:
    return text.strip().split("\n", 1)[0][:200] if isinstance(text, str) else ""


def names_of(namespace: dict[str, Any], ours: frozenset[str]) -> dict[str, str]:
    """The entries for every public name of a program."""
    names = Names(ours)
    for name, value in list(namespace.items()):
        if isinstance(name, str) and not name.startswith("_"):
            with contextlib.suppress(
                Exception
            ):  # a class of the program may answer oddly; its name is then left out
                names.tell_name(name, value)
    return names.entries
