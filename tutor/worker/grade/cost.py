"""Checks on cost: time and peak memory of an expression as ratios of the solution's on the same case."""

from __future__ import annotations

import time
from typing import Any

import torch

from . import words
from .bench import Bench, CheckBody
from .mismatch import BrokenCheck, Mismatch
from .side import Side

STRETCH = 8
REPEATS = 5


def cost(check: CheckBody, bench: Bench) -> None:
    """Time or peak memory stays below the given ratio."""
    given = check.get("given", {})
    if not {"time", "memory"} & set(given):
        raise BrokenCheck("`cost` needs `given: {time: …}` or `{memory: …}`")
    for aspect, measure in (("time", _seconds), ("memory", _peak)):
        if aspect not in given:
            continue
        theirs = measure(check["cost"], bench, bench.reference(), check)
        mine = measure(check["cost"], bench, bench.learner, check)
        ratio = mine / max(theirs, 1e-9)
        if ratio > given[aspect]:
            raise Mismatch(
                f"`{check['cost']}` takes {words.number(ratio)} times the {aspect} of the reference;"
                f" expected at most {words.number(given[aspect])} times."
            )


def _seconds(expression: str, bench: Bench, side: Side, check: CheckBody) -> float:
    """The best of several tries: the one least disturbed by other programs."""
    best = float("inf")
    for _ in range(REPEATS):
        case = bench.deck(check).deal(0, STRETCH)
        clock = _Clock()
        bench.judge.found(expression, side, case, around=clock)
        best = min(best, clock.seconds)
    return best


class _Clock:
    """CPU seconds between enter and exit."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __enter__(self) -> None:
        self._start = time.process_time()

    def __exit__(self, *_: object) -> None:
        self.seconds = time.process_time() - self._start


def _peak(expression: str, bench: Bench, side: Side, check: CheckBody) -> float:
    """The most bytes held at once, from the allocator's own events."""
    case = bench.deck(check).deal(0, STRETCH)
    profile: Any = torch.autograd.profiler.profile(profile_memory=True, use_kineto=True)
    bench.judge.found(expression, side, case, around=profile)
    held = most = 0
    for event in profile.kineto_results.events():
        if event.name() == "[memory]":
            held += event.nbytes()
            most = max(most, held)
    return float(most)
