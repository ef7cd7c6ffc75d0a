"""The learner's program with one inline hook behind each straight-line block of statements.

A block ends before a compound statement, a jump, and before a statement that changes what the block holds, so that each line
keeps its own value. Hook names start with `@`, which no source can spell and no class body mangles. Every original
node keeps its position: tracebacks, carets included, are those of the plain program.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

from .hooks import block_hook, declare_hooks, placed, shape_watch
from .sites import INPLACE, ITEM, Block, Effect, Layout, Site, bound_names, pattern_names, statement_effects
from .wrapping import wrap_return, wrap_statement, wrap_walrus

JUMPS = (ast.Break, ast.Continue, ast.Raise)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
LOOPS = (ast.For, ast.AsyncFor)
UNTOUCHABLE = frozenset(
    {"compile", "jit", "fx", "export", "symbolic_trace", "dynamo", "_dynamo", "dis", "triton"}
)
"""A program that names one of these reads or traces its own functions: only its module level is rewritten."""


@dataclass
class _Pending:
    """Sites waiting for the hook at the end of their block."""

    sites: list[Site] = field(default_factory=list)
    last: int = 0

    def holds(self, name: str) -> bool:
        return any(site.name.split(".")[0] == name for site in self.sites)


class Rewriter:
    """Rewrites one module and remembers what it put where."""

    def __init__(self, tree: ast.Module) -> None:
        self.layout = Layout()
        self._scope: list[str] = []
        self._loops = 0
        self._bodies = 0
        self.leave_functions = names_untouchable(tree)

    def site(self, node: ast.AST, name: str, how: str, path: tuple[str, ...] = ()) -> Site:
        """A new site at `node`, in the scope being rewritten."""
        line = getattr(node, "lineno", 1)
        end = getattr(node, "end_lineno", None) or line
        number = len(self.layout.sites)
        site = Site(number, line, end, name, how, ".".join(self._scope), path, looped=self._loops > 0)
        self.layout.sites.append(site)
        return site

    def body(self, statements: list[ast.stmt], head: list[Site]) -> list[ast.stmt]:
        """A statement list with its hooks; `head` are names bound before its first statement."""
        self._bodies += 1
        number, out = self._bodies, list[ast.stmt]()
        pending = _Pending(list(head), statements[0].lineno if statements else 0)
        for statement in statements:
            if isinstance(statement, (*JUMPS, ast.Return)):
                self._flush(pending, out, number)
                out.append(self._jump(statement))
                if isinstance(statement, ast.Return):
                    out[-1:] = wrap_return(self, statement)
            elif hasattr(statement, "body") or hasattr(statement, "cases"):
                self._flush(pending, out, number)
                out.append(self._compound(statement))
            else:
                self._simple(statement, pending, out, number)
        self._flush(pending, out, number)
        return out

    def _jump(self, statement: ast.stmt) -> ast.stmt:
        if not isinstance(statement, ast.Return):
            wrap_walrus(self, statement)
        return statement

    def _simple(self, statement: ast.stmt, pending: _Pending, out: list[ast.stmt], number: int) -> None:
        effects = statement_effects(statement)
        if _disturbs(statement, effects, pending):
            self._flush(pending, out, number)
        out.append(wrap_statement(self, statement))
        pending.last = statement.end_lineno or statement.lineno
        seen = {site.name for site in pending.sites}
        for effect in effects:
            if effect.name not in seen:
                seen.add(effect.name)
                pending.sites.append(self.site(statement, effect.name, effect.how, effect.path))

    def _flush(self, pending: _Pending, out: list[ast.stmt], number: int) -> None:
        if not pending.sites:
            return
        block = Block(list(pending.sites), pending.sites[0].line, pending.last, pending.sites[0].scope)
        key = len(self.layout.blocks)
        self.layout.blocks.append(block)
        for site in block.sites:
            site.block, site.body = key, number
        out.extend(placed(block_hook(key, block.sites), block.sites[-1].line))
        pending.sites.clear()

    def _compound(self, statement: ast.stmt) -> ast.stmt:
        if isinstance(statement, FUNCTIONS):
            self._function(statement)
        elif isinstance(statement, ast.ClassDef):
            self._within(statement.name, statement, [])
        elif isinstance(statement, LOOPS):
            self._loop(statement)
        elif isinstance(statement, (ast.With, ast.AsyncWith)):
            targets = [item.optional_vars for item in statement.items if item.optional_vars is not None]
            head = [self.site(target, name, "with") for target in targets for name in bound_names(target)]
            wrap_walrus(self, statement)
            statement.body = self.body(statement.body, head)
        elif hasattr(statement, "cases"):
            self._match(statement)
        else:
            self._branches(statement)
        return statement

    def _function(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        if self.leave_functions:
            return
        spec = function.args
        arguments = [*spec.posonlyargs, *spec.args, *spec.kwonlyargs]
        arguments += [extra for extra in (spec.vararg, spec.kwarg) if extra is not None]
        self._within(function.name, function, [a for a in arguments if a.arg not in ("self", "cls")])

    def _within(
        self,
        name: str,
        statement: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
        arguments: list[ast.arg],
    ) -> None:
        if self.leave_functions:
            return
        self._scope.append(name)
        outer, self._loops = self._loops, 0
        head = [self.site(argument, argument.arg, "arg") for argument in arguments]
        statement.body = self.body(statement.body, head)
        self._loops = outer
        self._scope.pop()

    def _loop(self, loop: ast.For | ast.AsyncFor) -> None:
        self._loops += 1
        head = [self.site(loop.target, name, "loop") for name in bound_names(loop.target)]
        wrap_walrus(self, loop)
        statements = self.body(loop.body, head)
        if head and not _counts(loop.iter):
            statements[:0] = placed(shape_watch(head), loop.target.lineno)
        loop.body = statements
        self._loops -= 1
        loop.orelse = self.body(loop.orelse, []) if loop.orelse else []

    def _match(self, statement: Any) -> None:
        wrap_walrus(self, statement)
        for case in statement.cases:
            head = [
                self.site(case.pattern, name, "name") for name in dict.fromkeys(pattern_names(case.pattern))
            ]
            case.body = self.body(case.body, head)

    def _branches(self, statement: ast.stmt) -> None:
        """`if`, `while` and `try`."""
        loop = isinstance(statement, ast.While)
        self._loops += loop
        wrap_walrus(self, statement)
        for part in ("body", "orelse", "finalbody"):
            if getattr(statement, part, None):
                setattr(statement, part, self.body(getattr(statement, part), []))
        for handler in getattr(statement, "handlers", []):
            handler.body = self.body(handler.body, [])
        self._loops -= loop


def _disturbs(statement: ast.stmt, effects: list[Effect], pending: _Pending) -> bool:
    """Whether the block must be recorded before this statement runs."""
    if not pending.sites:
        return False
    if any(pending.holds(effect.root) for effect in effects) or isinstance(statement, ast.Delete):
        return True
    in_place = any(effect.how in (INPLACE, ITEM, "changed") for effect in effects)
    if in_place and any(site.how not in (INPLACE, ITEM, "changed") for site in pending.sites):
        return True
    call = statement.value if isinstance(statement, ast.Expr) else None
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in ("step", "backward")
    )


def _counts(iterated: ast.expr) -> bool:
    """`range(...)`: yields numbers, whose shapes cannot change."""
    return (
        isinstance(iterated, ast.Call) and isinstance(iterated.func, ast.Name) and iterated.func.id == "range"
    )


def names_untouchable(tree: ast.Module) -> bool:
    """Whether the program names anything of `UNTOUCHABLE`."""
    for node in ast.walk(tree):
        words: list[str] = []
        if isinstance(node, ast.Attribute):
            words = [node.attr] if node.attr != "compile" or not _is_regex(node.value) else []
        elif isinstance(node, ast.Import):
            words = [word for alias in node.names for word in alias.name.split(".")]
        elif isinstance(node, ast.ImportFrom):
            words = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
        if not UNTOUCHABLE.isdisjoint(words):
            return True
    return False


def _is_regex(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("re", "regex")


def rewrite(source: str, filename: str) -> tuple[CodeType, Layout, ast.Module]:
    """Compiled code with hooks, what they record, and the tree of the source as it was written."""
    compile(source, filename, "exec", dont_inherit=True)
    plain = ast.parse(source, filename)
    tree = ast.parse(source, filename)
    rewriter = Rewriter(tree)
    tree.body = declare_hooks(rewriter.body(tree.body, []))
    code = compile(ast.fix_missing_locations(tree), filename, "exec", dont_inherit=True)
    return code, rewriter.layout, plain
