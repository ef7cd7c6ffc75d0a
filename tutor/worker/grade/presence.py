"""Checks on names: defined, of the right sort, callable as the lesson calls them."""

from __future__ import annotations

import ast
import builtins
import difflib
import inspect
from typing import Any

import torch

from . import words
from .bench import Bench, CheckBody, listed
from .mismatch import BrokenCheck, Mismatch

_SORTS: dict[str, Any] = {
    "tensor": torch.Tensor,
    "module": torch.nn.Module,
    "optimizer": torch.optim.Optimizer,
    "int": int, "float": float, "str": str, "bool": bool, "list": list, "dict": dict, "tuple": tuple,
    "class": type,
}  # fmt: skip


def defines(check: CheckBody, bench: Bench) -> None:
    """The names exist after the run, each of the given type."""
    names = bench.learner.names
    for name in listed(check["defines"]):
        if name not in names:
            raise Mismatch(f"`{name}` is not defined when your program ends{_near(name, names)}.")
        _of_sort(name, names[name], check.get("type", ""))


def signature(check: CheckBody, bench: Bench) -> None:
    """The function can be called with arguments like these."""
    name, call = check["signature"], check.get("is", "()")
    function = bench.learner.names.get(name)
    if name not in bench.learner.names:
        raise Mismatch(f"`{name}` is not defined when your program ends{_near(name, bench.learner.names)}.")
    if not callable(function):
        raise Mismatch(f"`{name}` is {words.kind(function)}; expected a function.")
    wanted = arguments(call)
    try:
        own = inspect.signature(function)
    except (TypeError, ValueError):
        return
    try:
        own.bind(
            *[None for text in wanted if "=" not in text],
            **{text.split("=")[0]: None for text in wanted if "=" in text},
        )
    except TypeError as error:
        raise Mismatch(f"`{name}{own}` cannot be called as `{name}{call}`: {error}.") from error


def arguments(call: str) -> list[str]:
    """The arguments of `(n, lo, hi=1)`: names, keyword ones with an equals sign."""
    try:
        tree = ast.parse(f"f{call}" if call.startswith("(") else f"f({call})", mode="eval").body
    except SyntaxError as error:
        raise BrokenCheck(f"`{call}` does not read as the arguments of a call") from error
    if not isinstance(tree, ast.Call):
        raise BrokenCheck(f"`{call}` does not read as the arguments of a call")
    return [ast.unparse(item) for item in tree.args] + [f"{word.arg}=" for word in tree.keywords if word.arg]


def _of_sort(name: str, value: Any, sort: str) -> None:
    if not sort:
        return
    if sort == "function":
        right = callable(value) and not isinstance(value, (type, torch.nn.Module))
    elif sort in _SORTS:
        right = isinstance(value, _SORTS[sort]) and not (sort in ("int", "float") and isinstance(value, bool))
    else:
        raise BrokenCheck(f"there is no type `{sort}`; known are function, {', '.join(_SORTS)}")
    if not right:
        article = "an" if sort[0] in "aeiou" else "a"
        raise Mismatch(f"`{name}` is {words.kind(value)}; expected {article} {sort}.")


def _near(name: str, names: dict[str, Any]) -> str:
    own = [known for known in names if not known.startswith("_") and not hasattr(builtins, known)]
    close = [known for known in own if known.lower() == name.lower()]
    close = close or difflib.get_close_matches(name, own, n=1, cutoff=0.6)
    return f"; did you mean `{close[0]}`?" if close else ""
