"""The operands of the failing expression, read from the frame after the fact. Nothing of the learner's runs again."""

from __future__ import annotations

import ast
import builtins
import operator
import types
import warnings
from typing import Any, Callable

import torch

from ..attributes import MISSING, peek
from ..facts import facts
from .place import Place

PURE_METHODS = frozenset(
    [
        "t",
        "transpose",
        "permute",
        "view",
        "reshape",
        "flatten",
        "squeeze",
        "unsqueeze",
        "float",
        "long",
        "double",
        "int",
        "half",
        "bool",
        "sum",
        "mean",
        "softmax",
        "log_softmax",
        "relu",
        "sigmoid",
        "tanh",
        "exp",
        "log",
        "sqrt",
        "abs",
        "pow",
        "detach",
        "clone",
        "contiguous",
        "cpu",
        "size",
        "dim",
        "numel",
        "expand",
        "repeat",
        "argmax",
        "max",
        "min",
    ]
)
IMPURE_FUNCTIONS = frozenset(
    [
        "save",
        "load",
        "compile",
        "manual_seed",
        "seed",
        "set_default_dtype",
        "set_default_device",
        "set_num_threads",
    ]
)
PURE_MODULES = ("torch", "torch.nn.functional")
LARGEST = 10_000_000
ARITHMETIC: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.MatMult: operator.matmul,
    ast.Pow: operator.pow,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
BUILT_IN = (int, float, bool, str, list, tuple, dict, range, type(None))


class Unknown(Exception):
    """The value cannot be told without running the learner's code."""


def operands(place: Place) -> list[tuple[str, str, Any]]:
    """Role, expression and value (`MISSING` when it cannot be told) of each part of the failing expression."""
    if place.node is None or place.frame is None:
        return []
    found = []
    for role, node in operand_nodes(place.node):
        found.append((role, place.text_of(node), value_of(node, place)))
    return found


def value_of(node: ast.AST, place: Place) -> Any:
    """The value of an expression, or `MISSING`."""
    assert place.frame is not None
    names = {**vars(builtins), **place.frame.f_globals, **place.frame.f_locals}
    try:
        with torch.no_grad(), torch.random.fork_rng(devices=[]), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _evaluate(node, names)
    except Exception:  # it fails as it failed for the learner, or it must not be run
        return MISSING


def operand_nodes(node: ast.AST) -> list[tuple[str, ast.AST]]:
    """The parts of an expression whose values decide whether it works."""
    if isinstance(node, ast.BinOp):
        return [("left", node.left), ("right", node.right)]
    if isinstance(node, ast.AugAssign):
        return [("left", node.target), ("right", node.value)]
    if isinstance(node, ast.Compare):
        return [("left", node.left), *(("right", right) for right in node.comparators)]
    if isinstance(node, ast.Subscript):
        return [("value", node.value), ("index", node.slice)]
    if isinstance(node, ast.Call):
        return _of_call(node)
    if isinstance(node, ast.Attribute):
        return [("value", node.value)]
    if isinstance(node, ast.UnaryOp):
        return [("value", node.operand)]
    if isinstance(node, (ast.If, ast.While, ast.IfExp, ast.Assert)):
        return operand_nodes(node.test) or [("test", node.test)]
    if isinstance(node, ast.Assign):
        return [("value", node.value)]
    if isinstance(node, (ast.For, ast.AsyncFor)):
        return [("iterated", node.iter)]
    return [("value", node)] if isinstance(node, ast.Name) else []


def _of_call(node: ast.Call) -> list[tuple[str, ast.AST]]:
    found: list[tuple[str, ast.AST]] = []
    if isinstance(node.func, ast.Attribute):
        found.append(("receiver", node.func.value))
    else:
        found.append(("callee", node.func))
    for number, argument in enumerate(node.args):
        if isinstance(argument, (ast.List, ast.Tuple)):
            found += [(f"argument {number + 1}[{i}]", e) for i, e in enumerate(argument.elts[:8])]
        found.append((f"argument {number + 1}", argument))
    return found + [(f"argument {word.arg}", word.value) for word in node.keywords]


def _evaluate(node: ast.AST, names: dict[str, Any]) -> Any:
    match_node = _HANDLERS.get(type(node))
    if match_node is None:
        raise Unknown
    return match_node(node, names)


def _name(node: Any, names: dict[str, Any]) -> Any:
    if node.id not in names:
        raise Unknown
    return names[node.id]


def _attribute(node: Any, names: dict[str, Any]) -> Any:
    base = _evaluate(node.value, names)
    if isinstance(base, types.ModuleType):
        return vars(base)[node.attr]
    if type(base) in (torch.Tensor, torch.nn.Parameter) and node.attr in (
        "T",
        "mT",
        "shape",
        "data",
        "grad",
        "real",
        "ndim",
    ):
        return getattr(base, node.attr)
    value = peek(base, (node.attr,))
    if value is MISSING:
        raise Unknown
    return value


def _subscript(node: Any, names: dict[str, Any]) -> Any:
    base = _evaluate(node.value, names)
    if type(base) not in (torch.Tensor, torch.nn.Parameter, list, tuple, dict, torch.Size, str):
        raise Unknown
    return base[_evaluate(node.slice, names)]


def _binary(node: Any, names: dict[str, Any]) -> Any:
    left, right = _evaluate(node.left, names), _evaluate(node.right, names)
    for value in (left, right):
        small = isinstance(value, torch.Tensor) and value.numel() <= LARGEST
        if not small and type(value) not in (int, float):
            raise Unknown
    if isinstance(node.op, ast.Pow) and type(left) is int and type(right) is int and right > 64:
        raise Unknown
    return ARITHMETIC[type(node.op)](left, right)


def _call(node: Any, names: dict[str, Any]) -> Any:
    if not isinstance(node.func, ast.Attribute):
        raise Unknown
    base, method = _evaluate(node.func.value, names), node.func.attr
    tensor = (
        type(base) in (torch.Tensor, torch.nn.Parameter)
        and method in PURE_METHODS
        and base.numel() <= LARGEST
    )
    known = (
        isinstance(base, types.ModuleType)
        and base.__name__ in PURE_MODULES
        and method not in IMPURE_FUNCTIONS
    )
    if not tensor and (not known or method.endswith("_") or method.startswith("set_")):
        raise Unknown
    arguments = [_evaluate(argument, names) for argument in node.args]
    words = {word.arg: _evaluate(word.value, names) for word in node.keywords}
    if any(type(argument) is int and argument > LARGEST for argument in arguments):
        raise Unknown
    function = getattr(base, method) if tensor else vars(base)[method]
    if getattr(function, "__module__", "") == "__main__":
        raise Unknown  # the learner put a function of their own there
    return function(*arguments, **words)


def _several(node: Any, names: dict[str, Any]) -> Any:
    kind = tuple if isinstance(node, ast.Tuple) else list
    return kind(_evaluate(element, names) for element in node.elts)


def _slice(node: Any, names: dict[str, Any]) -> Any:
    return slice(
        *[None if part is None else _evaluate(part, names) for part in (node.lower, node.upper, node.step)]
    )


def _unary(node: Any, names: dict[str, Any]) -> Any:
    value = _evaluate(node.operand, names)
    if not isinstance(node.op, ast.USub) or not isinstance(value, (int, float, torch.Tensor)):
        raise Unknown
    return -value


_HANDLERS: dict[type, Callable[[Any, dict[str, Any]], Any]] = {
    ast.Constant: lambda node, names: node.value,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.BinOp: _binary,
    ast.Call: _call,
    ast.Tuple: _several,
    ast.List: _several,
    ast.Slice: _slice,
    ast.UnaryOp: _unary,
}


def operand_rows(found: list[tuple[str, str, Any]]) -> list[dict[str, Any]]:
    """Operands as the contract has them; what torch's own modules are called is no operand."""
    rows: list[dict[str, Any]] = []
    for role, expression, value in found:
        if isinstance(value, types.ModuleType) or (
            role == "callee" and not isinstance(value, torch.nn.Module)
        ):
            continue
        rows.append(
            {
                "role": role,
                "expression": expression[:200],
                "value": None if value is MISSING else facts(value),
            }
        )
    return rows
