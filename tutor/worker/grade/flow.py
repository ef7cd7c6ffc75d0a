"""Gradients of two results by the inputs of their cases: present where the solution has them, and equal."""

from __future__ import annotations

from typing import Any

import torch

from .cases import Case
from .compare import Rule, compare
from .mismatch import Difference


def same_gradients(found: Any, expected: Any, mine: Case, theirs: Case, rule: Rule) -> None:
    """In a case whose tensors require grad: the graph is not cut, and the gradients agree."""
    if not isinstance(expected, torch.Tensor) or not expected.requires_grad or expected.is_leaf:
        return
    leaves = [name for name, tensor in theirs.tensors().items() if tensor.requires_grad and tensor.is_leaf]
    leaves = [name for name in leaves if _is_leaf(mine.names.get(name))]
    if not leaves:
        return
    if not isinstance(found, torch.Tensor) or not found.requires_grad:
        raise Difference(
            "carries no gradient", "one: the graph was cut (detach, no_grad, item, or a new tensor)"
        )
    weights = seeded_like(expected)
    wanted = gradients(expected, [theirs.names[name] for name in leaves], weights)
    if wanted is None:
        return
    own = gradients(found, [mine.names[name] for name in leaves], weights)
    for place, name in enumerate(leaves):
        same_gradient(own[place] if own else None, wanted[place], name, rule)


def same_gradient(own: torch.Tensor | None, wanted: torch.Tensor | None, name: str, rule: Rule) -> None:
    """One gradient against the solution's."""
    if own is None or wanted is None:
        other = own if wanted is None else wanted
        if other is None or not bool(other.any()):
            return
        if own is None:
            raise Difference(f"passes no gradient to `{name}`", "one")
        raise Difference(f"passes a gradient to `{name}`", "none")
    try:
        compare(own, wanted, rule)
    except Difference as difference:
        raise Difference(
            f"has the right values but another gradient by `{name}`, which {difference.found}",
            difference.expected,
        ) from difference


def gradients(
    result: torch.Tensor, leaves: list[torch.Tensor], weights: torch.Tensor
) -> tuple[torch.Tensor | None, ...] | None:
    """The gradients of a weighted sum of the result; None when it cannot be differentiated."""
    try:
        return torch.autograd.grad(
            result, leaves, weights.to(result.dtype), allow_unused=True, retain_graph=True
        )
    except RuntimeError:
        return None


def seeded_like(result: torch.Tensor) -> torch.Tensor:
    """Weights for a sum, all different, so that mistakes in single elements do not cancel."""
    generator = torch.Generator().manual_seed(7)
    return 0.5 + torch.rand(result.shape, generator=generator, dtype=torch.float64).to(result.device)


def _is_leaf(value: Any) -> bool:
    return isinstance(value, torch.Tensor) and value.requires_grad and value.is_leaf
