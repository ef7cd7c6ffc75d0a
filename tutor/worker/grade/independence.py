"""Checks that one part of the input does not touch another part of the output: rows of a batch, the future."""

from __future__ import annotations

from typing import Any

import torch

from . import words
from .bench import Bench, CheckBody, listed
from .cases import Case
from .compare import Rule, as_tensor, compare
from .mismatch import BrokenCheck, Difference, Mismatch

MOST_ROWS = 4


def batch_independent(check: CheckBody, bench: Bench) -> None:
    """Each row's result stays when all other rows change."""
    expression = check["batch_independent"]

    def decide(round: int) -> None:
        deck = bench.deck(check)
        name, batch = _input(check, deck.deal(round))
        whole = _rows(_value(expression, bench, deck.deal(round)), expression, batch.shape[0])
        for row in range(min(MOST_ROWS, batch.shape[0])):
            case = deck.deal(round)
            changed = _other(batch)
            changed[row] = batch[row]
            case.names[name] = changed
            again = _rows(_value(expression, bench, case), expression, batch.shape[0])
            if not _alike(again[row], whole[row]):
                raise Mismatch(
                    f"Row {row} of `{expression}` changes when the other rows of `{name}` change; expected it to stay."
                )

    bench.each_case(check, expression, decide)


def no_future_leak(check: CheckBody, bench: Bench) -> None:
    """Changing position j leaves the outputs before j."""
    expression = check["no_future_leak"]

    def decide(round: int) -> None:
        deck = bench.deck(check)
        name, sequence = _input(check, deck.deal(round))
        axis = int(check.get("given", {}).get("axis", 1 if sequence.dim() > 1 else 0))
        whole = _value(expression, bench, deck.deal(round))
        if whole.dim() <= axis or whole.shape[axis] != sequence.shape[axis]:
            raise Mismatch(
                f"`{expression}` has shape {words.shape(whole.shape)}; expected {sequence.shape[axis]} positions on axis {axis}."
            )
        for position in range(1, sequence.shape[axis]):
            case = deck.deal(round)
            kept = sequence.narrow(axis, 0, position)
            tail = _other(sequence).narrow(axis, position, sequence.shape[axis] - position)
            case.names[name] = torch.cat([kept, tail], axis)
            again = _value(expression, bench, case)
            if not _alike(again.narrow(axis, 0, position), whole.narrow(axis, 0, position)):
                raise Mismatch(
                    f"Changing `{name}` from position {position} on changes `{expression}` before it; expected no look ahead."
                )

    bench.each_case(check, expression, decide)


def _input(check: CheckBody, case: Case) -> tuple[str, torch.Tensor]:
    names = listed(check.get("of")) or list(case.tensors())
    value = case.names.get(names[0]) if names else None
    if not isinstance(value, torch.Tensor) or value.dim() == 0:
        raise BrokenCheck("`of` must name a tensor of the cases")
    return names[0], value.detach()


def _other(tensor: torch.Tensor) -> torch.Tensor:
    """The same shape with other values of the same sort."""
    if tensor.dtype == torch.bool:
        return ~tensor
    if not tensor.is_floating_point():
        return tensor.flip(0) if tensor.numel() < 2 else tensor.amax() + tensor.amin() - tensor
    return 1.5 - 2.0 * tensor


def _value(expression: str, bench: Bench, case: Case) -> torch.Tensor:
    value = as_tensor(bench.judge.found(expression, bench.learner, case))
    if not isinstance(value, torch.Tensor):
        raise Mismatch(f"`{expression}` is {words.kind(value)}; expected a tensor.")
    return value.detach()


def _rows(value: torch.Tensor, expression: str, rows: int) -> torch.Tensor:
    if value.dim() == 0 or value.shape[0] != rows:
        raise Mismatch(f"`{expression}` has shape {words.shape(value.shape)}; expected {rows} rows.")
    return value


def _alike(found: Any, expected: Any) -> bool:
    try:
        compare(found, expected, Rule())
    except Difference:
        return False
    return True
