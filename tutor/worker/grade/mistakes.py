"""Recognises a known mistake by behaviour: the same check fails, with the same results on the same cases."""

from __future__ import annotations

import contextlib
import re
import time
from typing import Any

from .attempt import same_program, similarity
from .bench import Bench, CheckBody
from .cases import Case
from .compare import Rule, compare
from .kinds import decide, kind_of
from .mismatch import BrokenCheck, Difference, Mismatch
from .operations import EXPRESSIONS
from .patience import TooLong, within
from .side import Side

BUDGET = 4.0
"""Seconds that may go into recognising a mistake."""
ENOUGH = 1.5
"""Seconds after which one that was found is not compared with others that behave alike."""


def recognise(check: CheckBody, mismatch: Mismatch, bench: Bench) -> dict[str, Any] | None:
    """The `wrong` entry this answer behaves like, if any."""
    entries = [entry for entry in bench.step.get("wrong", []) if entry["fails"] == check["id"]]
    source = bench.step.get("source")
    for entry in entries:
        if source is not None and same_program(source, entry["code"]):
            return dict(entry)
    alike: list[dict[str, Any]] = []
    started = time.monotonic()
    for entry in entries:
        left = (ENOUGH if alike else BUDGET) - (time.monotonic() - started)
        with contextlib.suppress(TooLong), within(left):
            side = bench.judge.execute(entry["code"], bench.watches, "mistake")
            if side.error is None and _behaves_like(side, check, mismatch, bench):
                alike.append(dict(entry))
    return max(alike, key=lambda entry: similarity(source or "", entry["code"])) if alike else None


def recognise_error(error: BaseException, bench: Bench) -> dict[str, Any] | None:
    """The `wrong` entry that raises the same exception."""
    source = bench.step.get("source")
    entries = [entry for entry in bench.step.get("wrong", []) if entry["fails"] == "error"]
    for entry in entries:
        if source is not None and same_program(source, entry["code"]):
            return dict(entry)
    started = time.monotonic()
    for entry in entries:
        with contextlib.suppress(TooLong), within(BUDGET - (time.monotonic() - started)):
            side = bench.judge.execute(entry["code"], False, "mistake")
            if side.error is not None and _gist(side.error) == _gist(error):
                return dict(entry)
    return None


def _gist(error: BaseException) -> tuple[str, str]:
    return type(error).__name__, re.sub(r"\d+|'[^']*'", "#", str(error))


def _behaves_like(side: Side, check: CheckBody, mismatch: Mismatch, bench: Bench) -> bool:
    expression = _expression(check)
    if expression is not None:
        return _same_results(expression, check, side, bench)
    learner = bench.learner
    bench.learner = side
    try:
        decide(check, bench)
    except Mismatch as other:
        same = _form(other.sentence) == _form(mismatch.sentence)
        return same and ("behaviour" not in check or side.record.signature() == learner.record.signature())
    except BrokenCheck:
        return False
    finally:
        bench.learner = learner
    return False


def _expression(check: CheckBody) -> str | None:
    kind = kind_of(check)
    if kind in EXPRESSIONS or kind in (
        "holds",
        "raises",
        "batch_independent",
        "no_future_leak",
        "deterministic",
    ):
        return str(check[kind])
    return None


def _form(sentence: str) -> str:
    """A sentence without its numbers."""
    return re.sub(r"-?\d+(\.\d+)?(e[+-]?\d+)?", "#", sentence)


def _same_results(expression: str, check: CheckBody, side: Side, bench: Bench) -> bool:
    deck = bench.deck(check)
    for round in range(deck.rounds):
        mine, other = deck.deal(round), deck.deal(round)
        own = bench.judge.evaluate(expression, bench.learner, mine)
        theirs = bench.judge.evaluate(expression, side, other)
        if own.error is not None or theirs.error is not None:
            if own.error is None or theirs.error is None or _gist(own.error) != _gist(theirs.error):
                return False
        elif not _alike(own.value, theirs.value) or not _left_alike(own.value, theirs.value, mine, other):
            return False
    return True


def _alike(found: Any, expected: Any) -> bool:
    try:
        compare(found, expected, Rule())
    except Difference:
        return False
    except Exception:
        return False
    return True


def _left_alike(found: Any, expected: Any, mine: Case, other: Case) -> bool:
    """Inputs and gradients are left alike too."""
    for name, tensor in other.tensors().items():
        if not _alike(mine.names.get(name), tensor):
            return False
    traits = [
        (getattr(value, "requires_grad", False), getattr(value, "grad", None) is None)
        for value in (found, expected)
    ]
    return traits[0] == traits[1]
