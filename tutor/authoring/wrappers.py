"""Mutants that wrap a right function: its gradient doubled or cut, an axis too many, float64, its input clobbered."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tutor.authoring.mutants import Mutant, mutants
from tutor.lesson.model import Code

_FRAME = """

def _mutated(function):
    import functools
    import torch

    kept = []

    @functools.wraps(function)
    def mutant(*args, **kwargs):
        tensors = [one for one in args if isinstance(one, torch.Tensor)]
        result = function(*args, **kwargs)
        is_tensor = isinstance(result, torch.Tensor)
        if {applies}:
            {change}
        return result

    return mutant


{name} = _mutated({name})
"""

WRAPPERS = {
    "doubled gradient": ("is_tensor and result.requires_grad", "result = 2 * result - result.detach()"),
    "detached gradient": ("is_tensor and result.requires_grad", "result = result.detach()"),
    "extra leading axis": ("is_tensor", "result = result[None]"),
    "float64 result": ("is_tensor and result.dtype == torch.float32", "result = result.double()"),
    "other device": ("is_tensor", "result = result.to('meta')"),
    "input clobbered": (
        "tensors and tensors[0].numel()",
        "result = result.clone() if is_tensor else result; tensors[0].data.copy_(tensors[0].data.roll(1) * 0 + 1)",
    ),
    "the first answer for ever": (
        "(args or kwargs) and result is not None",
        "kept.append(result); result = kept[0]",
    ),
}
"""Name to when it makes a difference and what it does."""

PROBE = "raise RuntimeError('the wrapper applies')"


def slips(step: Code) -> Iterator[Mutant]:
    """The mutants of what the learner has to write."""
    return mutants(step.solution, step.starter, frozenset(_mentioned(step)))


def wrapped(step: Code) -> Iterator[tuple[Mutant, str]]:
    """Each wrapped solution, and a probe of it: a program that raises where the wrapper would change something."""
    for name in checked_functions(step):
        for what, (applies, change) in WRAPPERS.items():
            yield (
                Mutant(f"{what} of {name}", _framed(step.solution, name, applies, change)),
                _framed(step.solution, name, applies, PROBE),
            )


def _framed(solution: str, name: str, applies: str, change: str) -> str:
    return solution.rstrip("\n") + "\n" + _FRAME.format(name=name, applies=applies, change=change)


def checked_functions(step: Code) -> list[str]:
    """Functions that the solution defines and a check mentions; of classes, their `forward`."""
    defined = {name: called for node in ast.parse(step.solution).body for name, called in _callables(node)}
    mentioned = _mentioned(step)
    return [called for name, called in defined.items() if name in mentioned]


def _mentioned(step: Code) -> set[str]:
    """The names that checks use."""
    mentioned: set[str] = set()
    for check in step.checks:
        texts = (
            check.close,
            check.equal,
            check.grad_close,
            check.shape,
            check.dtype,
            check.holds,
            check.python,
        )
        for text in texts:
            mentioned |= _names(text or "")
    return mentioned


def _callables(node: ast.stmt) -> Iterator[tuple[str, str]]:
    match node:
        case ast.FunctionDef(name=name):
            yield name, name
        case ast.ClassDef(name=name, body=body):
            if any(isinstance(item, ast.FunctionDef) and item.name == "forward" for item in body):
                yield name, f"{name}.forward"


def _names(text: str) -> set[str]:
    try:
        return {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    except SyntaxError:
        return set()
