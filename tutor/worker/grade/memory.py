"""Checks on memory: what shares it, what does not, and that inputs are left as they were."""

from __future__ import annotations

import copy
from typing import Any

import torch

from . import words
from .bench import Bench, CheckBody
from .compare import Rule, compare
from .mismatch import Difference, Mismatch


def alias(check: CheckBody, bench: Bench) -> None:
    """The two expressions share memory."""
    _sharing(check, bench, check["alias"], wanted=True)


def noalias(check: CheckBody, bench: Bench) -> None:
    """The two expressions have memory of their own."""
    _sharing(check, bench, check["noalias"], wanted=False)


def _sharing(check: CheckBody, bench: Bench, pair: list[str], wanted: bool) -> None:
    both = f"({pair[0]}, {pair[1]})"

    def decide(round: int) -> None:
        case = bench.deck(check).deal(round)
        first, second = bench.judge.found(both, bench.learner, case)
        one, other = _storage(first, pair[0]), _storage(second, pair[1])
        if (one == other) is not wanted:
            did, asked = (
                ("share", "memory of their own") if one == other else ("do not share", "the same memory")
            )
            raise Mismatch(f"`{pair[0]}` and `{pair[1]}` {did} memory; expected {asked}.")

    bench.each_case(check, both, decide)


def _storage(value: Any, expression: str) -> int:
    if type(value).__module__ == "numpy" and hasattr(value, "base"):
        while getattr(value, "base", None) is not None and type(value.base).__name__ == "ndarray":
            value = value.base
        return int(value.__array_interface__["data"][0])
    if not isinstance(value, torch.Tensor):
        raise Mismatch(f"`{expression}` is {words.kind(value)}; expected a tensor.")
    return value.untyped_storage().data_ptr()


def pure(check: CheckBody, bench: Bench) -> None:
    """Evaluating the expression changes none of the case's values."""
    expression = check["pure"]

    def decide(round: int) -> None:
        case, before = bench.pairs(check, round)
        own = {
            name: _copied(value)
            for name, value in bench.learner.names.items()
            if isinstance(value, torch.Tensor)
        }
        bench.judge.found(expression, bench.learner, case)
        for name, value in before.names.items():
            try:
                compare(case.names[name], value, Rule(exact=True))
            except Difference as difference:
                raise Mismatch(
                    f"`{expression}` changes its input `{name}`; expected `{name}` as it was."
                ) from difference
        for name, value in own.items():
            if not _equal(bench.learner.names.get(name), value):
                raise Mismatch(f"`{expression}` changes `{name}`; expected `{name}` as it was.")

    bench.each_case(check, expression, decide)


def _copied(value: torch.Tensor) -> torch.Tensor:
    return copy.copy(value.detach()).clone()


def _equal(now: Any, before: torch.Tensor) -> bool:
    try:
        compare(now, before, Rule(exact=True))
    except Difference:
        return False
    return True
