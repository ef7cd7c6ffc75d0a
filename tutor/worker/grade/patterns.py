"""How a wrong tensor relates to the right one: twice it, its negative, its transpose. Says the slip, not the answer."""

from __future__ import annotations

import torch

from . import words

_SLIPS = (2.0, 0.5, 3.0, -1.0, -2.0)
"""Factors that mean something even when there is a single number to compare."""


def relation(found: torch.Tensor, expected: torch.Tensor) -> str:
    """One clause about the relation, or nothing when there is none."""
    if not found.is_floating_point() or not bool(torch.isfinite(expected).all()):
        return ""
    bad = int((~torch.isfinite(found)).sum())
    if bad:
        return f"{bad} of your values {'is' if bad == 1 else 'are'} nan or inf"
    left, right = found.double(), expected.double()
    if bool((left == 0).all()):
        return "all your values are zero"
    if left.dim() >= 2 and left.shape[-1] == left.shape[-2] and _close(left.transpose(-1, -2), right):
        return "yours is its transpose"
    return _factor(left, right) or _offset(left, right)


def _close(left: torch.Tensor, right: torch.Tensor) -> bool:
    return bool(torch.allclose(left, right, rtol=1e-4, atol=1e-6))


def _factor(left: torch.Tensor, right: torch.Tensor) -> str:
    big = right.abs() > 1e-6
    if not bool(big.any()):
        return ""
    ratios = left[big] / right[big]
    factor = float(ratios.mean())
    if ratios.numel() == 1 and not any(abs(factor - slip) < 1e-4 for slip in _SLIPS):
        return ""
    if abs(factor) < 1e-9 or not _close(left, right * factor):
        return ""
    return (
        "yours has the opposite sign"
        if abs(factor + 1) < 1e-4
        else f"yours is {words.number(factor)} times that"
    )


def _offset(left: torch.Tensor, right: torch.Tensor) -> str:
    if left.numel() < 2:
        return ""
    offset = float((left - right).mean())
    return f"yours is off by {words.number(offset)} everywhere" if _close(left, right + offset) else ""
