"""One curve: the steps that one `backward` line made. All steps are kept up to a thousand, then the extremes of each 20 ms."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import Any

ALL_UP_TO = 1000
PAUSE = 0.02
"""Seconds between two emissions of a long run; each sends at most two points."""


_EMPTY: dict[str, float] = {}


class Point:
    """One step, waiting to be sent. `losses` may still be tensors on a device."""

    grads: Any = _EMPTY
    params: Any = _EMPTY
    no_grad: Sequence[str] = ()

    def __init__(self, step: int, losses: list[Any], mode: str, lr: float | None) -> None:
        self.step, self.losses, self.mode, self.lr = step, losses, mode, lr

    def loss(self) -> float | None:
        """The loss of the step; waits for the device if it must."""
        if len(self.losses) == 1 and type(self.losses[0]) is float:
            return self.losses[0]
        numbers = [float(loss) for loss in self.losses if loss is not None]
        if not numbers:
            return None
        if self.mode == "first":
            return numbers[0]
        return sum(numbers) / (len(numbers) if self.mode == "mean" else 1)


class Series:
    """The steps of one line, and what of them was not sent yet."""

    def __init__(self, name: str, line: int | None, optimized: bool) -> None:
        self.name, self.line, self.optimized = name, line, optimized
        self.total: int | None = None
        self.leaves: list[Any] = []
        """Weak references to a few of the tensors that get gradients."""
        self.backwards = 0
        self.steps = 0
        self.pending: list[Any] = []
        self.steady = False
        """Its first steps were looked at, and each loss was a float on the CPU."""
        self.last = math.nan
        self.divided = False
        self.in_closure = False
        self.ready: list[Point] = []
        self._sent_at = 0.0
        self._low, self._high = math.inf, -math.inf
        self._low_step = self._high_step = -1
        self._lr: float | None = None

    def close_step(self, lr: float | None) -> Point | None:
        """The pending backward passes become one step."""
        if not self.pending:
            return None
        if len(self.pending) == 1 and self.steps >= ALL_UP_TO and type(self.pending[0]) is float:
            self.quick_step(self.pending.pop(), lr)
            return None
        mode = "first" if self.in_closure else "sum" if self.divided or len(self.pending) == 1 else "mean"
        point = Point(self.steps, self.pending, mode, lr)
        self.pending, self.in_closure = [], False
        self.steps += 1
        self.ready.append(point)
        return point

    def quick_step(self, loss: float, lr: float | None) -> None:
        """One step of one float, written for speed: it runs once per step of training."""
        step = self.steps
        self.steps = step + 1
        if step < ALL_UP_TO:
            self.ready.append(Point(step, [loss], "sum", lr))
            return
        if not self._low <= loss:
            self._low, self._low_step = loss, step
        if not loss <= self._high:
            self._high, self._high_step = loss, step
        self._lr = lr
        if not step & 7 and time.perf_counter() - self._sent_at >= PAUSE:
            self.close_bucket()

    def close_bucket(self) -> None:
        """The extremes since the last emission become ready, in their order."""
        self._sent_at = time.perf_counter()
        found = {self._low_step: self._low, self._high_step: self._high}
        self.ready += [Point(step, [found[step]], "sum", self._lr) for step in sorted(found) if step >= 0]
        self._low, self._high, self._low_step, self._high_step = math.inf, -math.inf, -1, -1

    def close(self) -> None:
        """At the end of the run: the last step is always sent."""
        while len(self.pending) > 1:  # no optimizer step came: each pass was one of its own
            rest, self.pending = self.pending[1:], self.pending[:1]
            self.close_step(None)
            self.pending = rest
        self.close_step(None)
        self.close_bucket()
        if self.steps > ALL_UP_TO and self.ready and self.ready[-1].step < self.steps - 1:
            self.ready.append(Point(self.steps - 1, [self.last], "sum", self._lr))

    def take(self) -> list[Point]:
        """Points to send now."""
        ready, self.ready = self.ready, []
        return ready

    def event(self, point: Point) -> dict[str, Any]:
        """Keys of the `step` event; what is empty is left out."""
        keys: dict[str, Any] = {"step": point.step, "n": max(self.steps, point.step + 1), "series": self.name}
        keys.update(line=self.line, loss=point.loss())
        if point.lr is not None:
            keys["lr"] = point.lr
        if point.grads is not _EMPTY:
            keys.update(grads=numbers_of(point.grads), params=numbers_of(point.params), no_grad=point.no_grad)
        if (
            self.total is not None
            and self.backwards == self.steps + len(self.pending)
            and self.steps <= self.total
        ):
            keys["total"] = self.total
        return keys


def numbers_of(norms: Any) -> dict[str, float]:
    """Names to norms; a pair of names and a tensor is read only now, when its device may be waited for."""
    if isinstance(norms, dict):
        return norms
    names, values = norms
    return dict(zip(names, [float(f"{x:.6g}") for x in values.tolist()]))
