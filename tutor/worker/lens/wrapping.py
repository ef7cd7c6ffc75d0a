"""Values recorded on their way to their target: attributes, which must not be read again, walrus and `return`."""

from __future__ import annotations

import ast
from typing import Any, Protocol

from .hooks import RETURNED, block_hook, keep_call, placed
from .sites import Block, Layout, Site, attribute_chain

NEW_SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
STATEMENT_LISTS = ("body", "orelse", "finalbody", "handlers", "cases", "decorator_list")


class SiteMaker(Protocol):
    """The part of the rewriter that is needed here."""

    layout: Layout

    def site(self, node: ast.AST, name: str, how: str, path: tuple[str, ...] = ()) -> Site:
        """A new site."""
        ...


class _Walrus(ast.NodeTransformer):
    """Wraps the value of every `:=` outside lambdas and comprehensions."""

    def __init__(self, maker: SiteMaker) -> None:
        self._maker = maker

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, NEW_SCOPES):
            return node
        if isinstance(node, ast.NamedExpr):
            node.value = self.visit(node.value)
            site = self._maker.site(node, node.target.id, "walrus")
            node.value = keep_call(site.id, node.value)
            return node
        return self.generic_visit(node)


def wrap_walrus(maker: SiteMaker, statement: ast.stmt) -> None:
    """In the statement's own expressions; the statements inside it are rewritten on their own."""
    for name, value in ast.iter_fields(statement):
        if name in STATEMENT_LISTS:
            continue
        if isinstance(value, ast.expr):
            setattr(statement, name, _Walrus(maker).visit(value))
        elif isinstance(value, list):
            setattr(statement, name, [_Walrus(maker).visit(item) for item in value])


def wrap_statement(maker: SiteMaker, statement: ast.stmt) -> ast.stmt:
    """A simple statement whose attribute targets and `:=` are recorded."""
    if any(isinstance(node, ast.NamedExpr) for node in ast.walk(statement)):
        wrap_walrus(maker, statement)
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            statement.value = _wrap_attributes(maker, statement, target, statement.value)
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        statement.value = _wrap_attributes(maker, statement, statement.target, statement.value)
    return statement


def _wrap_attributes(maker: SiteMaker, statement: ast.stmt, target: ast.expr, value: ast.expr) -> ast.expr:
    if isinstance(target, ast.Attribute):
        chain = attribute_chain(target)
        name = ".".join(chain) if chain else f"….{target.attr}"
        return keep_call(maker.site(statement, name, "attribute").id, value)
    if isinstance(target, (ast.Tuple, ast.List)) and not any(isinstance(e, ast.Starred) for e in target.elts):
        for index, element in enumerate(target.elts):
            chain = attribute_chain(element) if isinstance(element, ast.Attribute) else ()
            if chain:
                site = maker.site(statement, ".".join(chain), "attribute")
                site.pick = index
                value = keep_call(site.id, value)
    return value


def wrap_return(maker: SiteMaker, statement: ast.Return) -> list[ast.stmt]:
    """`@v = value; hook; return @v`: no call on the way, so that the recursion limit stays where it was."""
    wrap_walrus(maker, statement)
    if statement.value is None or isinstance(statement.value, ast.Constant):
        return [statement]
    site = maker.site(statement, "return", "return")
    site.block = len(maker.layout.blocks)
    maker.layout.blocks.append(Block([site], site.line, site.end, site.scope))
    store = ast.copy_location(ast.Assign([ast.Name(RETURNED, ast.Store())], statement.value), statement)
    ast.copy_location(store.targets[0], statement.value)
    back = ast.copy_location(
        ast.Return(ast.copy_location(ast.Name(RETURNED, ast.Load()), statement.value)), statement
    )
    return [store, *placed(block_hook(site.block, [site]), site.line), back]
