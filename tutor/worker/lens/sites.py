"""Where a name is bound: one `Site` per name and line, grouped into blocks of straight-line statements."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

INPLACE = "inplace"
"""Recorded only where the receiver is a tensor or array."""
CHANGED = "changed"
"""`x += 1`: in place for tensors and arrays, a new binding for anything else."""
ITEM = "item"
"""`x[0] = 1`: in place for tensors and arrays, a subscript for anything else."""


@dataclass
class Effect:
    """One name that a statement binds or changes, and how to read it afterwards."""

    root: str
    how: str
    path: tuple[str, ...] = ()
    """Attributes from the root to the changed object; read without running learner code."""

    @property
    def name(self) -> str:
        """As the learner wrote it."""
        return ".".join((self.root, *self.path))


@dataclass
class Site:
    """One name on one line."""

    id: int
    line: int
    end: int
    name: str
    how: str
    scope: str = ""
    """Qualified name of the function or class; empty at module level."""
    path: tuple[str, ...] = ()
    block: int = -1
    """-1 for sites that count by themselves."""
    body: int = 0
    """Which statement list it stands in: within one, the later line ran last."""
    pick: int | None = None
    """Which element of a tuple was meant."""
    looped: bool = False


@dataclass
class Block:
    """Sites recorded by one hook, and the lines it covers."""

    sites: list[Site]
    first: int
    last: int
    scope: str


@dataclass
class Layout:
    """Everything the recorder knows about the rewritten program."""

    sites: list[Site] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def target_effects(target: ast.expr) -> Iterator[Effect]:
    """Names bound by an assignment target; attributes are recorded elsewhere, by wrapping the value."""
    if isinstance(target, ast.Name):
        yield Effect(target.id, "name")
    elif isinstance(target, (ast.Tuple, ast.List)):
        for element in target.elts:
            yield from target_effects(element)
    elif isinstance(target, ast.Starred):
        yield from target_effects(target.value)
    elif isinstance(target, ast.Subscript):
        chain = attribute_chain(subscript_base(target))
        if chain:
            yield Effect(chain[0], ITEM, chain[1:])


def statement_effects(statement: ast.stmt) -> list[Effect]:
    """Everything a simple statement binds or changes in place."""
    effects: list[Effect] = []
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            effects += target_effects(target)
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        effects += target_effects(statement.target)
    elif isinstance(statement, ast.AugAssign):
        effects += _augmented(statement.target)
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        effects += _in_place_call(statement.value)
    return effects


def _augmented(target: ast.expr) -> Iterator[Effect]:
    if isinstance(target, ast.Subscript):
        yield from target_effects(target)
        return
    chain = attribute_chain(target)
    if chain:
        yield Effect(chain[0], CHANGED, chain[1:])


def _in_place_call(call: ast.Call) -> Iterator[Effect]:
    """`w.add_(1)`, `w.grad.zero_()`, `nn.init.zeros_(w)`."""
    if not isinstance(call.func, ast.Attribute):
        return
    method = call.func.attr
    if not method.endswith("_") or method.endswith("__"):
        return
    receiver = attribute_chain(subscript_base(call.func.value))
    if receiver and receiver[-1] == "init" and call.args:
        receiver = attribute_chain(call.args[0])
    if receiver:
        yield Effect(receiver[0], INPLACE, receiver[1:])


def subscript_base(node: ast.expr) -> ast.expr:
    """`x` of `x[0][1]`."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return node


def attribute_chain(node: ast.expr) -> tuple[str, ...]:
    """`("self", "fc", "weight")` of `self.fc.weight`; empty for anything else."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ()
    return (node.id, *reversed(names))


def bound_names(target: ast.expr) -> list[str]:
    """Plain names in the target of a `for` or `with`."""
    return [effect.root for effect in target_effects(target) if effect.how == "name"]


def pattern_names(pattern: ast.AST) -> list[str]:
    """Names a `case` captures."""
    names = []
    for node in ast.walk(pattern):
        name = getattr(node, "name", None) or getattr(node, "rest", None)
        if type(node).__name__ in ("MatchAs", "MatchStar", "MatchMapping") and isinstance(name, str):
            names.append(name)
    return names
