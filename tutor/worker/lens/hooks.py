"""The few lines of code put behind a block: count it, and hand its values over when it is armed."""

from __future__ import annotations

import ast

from .sites import Site

COUNTS, ARMED, HIT, KEEP, WATCH, SLIPS, RETURNED = "@n", "@a", "@hit", "@keep", "@watch", "@slips", "@v"


def _load(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _values(sites: list[Site]) -> ast.Tuple:
    return ast.Tuple(
        [_load(RETURNED if s.how == "return" else s.name.split(".")[0]) for s in sites], ast.Load()
    )


def _guarded(call: ast.expr) -> ast.stmt:
    """Must not raise: a name may be gone by now, and near the recursion limit no call fits."""
    handler = ast.ExceptHandler(_load(SLIPS), None, [ast.Pass()])
    return ast.Try([ast.Expr(call)], [handler], [], [])


def block_hook(key: int, sites: list[Site]) -> list[ast.stmt]:
    """Count always; call only when armed."""
    count = ast.AugAssign(
        ast.Subscript(_load(COUNTS), ast.Constant(key), ast.Store()), ast.Add(), ast.Constant(1)
    )
    hit = ast.Call(_load(HIT), [ast.Constant(key), _values(sites)], [])
    armed = ast.If(ast.Subscript(_load(ARMED), ast.Constant(key), ast.Load()), [_guarded(hit)], [])
    return [count, armed]


def shape_watch(sites: list[Site]) -> list[ast.stmt]:
    """At the head of a loop over batches: a smaller last batch must not be missed."""
    call = ast.Call(_load(WATCH), [ast.Constant(sites[0].id), _values(sites)], [])
    return [_guarded(call)]


def keep_call(site: int, value: ast.expr) -> ast.expr:
    """The value, recorded on its way to its target."""
    call = ast.Call(_load(KEEP), [ast.Constant(site), value], [])
    for node in (call, call.func, call.args[0]):
        ast.copy_location(node, value)
    return call


def placed(statements: list[ast.stmt], line: int) -> list[ast.stmt]:
    """The statements, all on one line of the learner's source."""
    for statement in statements:
        for node in ast.walk(statement):
            if isinstance(node, (ast.stmt, ast.expr, ast.ExceptHandler)):
                node.lineno = node.end_lineno = line
                node.col_offset = node.end_col_offset = 0
    return statements


def declare_hooks(body: list[ast.stmt]) -> list[ast.stmt]:
    """The module's statements with the hooks' names declared global: module-level code then finds them as fast as a function does."""
    at = 0
    for statement in body:
        text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
        if not future and not (text and at == 0):
            break
        at += 1
    declared = placed([ast.Global([COUNTS, ARMED, HIT, WATCH, SLIPS])], 1)
    return [*body[:at], *declared, *body[at:]]
