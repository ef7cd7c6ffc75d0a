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
        self._low: Point | None = None
        self._high: Point | None = None
        self._last: Point | None = None

    def close_step(self, lr: float | None) -> Point | None:
        """The pending backward passes become one step."""
        if not self.pending:
            return None
        mode = "first" if self.in_closure else "sum" if self.divided or len(self.pending) == 1 else "mean"
        point = Point(self.steps, self.pending, mode, lr)
        self.pending, self.in_closure = [], False
        self.steps += 1
        self._keep(point)
        return point

    def _keep(self, point: Point) -> None:
        if point.step < ALL_UP_TO:
            self.ready.append(point)
            return
        self._last = point
        loss = point.losses[0]
        if isinstance(loss, float):
            if self._low is None or loss < self._low.losses[0] or loss != loss:
                self._low = point
            if self._high is None or loss > self._high.losses[0]:
                self._high = point
        now = time.perf_counter()
        if now - self._sent_at >= PAUSE:
            self._sent_at = now
            self.close_bucket()

    def close_bucket(self) -> None:
        """The extremes since the last emission become ready, in their order."""
        chosen = {p.step: p for p in (self._low, self._high) if p is not None} or {
            p.step: p for p in (self._last,) if p
        }
        self.ready += [chosen[step] for step in sorted(chosen)]
        self._low = self._high = None

    def close(self) -> None:
        """At the end of the run: the last step is always sent."""
        while len(self.pending) > 1:  # no optimizer step came: each pass was one of its own
            rest, self.pending = self.pending[1:], self.pending[:1]
            self.close_step(None)
            self.pending = rest
        self.close_step(None)
        last = self._last
        if last is not None:
            self.close_bucket()
            if not self.ready or self.ready[-1].step < last.step:
                self.ready.append(last)

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
