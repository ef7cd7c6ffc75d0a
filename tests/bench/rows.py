"""A measurement as `make bench` prints it: ratios of things measured side by side, in one run, and the goal they are held to."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report."""

    name: str
    value: float
    unit: str
    """`x` for ratios, `ms`, `%`, `bytes`."""
    goal: str = ""
    met: bool | None = None
    """None where there is no goal: a part of what another row measures."""

    def __str__(self) -> str:
        """One line of text."""
        mark = "" if self.met is None else "  met" if self.met else "  MISSED"
        goal = f"  goal {self.goal}" if self.goal else ""
        return f"{self.name:68} {self.value:9.2f} {self.unit:5}{goal}{mark}"


def interleaved(rounds: int, *measures: Callable[[], float]) -> list[float]:
    """The median of each measure; one round takes all in turn, so that a busy moment hits all alike."""
    taken: list[list[float]] = [[] for _ in measures]
    for _ in range(rounds):
        for measure, values in zip(measures, taken, strict=True):
            values.append(measure())
    return [statistics.median(values) for values in taken]


def times_faster(name: str, slow: float, quick: float, goal: float) -> Row:
    """How many times faster the second is."""
    return Row(name, slow / quick, "x", f">= {goal:g}", slow / quick >= goal)


def at_most(name: str, value: float, unit: str, goal: float) -> Row:
    """A number that should stay small."""
    return Row(name, value, unit, f"<= {goal:g}", value <= goal)


def report(title: str, rows: Iterable[Row]) -> None:
    """Print one group."""
    print(f"\n{title}")
    for row in rows:
        print(f"  {row}", flush=True)
