"""Mutants of a solution: the slips people make with torch, one at a time, written into the program's tree."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_DROPPED = {
    "zero_grad", "zero_", "step", "backward", "eval", "train", "requires_grad_", "add_", "sub_", "mul_", "div_",
    "copy_", "fill_", "clamp_", "manual_seed",
}  # fmt: skip
_UNWRAPPED = {"detach", "sqrt", "exp", "log", "abs"}
_RENAMED = {"mean": "sum", "sum": "mean", "max": "min", "min": "max", "argmax": "argmin", "argmin": "argmax"}
_REDUCTIONS = {
    "sum", "mean", "softmax", "log_softmax", "max", "min", "argmax", "argmin", "cat", "stack", "unsqueeze", "squeeze",
    "logsumexp", "std", "var", "norm", "cumsum", "flip", "gather", "amax", "amin", "all", "any", "prod", "index_add",
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.MatMult: ast.Mult,
    ast.FloorDiv: ast.Div,
}  # fmt: skip
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip
_QUIET = {"no_grad", "inference_mode"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed program."""

    name: str
    """`drop opt.zero_grad()`: what was changed, as a waiver names it."""
    source: str
    line: int = 1


Change = tuple[str, Callable[[ast.AST], ast.AST | None]]
"""What is done, and how a copy of the node becomes another; None takes a statement away."""


def mutants(source: str, given: str = "", checked: frozenset[str] = frozenset()) -> Iterator[Mutant]:
    """All mutants of a program that differ from it and from one another; what the starter gives stays, unless `checked`."""
    tree = ast.parse(source)
    setting = _setting(given, checked)
    seen = {ast.unparse(tree)}
    names: dict[str, int] = {}
    shown = {
        id(node) for statement in tree.body if _only_shows(statement, setting) for node in ast.walk(statement)
    }
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in shown:
            continue
        for name, change in _changes(node):
            changed = ast.unparse(_applied(tree, place, change))
            if changed in seen:
                continue
            seen.add(changed)
            names[name] = names.get(name, 0) + 1
            number = f" ({names[name]})" if names[name] > 1 else ""
            yield Mutant(name + number, changed + "\n", getattr(node, "lineno", 1))


def _setting(starter: str, checked: frozenset[str]) -> set[str]:
    """The statements at the top of a starter that are given, not the learner's to write; a checked definition is theirs."""
    try:
        body = ast.parse(starter).body
    except SyntaxError:
        return set()
    return {ast.unparse(statement) for statement in body if _defined(statement) not in checked}


def _defined(statement: ast.stmt) -> str:
    return statement.name if isinstance(statement, (ast.FunctionDef, ast.ClassDef)) else ""


def _only_shows(statement: ast.stmt, setting: set[str]) -> bool:
    """A `print` is there for the learner's eyes, the setting for the program to stand on; checks need not notice them."""
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"))):
            return True
        case _:
            return ast.unparse(statement) in setting


def _applied(tree: ast.AST, place: int, change: Callable[[ast.AST], ast.AST | None]) -> ast.AST:
    """A copy of the tree in which that node, counted as `ast.walk` does, is changed."""
    fresh = copy.deepcopy(tree)
    target = list(ast.walk(fresh))[place]
    return ast.fix_missing_locations(_Replacing(target, change).visit(fresh))


class _Replacing(ast.NodeTransformer):
    """Replaces one node."""

    def __init__(self, target: ast.AST, change: Callable[[ast.AST], ast.AST | None]) -> None:
        self._target = target
        self._change = change

    def visit(self, node: ast.AST) -> ast.AST:
        """The changed node in the target's place; a statement taken away leaves `pass`."""
        if node is self._target:
            changed = self._change(node)
            return ast.Pass() if changed is None else changed
        visited = self.generic_visit(node)
        assert isinstance(visited, ast.AST)  # nothing here returns a list
        return visited


def _changes(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=attr))) if attr in _DROPPED:
            yield f"drop {_text(node)}", lambda old: None
        case ast.With(items=[ast.withitem(context_expr=ast.Call(func=ast.Attribute(attr=attr)))]) if (
            attr in _QUIET
        ):
            yield f"without {attr}", _body_alone
        case ast.FunctionDef(decorator_list=decorators) if any(_is_quiet(one) for one in decorators):
            yield f"without the decorator of {node.name}", _without_decorators
        case ast.Call():
            yield from _call_changes(node)
        case ast.BinOp():
            yield from _operator_changes(node)
        case ast.Compare(ops=[operator]) if type(operator) in _COMPARISONS:
            yield f"other comparison in {_text(node)}", _compared
        case ast.UnaryOp(op=ast.USub()) if not isinstance(node.operand, ast.Constant):
            yield f"sign of {_text(node)}", lambda old: old.operand if isinstance(old, ast.UnaryOp) else old
        case ast.AugAssign(op=operator) if type(operator) in _OPERATORS:
            yield f"other operator in {_text(node)}", _operated


def _call_changes(node: ast.Call) -> Iterator[Change]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if name in _UNWRAPPED and isinstance(node.func, ast.Attribute) and not _is_module(node.func.value):
        yield f"without .{name} in {_text(node)}", _receiver
    if name in _RENAMED:
        yield f"{_RENAMED[name]} for {name} in {_text(node)}", _renamed
    for place, keyword in enumerate(node.keywords):
        if keyword.arg == "keepdim":
            yield f"keepdim left out of {_text(node)}", _without_keyword(place)
        if keyword.arg in ("dim", "axis") and _whole(keyword.value) is not None:
            yield f"other dim in {_text(node)}", _other_dim_keyword(place)
        if keyword.arg == "unbiased":
            yield f"unbiased left out of {_text(node)}", _without_keyword(place)
    if name in _REDUCTIONS:
        for place, argument in enumerate(node.args):
            if _whole(argument) is not None:
                yield f"other dim in {_text(node)}", _other_dim_argument(place)


def _operator_changes(node: ast.BinOp) -> Iterator[Change]:
    text = _text(node)
    if type(node.op) in _OPERATORS:
        yield f"other operator in {text}", _operated
    if isinstance(node.op, (ast.Mult, ast.Div)) and isinstance(node.left, (ast.BinOp, ast.Call, ast.Name)):
        yield f"without the scale in {text}", lambda old: old.left if isinstance(old, ast.BinOp) else old
    if isinstance(node.op, (ast.Add, ast.Sub)) and _whole(node.right) == 1:
        yield f"off by one in {text}", lambda old: old.left if isinstance(old, ast.BinOp) else old
    if isinstance(node.op, ast.Pow) and _whole(node.right) is not None:
        yield f"other power in {text}", _powered


def _text(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 60 else text[:59] + "…"


def _whole(node: ast.AST) -> int | None:
    try:
        value = ast.literal_eval(node) if isinstance(node, ast.expr) else None
    except ValueError:
        return None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _is_module(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in ("torch", "F", "nn", "np", "math")


def _is_quiet(node: ast.AST) -> bool:
    name = node.func if isinstance(node, ast.Call) else node
    return isinstance(name, ast.Attribute) and name.attr in _QUIET


def _body_alone(old: ast.AST) -> ast.AST:
    return ast.If(ast.Constant(True), old.body, []) if isinstance(old, ast.With) else old


def _without_decorators(old: ast.AST) -> ast.AST:
    if isinstance(old, ast.FunctionDef):
        old.decorator_list = [one for one in old.decorator_list if not _is_quiet(one)]
    return old


def _receiver(old: ast.AST) -> ast.AST:
    return old.func.value if isinstance(old, ast.Call) and isinstance(old.func, ast.Attribute) else old


def _renamed(old: ast.AST) -> ast.AST:
    if isinstance(old, ast.Call) and isinstance(old.func, ast.Attribute):
        old.func.attr = _RENAMED[old.func.attr]
    return old


def _compared(old: ast.AST) -> ast.AST:
    if isinstance(old, ast.Compare):
        old.ops = [_COMPARISONS[type(old.ops[0])]()]
    return old


def _operated(old: ast.AST) -> ast.AST:
    if isinstance(old, (ast.BinOp, ast.AugAssign)):
        old.op = _OPERATORS[type(old.op)]()
    return old


def _powered(old: ast.AST) -> ast.AST:
    if isinstance(old, ast.BinOp):
        old.right = ast.Constant((_whole(old.right) or 0) + 1)
    return old


def _without_keyword(place: int) -> Callable[[ast.AST], ast.AST]:
    def change(old: ast.AST) -> ast.AST:
        if isinstance(old, ast.Call):
            del old.keywords[place]
        return old

    return change


def _other_dim_keyword(place: int) -> Callable[[ast.AST], ast.AST]:
    def change(old: ast.AST) -> ast.AST:
        if isinstance(old, ast.Call):
            old.keywords[place].value = _other_dim(old.keywords[place].value)
        return old

    return change


def _other_dim_argument(place: int) -> Callable[[ast.AST], ast.AST]:
    def change(old: ast.AST) -> ast.AST:
        if isinstance(old, ast.Call):
            old.args[place] = _other_dim(old.args[place])
        return old

    return change


def _other_dim(node: ast.expr) -> ast.expr:
    """0 for any other axis, the last one for 0."""
    return ast.parse("-1" if _whole(node) == 0 else "0", mode="eval").body
