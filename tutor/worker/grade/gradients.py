"""Checks on gradients: against the solution's, and against finite differences in float64."""

from __future__ import annotations

from typing import Any

import torch

from . import words
from .bench import Bench, CheckBody, listed
from .cases import Case
from .compare import as_tensor, compare
from .flow import gradients, same_gradient, seeded_like
from .mismatch import BrokenCheck, Difference, Mismatch
from .side import Side
from .values import sentence


def grad_close(check: CheckBody, bench: Bench) -> None:
    """The gradient of an expression by each of `of`, or a leaf's own `.grad`, equals the solution's."""
    if not listed(check.get("of")):
        return _leaf_gradient(check, bench)
    expression = check["grad_close"]

    def decide(round: int) -> None:
        mine, theirs = bench.pairs(check, round)
        of = listed(check["of"])
        wanted = _by_each(check.get("to") or expression, of, bench, bench.reference(), theirs)
        if isinstance(wanted, Mismatch):
            raise BrokenCheck(f"with the solution {wanted.sentence}")
        own = _by_each(expression, of, bench, bench.learner, mine)
        if isinstance(own, Mismatch):
            raise own
        for name, one, other in zip(of, own, wanted):
            try:
                same_gradient(one, other, name, bench.rule(check))
            except Difference as difference:
                raise Mismatch(sentence(expression, difference)) from difference

    return bench.each_case(check, expression, decide)


def _leaf_gradient(check: CheckBody, bench: Bench) -> None:
    expression = check["grad_close"]

    def decide(round: int) -> None:
        mine, theirs = bench.pairs(check, round)
        expected = bench.judge.expected(check.get("to") or expression, bench.reference(), theirs)
        found = bench.judge.found(expression, bench.learner, mine)
        if not isinstance(expected, torch.Tensor):
            raise BrokenCheck(
                f"`{expression}` is {words.kind(expected)} with the solution; expected a tensor"
            )
        if not isinstance(found, torch.Tensor):
            raise Mismatch(f"`{expression}` is {words.kind(found)}; expected a tensor with a gradient.")
        if found.is_leaf and found.grad is None and expected.grad is not None:
            without = "" if found.requires_grad else ", and does not require one"
            raise Mismatch(f"`{expression}` has no `.grad`{without}; expected a gradient after backward.")
        if not found.is_leaf and expected.is_leaf:
            raise Mismatch(
                f"`{expression}` is computed from other tensors, so it keeps no `.grad`; expected a leaf."
            )
        try:
            compare(found.grad, expected.grad, bench.rule(check))
        except Difference as difference:
            raise Mismatch(sentence(f"{expression}.grad", difference)) from difference

    bench.each_case(check, expression, decide)


def _by_each(expression: str, of: list[str], bench: Bench, side: Side, case: Case) -> Any:
    """The gradients of the expression by each of `of`; a `Mismatch` when there are none to be had."""
    try:
        leaves = [_leaf(name, bench, side, case) for name in of]
        value = bench.judge.found(expression, side, case)
    except Mismatch as mismatch:
        return mismatch
    value = as_tensor(value)
    if not isinstance(value, torch.Tensor):
        return Mismatch(f"`{expression}` is {words.kind(value)}; expected a tensor with a gradient.")
    if not value.requires_grad:
        return Mismatch(
            f"`{expression}` carries no gradient; expected one: the graph was cut (detach, no_grad, item, or a new tensor)."
        )
    found = gradients(value, leaves, seeded_like(value))
    if found is None:
        return Mismatch(f"`{expression}` cannot be differentiated by {', '.join(of)}; expected a gradient.")
    return found


def _leaf(name: str, bench: Bench, side: Side, case: Case) -> torch.Tensor:
    """What to differentiate by: a case's tensor is made to require grad, a program's tensor is taken as it is."""
    value = case.names.get(name)
    if isinstance(value, torch.Tensor):
        if not (value.is_floating_point() or value.is_complex()):
            raise BrokenCheck(f"`{name}` holds {words.dtype(value.dtype)}; only floats have gradients")
        leaf = value if value.requires_grad else value.detach().requires_grad_()
        case.names[name] = leaf
        return leaf
    found = bench.judge.found(name, side, case)
    if not isinstance(found, torch.Tensor):
        raise Mismatch(f"`{name}` is {words.kind(found)}; expected a tensor.")
    if not found.requires_grad:
        raise Mismatch(f"`{name}` does not require grad; expected requires_grad=True.")
    return found


def gradcheck(check: CheckBody, bench: Bench) -> None:
    """Autograd agrees with finite differences in float64."""
    expression, of = check["gradcheck"], listed(check.get("of"))

    def decide(round: int) -> None:
        case = bench.deck(check).deal(round)
        names = of or [name for name, tensor in case.tensors().items() if tensor.is_floating_point()]
        if not names:
            raise BrokenCheck("gradcheck needs `of`: what to differentiate by")
        inputs = tuple(case.names[name].detach().double().requires_grad_() for name in names)

        def function(*values: torch.Tensor) -> Any:
            case.names.update(zip(names, values))
            value = bench.judge.found(expression, bench.learner, case)
            if not isinstance(value, torch.Tensor):
                raise Mismatch(f"`{expression}` is {words.kind(value)}; expected a tensor.")
            return value

        if not function(*inputs).requires_grad:
            raise Mismatch(f"`{expression}` carries no gradient; expected one.")
        try:
            torch.autograd.gradcheck(function, inputs, eps=1e-6, atol=1e-5, rtol=1e-3, nondet_tol=1e-7)
        except (RuntimeError, ValueError) as error:
            raise Mismatch(_disagreement(expression, names, error)) from error

    bench.each_case(check, expression, decide)


def _disagreement(expression: str, names: list[str], error: Exception) -> str:
    first = " ".join(str(error).split())
    if "Jacobian mismatch" in first:
        return f"The backward of `{expression}` by {', '.join(names)} disagrees with finite differences; expected them to agree."
    return f"The backward of `{expression}` failed: {first[:160]}"
