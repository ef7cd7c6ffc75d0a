"""Makes a piece of code stand by itself: what it uses of earlier pieces is put before it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class _Bound:
    """A statement of an earlier piece that gave names their values."""

    order: int
    source: str
    uses: frozenset[str]


@dataclass(slots=True)
class Earlier:
    """What the pieces so far have imported, defined and assigned; each step of a lesson runs in a process of its own."""

    _bound: dict[str, _Bound] = field(default_factory=dict)
    _count: int = 0

    def complete(self, code: str) -> str:
        """The piece with what it needs before it; a piece that is not Python stays as it is."""
        try:
            tree = ast.parse(code)
        except SyntaxError:
            return code
        own = {
            name
            for node in tree.body
            if isinstance(node, (ast.Import, ast.ImportFrom))
            for name in _names(node)
        }
        needed: dict[int, str] = {}
        self._need(_loaded(tree) - own, needed)
        self._learn(tree, code)
        before = [source for _, source in sorted(needed.items())]
        return "\n".join([*before, "", code]) if before else code

    def _need(self, names: set[str], needed: dict[int, str]) -> None:
        for name in names:
            bound = self._bound.get(name)
            if bound is not None and bound.order not in needed:
                needed[bound.order] = bound.source
                self._need(set(bound.uses), needed)

    def _learn(self, tree: ast.Module, code: str) -> None:
        for node in tree.body:
            self._count += 1
            uses = frozenset(_loaded(node))
            for name in _names(node):
                former = self._bound.get(name)
                # `x = f(x)` needs the x before it, which is gone then: the first one stays.
                if former is None or name not in uses:
                    self._bound[name] = _Bound(
                        self._count, ast.get_source_segment(code, node) or "", uses - {name}
                    )


def _names(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from ((alias.asname or alias.name).split(".")[0] for alias in names)
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))


def _loaded(tree: ast.AST) -> set[str]:
    """Names that are read; a function's own arguments are not."""
    loaded: set[str] = set()
    for node in tree.body if isinstance(tree, ast.Module) else [tree]:
        inside = [*ast.walk(node)]
        own = {one.arg for one in inside if isinstance(one, ast.arg)}
        read = {one.id for one in inside if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}
        loaded |= read - own
    return loaded
