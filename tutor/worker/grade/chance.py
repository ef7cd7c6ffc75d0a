"""Checks over seeds: a training function reaches its band on hidden seeds; the same seed gives the same values."""

from __future__ import annotations

import math
from typing import Any

from . import words
from .bench import Bench, CheckBody
from .cases import Case, names_in
from .compare import Rule, as_tensor, compare
from .mismatch import BrokenCheck, Difference, Mismatch

SEEDS = 3


def trains(check: CheckBody, bench: Bench) -> None:
    """The number meets `given` on every hidden seed."""
    expression, given = check["trains"], check.get("given", {})
    if not {"below", "above"} & set(given):
        raise BrokenCheck("`trains` needs `given: {below: …}` or `{above: …}`")
    deck = bench.deck(check, default_times=min(SEEDS, int(bench.step.get("times", SEEDS))))
    times = int(check.get("times") or SEEDS)
    for round in range(times):
        case = deck.deal(round)
        seed = case.seed % 100_000 + 1
        value = bench.judge.found(expression, bench.learner, case, extra={"seed": seed}, seed=seed)
        reached = _number(value, expression)
        where = f"seed {seed}"
        if "below" in given and not reached < given["below"]:
            raise Mismatch(_short(expression, reached, f"below {words.number(given['below'])}", times), where)
        if "above" in given and not reached > given["above"]:
            raise Mismatch(_short(expression, reached, f"above {words.number(given['above'])}", times), where)


def _short(expression: str, reached: float, wanted: str, times: int) -> str:
    return f"`{expression}` reached {words.number(reached)}; expected {wanted} on each of {times} seeds."


def _number(value: Any, expression: str) -> float:
    value = as_tensor(value)
    try:
        number = float(value) if not isinstance(value, (str, bytes)) else None
    except Exception:
        number = None
    if number is None:
        raise Mismatch(f"`{expression}` gave {words.value(value)}; expected a number.")
    if math.isnan(number):
        raise Mismatch(f"`{expression}` became nan; expected a number.")
    return number


def deterministic(check: CheckBody, bench: Bench) -> None:
    """The same seed twice gives equal values, another seed another.

    When the expression mentions `seed`, it must do the seeding itself: the generators are left in different states.
    """
    expression = check["deterministic"]
    own = "seed" in names_in(expression)

    def value(case: Case, seed: int, state: int) -> Any:
        return bench.judge.found(
            expression, bench.learner, case, extra={"seed": seed}, seed=state if own else seed
        )

    def decide(round: int) -> None:
        deck, seed = bench.deck(check), 11 + 13 * round
        first, second = value(deck.deal(round), seed, 1), value(deck.deal(round), seed, 2)
        third = value(deck.deal(round), seed + 1, 3)
        if not _alike(first, second):
            raise Mismatch(
                f"`{expression}` gives other values the second time with the same seed; expected the same."
            )
        if _alike(first, third):
            raise Mismatch(f"`{expression}` gives the same values under another seed; expected others.")

    bench.each_case(check, expression, decide)


def _alike(first: Any, second: Any) -> bool:
    try:
        compare(first, second, Rule(exact=True))
    except Difference:
        return False
    return True
