"""Curves of any length in bounded memory: a streaming decimator that keeps every extreme and the last point."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

CAPACITY = 512
"""Buckets; at most twice as many are held before they pair up."""


@dataclass(slots=True)
class Bucket:
    """Neighbouring points: where the first stands, the extremes, the smoothed value at the end."""

    start: int
    low: float
    high: float
    smooth: float
    count: int = 1
    broken: bool = False
    """True when one of its values was NaN or infinite."""


@dataclass(slots=True)
class Series:
    """One curve, fed point by point."""

    name: str = "loss"
    smoothing: float = 0.9
    """Share of the past in the smoothed line; 0 leaves it raw."""
    buckets: list[Bucket] = field(default_factory=list)
    size: int = 1
    """Points a full bucket holds."""
    n: int = 0
    first: float = math.nan
    last: float = math.nan
    lowest: float = math.inf
    lowest_at: int = 0
    highest: float = -math.inf
    first_broken: int | None = None
    """The step of the first value that was NaN or infinite."""
    turns: int = 0
    """How often it changed its direction: a noisy curve does so at every other step."""
    _smooth: float = math.nan
    _weight: float = 0.0
    _before: float = math.nan
    _rising: bool | None = None

    def add(self, value: float, step: int | None = None) -> None:
        """Append one point; `step` says where it stands when points were left out, and never runs backwards."""
        at = self.end if step is None else max(step, self.end)
        if not self.n:
            self.first = value
        self.n += 1
        self.last = value
        finite = math.isfinite(value)
        if finite:
            self._take(value, at)
        elif self.first_broken is None:
            self.first_broken = at
        self._bucket(value if finite else math.nan, at, not finite)

    @property
    def end(self) -> int:
        """The step after the last point."""
        return self.buckets[-1].start + self.buckets[-1].count if self.buckets else 0

    @property
    def noisy(self) -> bool:
        """True when a smoothed line says more than the values themselves."""
        return self.turns > 0.2 * self.n

    def _turn(self, value: float) -> None:
        if value != self._before and not math.isnan(self._before):
            rising = value > self._before
            self.turns += self._rising is not None and rising != self._rising
            self._rising = rising
        self._before = value

    def _take(self, value: float, at: int) -> None:
        """Extremes, and the average that forgets; its first steps are corrected for having begun at nothing."""
        self._turn(value)
        if value < self.lowest:
            self.lowest, self.lowest_at = value, at
        self.highest = max(self.highest, value)
        past = self.smoothing
        before = 0.0 if math.isnan(self._smooth) else self._smooth
        self._smooth = past * before + (1 - past) * value
        self._weight = past * self._weight + (1 - past)

    def _bucket(self, value: float, at: int, broken: bool) -> None:
        smooth = self._smooth / self._weight if self._weight else math.nan
        current = self.buckets[-1] if self.buckets else None
        if current is not None and at - current.start < self.size:
            current.low = _least(current.low, value)
            current.high = _most(current.high, value)
            current.smooth, current.broken = smooth, current.broken or broken
            current.count = at - current.start + 1
            return
        start = at - at % self.size
        self.buckets.append(Bucket(start, value, value, smooth, at - start + 1, broken))
        while len(self.buckets) >= 2 * CAPACITY:
            self._pair_up()

    def _pair_up(self) -> None:
        """Halve the resolution: neighbours become one."""
        self.size *= 2
        paired: list[Bucket] = []
        for bucket in self.buckets:
            start = bucket.start - bucket.start % self.size
            if paired and paired[-1].start == start:
                before = paired[-1]
                before.low, before.high = _least(before.low, bucket.low), _most(before.high, bucket.high)
                before.smooth, before.broken = bucket.smooth, before.broken or bucket.broken
                before.count = bucket.start + bucket.count - start
            else:
                bucket.count += bucket.start - start
                bucket.start = start
                paired.append(bucket)
        self.buckets = paired


def _least(one: float, other: float) -> float:
    return other if math.isnan(one) or other < one else one


def _most(one: float, other: float) -> float:
    return other if math.isnan(one) or other > one else one
