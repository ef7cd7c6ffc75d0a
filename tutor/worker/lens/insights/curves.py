"""Silent bugs that a whole curve gives away."""

from __future__ import annotations

import math

from ..series import Series
from .found import Found

ENOUGH_STEPS = 50


class Curve:
    """What must be remembered of a curve: its beginning, its recent mean, its spread."""

    def __init__(self, classes: int | None) -> None:
        self.classes = classes
        self.first: float | None = None
        self.farthest = 0.0

    def add(self, loss: float) -> None:
        """One more loss."""
        if self.first is None:
            self.first = loss
        if self.classes is not None and self.classes > 1:
            self.farthest = max(self.farthest, abs(loss - math.log(self.classes)))

    def conclude(self, series: Series, found: Found) -> None:
        """At the end of the run."""
        count, last = series.backwards, series.last
        if count < 10 or self.first is None or not math.isfinite(last):
            return
        guessing = math.log(self.classes) if self.classes is not None and self.classes > 1 else None
        if guessing is not None and count >= ENOUGH_STEPS and self.farthest < 0.02 * guessing:
            found.tell(
                "stuck_at_guessing",
                series.line,
                f"For {count} steps the loss stays at {last:.3f}, which is ln {self.classes}: the model guesses all {self.classes} classes alike. Check that the optimizer holds its parameters, and the learning rate.",
                loss=last,
                classes=self.classes,
                steps=count,
            )
        if self.first > 0 and last > 1000 * self.first:
            found.tell(
                "diverges",
                series.line,
                f"The loss grows, from {self.first:.4g} to {last:.4g}: the learning rate is too large.",
                first=self.first,
                last=last,
            )
