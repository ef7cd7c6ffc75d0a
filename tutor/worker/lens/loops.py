"""How often the loops around a line will run, where that can be told without running learner code."""

from __future__ import annotations

import ast
from types import FrameType
from typing import Any

import torch
from torch.utils import data

from .frames import names_of, outward

SIZED = (list, tuple, dict, set, range, str, torch.Tensor)
_DATASETS = (data.TensorDataset, data.Subset, list, tuple)


class Loops:
    """The `for` loops of the source."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        self._frames_readable = names.isdisjoint({"locals", "vars", "dir", "eval", "exec"})

    def total(self, frame: FrameType | None, filename: str) -> int | None:
        """Product of the lengths of all loops the innermost learner frame is in; None when one is unknown."""
        total, found = 1, False
        for level in outward(frame, filename):
            loops = self._around(level.f_lineno, level.f_code.co_name)
            if loops and not self._frames_readable:
                return None
            names = names_of(level) if loops else {}
            for loop in loops:
                length = _length(loop.iter, names) if isinstance(loop, ast.For) else None
                if length is None:
                    return None
                total, found = total * length, True
        return total if found else None

    def _around(self, line: int, function: str) -> list[ast.stmt]:
        """Loops around a line, within its own function."""
        found: list[ast.stmt] = []
        for node in ast.walk(self._tree):
            if not isinstance(node, ast.stmt) or not node.lineno <= line <= (node.end_lineno or node.lineno):
                continue
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and function == node.name:
                found.clear()
            elif isinstance(node, (ast.For, ast.AsyncFor, ast.While)) and line >= node.body[0].lineno:
                found.append(node)
        return found


def _length(node: ast.expr, names: dict[str, Any]) -> int | None:
    if isinstance(node, ast.Call):
        return _length_of_call(node, names)
    value = _value(node, names)
    return None if value is None else _size(value)


def _length_of_call(call: ast.Call, names: dict[str, Any]) -> int | None:
    function = (
        call.func.id
        if isinstance(call.func, ast.Name)
        else call.func.attr
        if isinstance(call.func, ast.Attribute)
        else ""
    )
    if function == "range":
        numbers = [_value(argument, names) for argument in call.args]
        return len(range(*numbers)) if numbers and all(type(n) is int for n in numbers) else None
    if function in ("enumerate", "tqdm", "trange", "reversed", "list") and call.args:
        return _length(call.args[0], names)
    if function == "zip":
        lengths = [_length(argument, names) for argument in call.args]
        known = [length for length in lengths if length is not None]
        return min(known) if known and len(known) == len(lengths) else None
    return None


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    """Constants, names, and whole-number arithmetic with them."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len" and node.args:
        return _length(node.args[0], names)
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left, names), _value(node.right, names)
        if type(left) is int and type(right) is int:
            return _arithmetic(node.op, left, right)
    return None


def _arithmetic(operator: ast.operator, left: int, right: int) -> int | None:
    if isinstance(operator, ast.Add):
        return left + right
    if isinstance(operator, ast.Sub):
        return left - right
    if isinstance(operator, ast.Mult):
        return left * right
    if isinstance(operator, ast.FloorDiv) and right:
        return left // right
    return None


def _size(value: Any) -> int | None:
    try:
        if type(value) in SIZED:
            return len(value)
        if type(value) is data.DataLoader and type(value.dataset) in _DATASETS:
            return len(value)
    except Exception:  # a 0-d tensor, an IterableDataset
        return None
    return None
