"""What is remembered of how a program trained: the calls in order, the losses, and what each forward ran in."""

from __future__ import annotations

import weakref
from typing import Any

import torch

MOST_CALLS = 20_000


class Forward:
    """One call of a root module."""

    def __init__(self, name: str, training: bool, grad_mode: bool) -> None:
        self.name = name
        self.training = training
        self.grad_mode = grad_mode


class Leaf:
    """A tensor that is trained: as it was when first seen and at its last backward."""

    def __init__(self, tensor: torch.Tensor, name: str) -> None:
        self.tensor = weakref.ref(tensor)
        self.name = name
        self.first = fingerprint(tensor)
        self.at_backward = self.first
        self.last = self.first
        self.had_gradient = False

    def changed(self) -> bool:
        """Is it another value than when it was first seen?"""
        return self.first != self.now()

    def now(self) -> tuple[float, float]:
        """The fingerprint of its present value, or the last one known."""
        tensor = self.tensor()
        if tensor is not None:
            self.last = fingerprint(tensor)
        return self.last


class Record:
    """The training calls of one run."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        """`zero_grad`, `forward`, `loss`, `backward` and `step`, in order; the first twenty thousand."""
        self.losses: list[float] = []
        self.forwards: list[Forward] = []
        self.backwards = 0
        self.updates = 0
        """Times a parameter was seen changed, or an optimizer stepped."""
        self.stale: list[int] = []
        """Numbers of the backwards that added to a gradient already used for an update."""
        self.wiped: list[int] = []
        """Numbers of the steps taken after the gradients were cleared."""
        self.early: list[int] = []
        """Numbers of the steps taken without a new backward."""
        self.steps = 0
        self.modes_at_backward: list[tuple[str, bool]] = []
        """The root module and its mode at the forward that led to each backward."""
        self.leaves: dict[int, Leaf] = {}
        self.operations: set[str] = set()
        """Torch functions called, where a check asks about technique."""

    def note(self, call: str) -> None:
        """Add one call."""
        if len(self.calls) < MOST_CALLS:
            self.calls.append(call)

    def leaf(self, tensor: torch.Tensor, name: str = "") -> Leaf:
        """The record of this tensor, made when it is first seen."""
        kept = self.leaves.get(id(tensor))
        if kept is None or kept.tensor() is not tensor:
            kept = Leaf(tensor, name)
            self.leaves[id(tensor)] = kept
        elif name and not kept.name:
            kept.name = name
        return kept

    def replaced(self) -> bool:
        """Was a trained tensor replaced by another (`w = w - …`) rather than changed in place?"""
        trained = [leaf for leaf in self.leaves.values() if leaf.had_gradient]
        return any(leaf.tensor() is None for leaf in trained) and len({leaf.first for leaf in trained}) > 1

    def signature(self) -> tuple[Any, ...]:
        """Equal for programs that train in the same manner."""
        modes = tuple((one.training, one.grad_mode) for one in self.forwards[-1:])
        flaws = (bool(self.stale), bool(self.wiped), bool(self.early))
        return (tuple(self.calls[:12]), flaws, self.backwards, self.steps, modes, self._changed())

    def _changed(self) -> tuple[int, int]:
        return len(self.leaves), sum(leaf.changed() for leaf in self.leaves.values())


def fingerprint(tensor: torch.Tensor) -> tuple[float, float]:
    """Two numbers that change when the values do."""
    with torch.no_grad():
        values = tensor.detach()
        if values.numel() == 0 or values.device.type == "meta" or values.is_complex():
            return (0.0, 0.0)
        norm = torch.linalg.vector_norm(values, dtype=torch.float64)
        return (float(values.sum(dtype=torch.float64)), float(norm))
