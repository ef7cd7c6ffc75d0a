"""The hard-coded cheat: an answer that knows the examples the learner can see by heart, and nothing else."""

from __future__ import annotations

import ast

from tutor.authoring.wrappers import checked_functions
from tutor.lesson.model import Code

CHEAT = "hard-coded cheat"
"""What a waiver calls it: where the examples are all there is, knowing them by heart is right."""

_PRELUDE = """
class _ByHeart:
    learning = True

    def __init__(self, function):
        self.function, self.answers = function, {}

    def __call__(self, *args, **kwargs):
        key = repr((args, kwargs))
        if _ByHeart.learning:
            self.answers[key] = self.function(*args, **kwargs)
        return self.answers.get(key, [*self.answers.values()][-1])


def _by_heart(function):
    import functools

    kept = _ByHeart(function)
    return functools.wraps(function)(lambda *args, **kwargs: kept(*args, **kwargs))

"""


def cheat(step: Code) -> str:
    """The solution with its functions replaced, after the visible examples, by what they answered; empty where none are seen, or it is waived."""
    if any(waiver.mutant == CHEAT for waiver in step.waived):
        return ""
    tree = ast.parse(step.solution)
    checked = set(checked_functions(step))
    shown = _called(tree) & checked
    learnt = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in shown]
    learnt = [node for node in learnt if node.args.args or node.args.vararg or node.args.posonlyargs]
    if not learnt:
        return ""
    for node in learnt:
        node.decorator_list.insert(0, ast.Name("_by_heart", ast.Load()))
    program = ast.unparse(ast.fix_missing_locations(tree))
    return f"{_PRELUDE}{program}\n\n_ByHeart.learning = False\n"


def _called(tree: ast.Module) -> set[str]:
    """Functions that the program itself calls, outside all definitions: its visible examples."""
    outside = [node for node in tree.body if not isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    return {
        node.func.id
        for statement in outside
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
