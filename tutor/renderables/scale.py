"""The vertical scale of a plot: linear or logarithmic, with ticks people can read."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tutor.renderables.numbers import number_text


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to a share of the height: 0 at the lowest, 1 at the highest."""

    low: float
    high: float
    log: bool = False

    @classmethod
    def over(cls, low: float, high: float, log: bool = False) -> Scale:
        """A scale that shows everything between two values, which may be equal or, on a log scale, not positive."""
        if log:
            high = max(high, 1e-300)
            low = min(max(low, high * 1e-12, 1e-300), high)
            return cls(low / 2, high * 2, True) if low == high else cls(low, high, True)
        if high <= low:
            margin = abs(high) / 2 or 0.5
            return cls(low - margin, high + margin)
        return cls(low, high)

    def share(self, value: float) -> float:
        """Where a value stands; kept within the scale."""
        if self.log:
            span = math.log10(self.high) - math.log10(self.low)
            place = (math.log10(max(value, self.low)) - math.log10(self.low)) / span
        else:
            # Halves first: the difference of two huge numbers may not be a float.
            place = (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return min(1.0, max(0.0, place))

    def ticks(self, wanted: int) -> list[tuple[float, str]]:
        """About `wanted` round values within the scale, lowest first, with their labels."""
        values = self._log_ticks(wanted) if self.log else self._linear_ticks(wanted)
        return [(value, number_text(value, 3)) for value in values]

    def _linear_ticks(self, wanted: int) -> list[float]:
        span = self.high - self.low
        if not math.isfinite(span):
            return [self.low, self.high]
        rough = span / max(1, wanted)
        size = 10.0 ** math.floor(math.log10(rough)) if rough > 1e-300 else rough
        step = next((size * times for times in (1, 2, 2.5, 5, 10) if size * times >= rough), rough) or 1.0
        first = math.ceil(self.low / step)
        count = min(4 * wanted + 4, math.floor(self.high / step) - first + 1)
        return [round((first + index) * step, 12 - math.floor(math.log10(step))) for index in range(count)]

    def _log_ticks(self, wanted: int) -> list[float]:
        low, high = math.log10(self.low), math.log10(self.high)
        if high - low < 1.5:
            bases = range(math.floor(low), math.ceil(high) + 1)
            fine = [times * 10.0**base for base in bases for times in (1, 2, 5)]
            return [value for value in fine if self.low <= value <= self.high]
        step = max(1, math.ceil((high - low) / max(1, wanted)))
        return [10.0**exponent for exponent in range(math.ceil(low), math.floor(high) + 1, step)]
