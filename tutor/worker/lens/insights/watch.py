"""Watches the first steps of training: are gradients cleared, do all parameters get one, does the loss stay a number?"""

from __future__ import annotations

import math
import weakref
from collections.abc import Callable
from typing import Any

import torch

from ..names import Names
from ..series import Series
from .found import Found

STEPS_WATCHED = 8
FORGOTTEN_TIMES = 2


Reference = Callable[[], Any]
"""A weak reference: watching keeps no tensor alive."""


def _nothing() -> Any:
    return None


class _Tended:
    """One optimizer: whether its gradients are cleared between its steps."""

    def __init__(self, optimizer: Any) -> None:
        self.optimizer = weakref.ref(optimizer)
        self.parameters = [weakref.ref(p) for group in optimizer.param_groups for p in group["params"]]
        self.steps = 0
        self.probe: Reference = _nothing
        self.expected: tuple[int, int] | None = None
        self.cleared = False
        self.touched = False
        self.forgotten = 0
        self.without: set[int] | None = None
        self.line: int | None = None


class TrainingWatch:
    """Hears what `Steps` hears, and draws conclusions."""

    def __init__(self, found: Found, names: Names) -> None:
        self._found, self._names = found, names
        self._tended: dict[int, _Tended] = {}
        self._leaves: dict[int | None, tuple[Reference, tuple[int, int], int, int]] = {}
        self._finite: dict[int | None, float] = {}
        self.stepped = 0

    def before_backward(self, series: Series) -> None:
        """Gradients still as the last step left them were not cleared."""
        for tended in self._tended.values():
            if (
                tended.expected is not None
                and tended.steps < STEPS_WATCHED
                and _state(tended.probe()) != tended.expected
            ):
                tended.cleared = True
        if not series.optimized and series.line in self._leaves:
            self._by_hand(series)

    def _by_hand(self, series: Series) -> None:
        """Without an optimizer: the leaf was updated since, its gradient was not cleared."""
        reference, gradient, version, times = self._leaves[series.line]
        leaf = reference()
        if times >= FORGOTTEN_TIMES or leaf is None or leaf.grad is None:
            return
        if _state(leaf) == gradient and leaf._version > version and bool(leaf.grad.count_nonzero()):
            times += 1
            self._leaves[series.line] = (reference, gradient, version, times)
            if times == FORGOTTEN_TIMES:
                self._tell_forgotten(series.line, self._names.parameters().get(id(leaf), "the parameter"))

    def after_backward(self, series: Series, loss: Any) -> None:
        """The gradients are there."""
        if series.backwards <= STEPS_WATCHED:
            for tended in self._tended.values():
                state = _state(tended.probe())
                tended.touched = tended.touched or state != tended.expected
                tended.expected = state
            if not series.optimized:
                self._remember_leaf(series)
        if isinstance(loss, float):
            self._check_number(series, loss)

    def _remember_leaf(self, series: Series) -> None:
        known = self._leaves.get(series.line)
        for reference in [known[0]] if known is not None else series.leaves:
            leaf = reference()
            state = _state(leaf)
            if leaf is not None and state is not None:
                times = known[3] if known is not None else 0
                self._leaves[series.line] = (reference, state, leaf._version, times)
                return

    def _check_number(self, series: Series, loss: float) -> None:
        if math.isfinite(loss):
            self._finite.setdefault(series.line, loss)
            return
        first = self._finite.get(series.line)
        came = f"It started at {first:.4g}. " if first is not None else ""
        self._found.tell(
            "nan_loss",
            series.line,
            f"The loss became {loss} at step {series.backwards - 1}. {came}A learning rate that is too large, log(0), sqrt(0) or a division by 0 are the usual causes.",
            step=series.backwards - 1,
            loss=str(loss),
        )

    def before_step(self, optimizer: Any) -> None:
        """The step is about to use the gradients."""
        tended = self._tended.get(id(optimizer))
        if tended is None or tended.optimizer() is not optimizer:
            tended = self._tended[id(optimizer)] = _Tended(optimizer)
        if tended.steps >= STEPS_WATCHED:
            return
        if tended.steps and tended.touched:
            tended.forgotten = 0 if tended.cleared else tended.forgotten + 1
        missing = {
            number for number, reference in enumerate(tended.parameters) if _lacks_gradient(reference())
        }
        tended.without = missing if tended.without is None else tended.without & missing

    def after_step(self, optimizer: Any, line: Callable[[], int | None]) -> bool:
        """The step has used the gradients."""
        self.stepped += 1
        tended = self._tended.get(id(optimizer))
        if tended is None:
            return False
        tended.steps += 1
        if tended.forgotten == FORGOTTEN_TIMES:
            self._tell_forgotten(line(), type(optimizer).__name__)
        tended.line = line()
        tended.probe = next(
            (reference for reference in tended.parameters if _has_gradient(reference())), _nothing
        )
        tended.expected, tended.cleared, tended.touched = _state(tended.probe()), False, False
        return tended.steps >= STEPS_WATCHED

    def _tell_forgotten(self, line: int | None, owner: str) -> None:
        self._found.tell(
            "zero_grad_forgotten",
            line,
            "The gradients are not cleared between steps: each backward adds to those of all steps before. Call optimizer.zero_grad() (or w.grad.zero_()) once per step.",
            owner=owner,
        )

    def finish(self) -> None:
        """What only the whole run tells: parameters that never got a gradient."""
        names = self._names.parameters()
        for tended in self._tended.values():
            if tended.steps < 2 or not tended.without:
                continue
            labels = [
                names.get(id(tended.parameters[number]()), f"parameter {number}")
                for number in sorted(tended.without)
            ]
            if len(tended.without) == len(tended.parameters):
                self._found.tell(
                    "optimizer_without_gradients",
                    tended.line,
                    "The optimizer steps, but none of its parameters ever gets a gradient: the loss is computed with other tensors than those it holds.",
                    parameters=labels[:8],
                )
            else:
                self._found.tell(
                    "parameters_without_gradient",
                    tended.line,
                    f"{len(labels)} of {len(tended.parameters)} parameters never get a gradient and stay as they were drawn: {', '.join(labels[:4])}.",
                    parameters=labels[:8],
                )


def _state(parameter: torch.Tensor | None) -> tuple[int, int] | None:
    """Identity and version of a gradient: both unchanged means that nobody touched it."""
    if parameter is None or parameter.grad is None:
        return None
    return id(parameter.grad), parameter.grad._version


def _has_gradient(parameter: torch.Tensor | None) -> bool:
    return parameter is not None and parameter.grad is not None and parameter.grad.layout is torch.strided


def _lacks_gradient(parameter: torch.Tensor | None) -> bool:
    return parameter is not None and parameter.requires_grad and parameter.grad is None
