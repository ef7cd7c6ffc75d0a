"""Checks on values: shape, dtype, device, and equality with the solution's value on the same case."""

from __future__ import annotations

from typing import Any

import torch

from . import words
from .bench import Bench, CheckBody
from .cases import Case
from .compare import Rule, as_tensor, compare
from .flow import same_gradients
from .mismatch import BrokenCheck, Difference, Mismatch


def shape(check: CheckBody, bench: Bench) -> None:
    """The shape equals the solution's, or the one given."""

    def decide(round: int) -> None:
        mine, theirs = bench.pairs(check, round)
        expression = check["shape"]
        found = _tensor(bench.judge.found(expression, bench.learner, mine), expression)
        wanted = _wanted(check, bench, theirs, lambda value: tuple(value.shape))
        if tuple(found.shape) != tuple(wanted):
            raise Mismatch(
                f"`{expression}` has shape {words.shape(found.shape)}; expected {words.shape(wanted)}."
            )

    bench.each_case(check, check["shape"], decide)


def dtype(check: CheckBody, bench: Bench) -> None:
    """The dtype equals the solution's, or the one given."""

    def decide(round: int) -> None:
        mine, theirs = bench.pairs(check, round)
        expression = check["dtype"]
        found = _tensor(bench.judge.found(expression, bench.learner, mine), expression)
        if "is" in check:
            wanted = getattr(torch, str(check["is"]).replace("torch.", ""), None)
            if not isinstance(wanted, torch.dtype):
                raise BrokenCheck(f"`{check['is']}` is not a dtype")
        else:
            wanted = _wanted(check, bench, theirs, lambda value: value.dtype)
        if found.dtype != wanted:
            raise Mismatch(
                f"`{expression}` has dtype {words.dtype(found.dtype)}; expected {words.dtype(wanted)}."
            )

    bench.each_case(check, check["dtype"], decide)


def device(check: CheckBody, bench: Bench) -> None:
    """The device's type equals the solution's, or the one given."""

    def decide(round: int) -> None:
        mine, theirs = bench.pairs(check, round)
        expression = check["device"]
        found = _tensor(bench.judge.found(expression, bench.learner, mine), expression)
        wanted = (
            str(check["is"])
            if "is" in check
            else _wanted(check, bench, theirs, lambda value: value.device.type)
        )
        if found.device.type != wanted.split(":")[0]:
            raise Mismatch(f"`{expression}` is on {found.device}; expected {wanted}.")

    bench.each_case(check, check["device"], decide)


def close(check: CheckBody, bench: Bench) -> None:
    """Values agree within the dtype's tolerance; in the requires_grad round gradients too, and inputs are left alike."""
    _same(check, bench, "close", exact=False)


def equal(check: CheckBody, bench: Bench) -> None:
    """Exactly equal."""
    _same(check, bench, "equal", exact=True)


def holds(check: CheckBody, bench: Bench) -> None:
    """The expression is true in every case."""
    from .side import reference_names

    extra = {"ref": reference_names(bench.reference())} if "ref" in check["holds"] else {}

    def decide(round: int) -> None:
        case = bench.deck(check).deal(round)
        expression = check["holds"]
        value = as_tensor(bench.judge.found(expression, bench.learner, case, extra=extra))
        try:
            true = bool(value)
        except Exception as error:
            raise Mismatch(f"`{expression}` gave {words.value(value)}; expected true or false.") from error
        if not true:
            raise Mismatch(f"`{expression}` is not true; expected it to hold in every case.")

    bench.each_case(check, check["holds"], decide)


def _same(check: CheckBody, bench: Bench, kind: str, exact: bool) -> None:
    expression = check[kind]
    rule = bench.rule(check, exact)

    def decide(round: int) -> None:
        mine, theirs = bench.pairs(check, round)
        expected = bench.judge.expected(check.get("to") or expression, bench.reference(), theirs)
        found = bench.judge.found(expression, bench.learner, mine)
        try:
            compare(found, expected, rule)
            same_gradients(found, expected, mine, theirs, rule)
        except Difference as difference:
            raise Mismatch(sentence(expression, difference)) from difference
        _inputs_alike(expression, mine, theirs)

    bench.each_case(check, expression, decide)


def sentence(expression: str, difference: Difference) -> str:
    """A difference as a sentence about an expression."""
    where = f"item {difference.path} of `{expression}`" if difference.path else f"`{expression}`"
    return f"{where[:1].upper()}{where[1:]} {difference.found}; expected {difference.expected}."


def _inputs_alike(expression: str, mine: Case, theirs: Case) -> None:
    for name, tensor in theirs.tensors().items():
        try:
            compare(mine.names.get(name), tensor, Rule(exact=True))
        except Difference as difference:
            raise Mismatch(
                f"`{expression}` changes its input `{name}`; expected `{name}` as it was."
            ) from difference


def _tensor(value: Any, expression: str) -> torch.Tensor:
    value = as_tensor(value)
    if not isinstance(value, torch.Tensor):
        raise Mismatch(f"`{expression}` is {words.kind(value)}; expected a tensor.")
    return value


def _wanted(check: CheckBody, bench: Bench, case: Case, part: Any) -> Any:
    """What the solution has, or the expression `is` evaluated with the solution's names."""
    if "is" in check:
        wanted = bench.judge.expected(check["is"], bench.reference(), case)
        return (wanted,) if isinstance(wanted, int) else tuple(wanted)
    expression = str(check.get("to") or check.get("shape") or check.get("dtype") or check.get("device"))
    value = as_tensor(bench.judge.expected(expression, bench.reference(), case))
    if not isinstance(value, torch.Tensor):
        raise BrokenCheck(f"`{expression}` is {words.kind(value)} with the solution; expected a tensor")
    return part(value)
