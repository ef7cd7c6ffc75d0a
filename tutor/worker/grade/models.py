"""Checks on a model's parameters: names, shapes, trainability, or how many numbers they hold."""

from __future__ import annotations

from typing import Any

import torch

from . import words
from .bench import Bench, CheckBody, listed
from .mismatch import BrokenCheck, Mismatch


def parameters(check: CheckBody, bench: Bench) -> None:
    """Parameters as the solution registers them, or as many numbers as `is` says."""
    expression, aspects = check["parameters"], listed(check.get("of"))

    def decide(round: int) -> None:
        mine, theirs = bench.pairs(check, round)
        model = _module(bench.judge.found(expression, bench.learner, mine), expression)
        if "is" in check:
            wanted = bench.judge.expected(check["is"], bench.reference(), theirs)
            return _same_count(expression, _count(model, "trainable" in aspects), int(wanted))
        other = bench.judge.expected(check.get("to") or expression, bench.reference(), theirs)
        if not isinstance(other, torch.nn.Module):
            raise BrokenCheck(f"`{expression}` is {words.kind(other)} with the solution; expected a module")
        if "count" in aspects or "trainable" in aspects:
            only = "trainable" in aspects
            return _same_count(expression, _count(model, only), _count(other, only))
        return _same_parameters(expression, model, other, shapes="names" not in aspects)

    bench.each_case(check, expression, decide)


def _module(value: Any, expression: str) -> torch.nn.Module:
    if not isinstance(value, torch.nn.Module):
        raise Mismatch(f"`{expression}` is {words.kind(value)}; expected a module.")
    return value


def _count(model: torch.nn.Module, trainable: bool) -> int:
    return sum(one.numel() for one in model.parameters() if one.requires_grad or not trainable)


def _same_count(expression: str, found: int, wanted: int) -> None:
    if found != wanted:
        raise Mismatch(f"`{expression}` registers {found} numbers in its parameters; expected {wanted}.")


def _same_parameters(expression: str, model: torch.nn.Module, other: torch.nn.Module, shapes: bool) -> None:
    own, wanted = dict(model.named_parameters()), dict(other.named_parameters())
    missing, extra = (
        [name for name in wanted if name not in own],
        [name for name in own if name not in wanted],
    )
    if missing:
        have = f"it has {', '.join(list(own)[:6])}" if own else "it has none"
        raise Mismatch(
            f"`{expression}` has no parameter `{missing[0]}` ({have}); expected {len(wanted)} parameters."
        )
    if extra:
        raise Mismatch(
            f"`{expression}` has a parameter `{extra[0]}`; expected only {', '.join(list(wanted)[:6])}."
        )
    for name, parameter in wanted.items() if shapes else ():
        found = own[name]
        if found.shape != parameter.shape:
            raise Mismatch(
                f"Parameter `{name}` of `{expression}` has shape {words.shape(found.shape)};"
                f" expected {words.shape(parameter.shape)}."
            )
        if found.requires_grad != parameter.requires_grad:
            did, asked = ("is trained", "frozen") if found.requires_grad else ("is frozen", "trained")
            raise Mismatch(f"Parameter `{name}` of `{expression}` {did}; expected it {asked}.")
