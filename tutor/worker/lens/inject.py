"""A call of ours put into one of torch's own functions, by exchanging its code for the same code with one call more.

File, name, lines and columns stay those of torch, and no frame is added: a traceback through the function cannot be told from the plain one.
"""

from __future__ import annotations

import ast
import builtins
import inspect
from types import CodeType, FunctionType
from typing import Any, Callable


class Injection:
    """One function of torch with calls put in at its start, its end, or around its first `return`."""

    def __init__(self, function: Any, first: str = "", last: str = "", around: str = "") -> None:
        self._function: FunctionType = function
        self._plain: CodeType = function.__code__
        self._changed = _with_calls(self._plain, function, first, last, around)

    def put_in(self) -> None:
        """From now on the calls are made."""
        self._function.__code__ = self._changed

    def take_out(self) -> None:
        """The function is torch's own again."""
        self._function.__code__ = self._plain


def offer(name: str, call: Callable[..., Any]) -> None:
    """Makes a hook known to every module under a name that no source can spell."""
    vars(builtins)[name] = call


def _with_calls(code: CodeType, function: Any, first: str, last: str, around: str) -> CodeType:
    lines, start = inspect.getsourcelines(code)
    indented = lines[0][:1].isspace()
    tree = ast.parse(("if 1:\n" if indented else "") + "".join(lines))
    outer: Any = tree.body[0]
    node: ast.FunctionDef = outer.body[0] if indented else outer
    ast.increment_lineno(node, start - (2 if indented else 1))
    node.decorator_list = []
    arguments = [argument.arg for argument in node.args.args]
    if around:
        _wrap_return(node, around)
    if last:
        node.body.append(_call(last, arguments[:1], node.body[-1]))
    if first:
        node.body.insert(
            1 if ast.get_docstring(node) is not None else 0, _call(first, arguments[:1], node.body[0])
        )
    module = compile(
        ast.Module([node], []), code.co_filename, "exec", code.co_flags & 0x1FF0000, dont_inherit=True
    )
    changed = next(c for c in module.co_consts if isinstance(c, CodeType) and c.co_name == code.co_name)
    qualified: str | None = getattr(code, "co_qualname", None)
    renamed: Any = changed
    return renamed.replace(co_qualname=qualified) if qualified else changed


def _call(name: str, arguments: list[str], at: ast.stmt) -> ast.stmt:
    call = ast.Call(ast.Name(name, ast.Load()), [ast.Name(word, ast.Load()) for word in arguments], [])
    return _placed(ast.Expr(call), at)


def _placed(statement: ast.stmt, at: ast.stmt) -> ast.stmt:
    for node in ast.walk(statement):
        if isinstance(node, (ast.stmt, ast.expr)):
            ast.copy_location(node, at)
    return statement


def _wrap_return(function: ast.FunctionDef, name: str) -> None:
    """`return f(x)` becomes `return @name(self, f(x))`; the call itself keeps its position."""
    found = next(
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Call)
    )
    value = found.value
    assert isinstance(value, ast.Call)
    call = ast.Call(ast.Name(name, ast.Load()), [ast.Name("self", ast.Load()), value], [])
    for node in (call, call.func, call.args[0]):
        ast.copy_location(node, value)
    found.value = call
