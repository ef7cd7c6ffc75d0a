"""Indices, scalars and truth values of tensors."""

from __future__ import annotations

from typing import Any

import torch

from ..case import Case, Rule, shape


def _indexed(case: Case) -> dict[str, Any] | None:
    text, value = case.operand("value", "receiver")
    if not isinstance(value, torch.Tensor):
        return None
    return {"name": text, "shape": shape(value), "axes": value.dim()}


def _sized(case: Case) -> dict[str, Any] | None:
    text, value = case.operand("value")
    if type(value) not in (list, tuple, str):
        return None
    last = len(value) - 1
    told = f"its places are 0 to {last} (or -1 to -{len(value)})" if value else "it is empty"
    return {"name": text, "kind": type(value).__name__, "length": len(value), "told": told}


def _truth(case: Case) -> dict[str, Any] | None:
    found = case.tensors()
    return {
        "shape": f" ({found[0][0]} is {shape(found[0][1])})" if found else "",
        "text": case.place.expression,
    }


def _scalar(case: Case) -> dict[str, Any] | None:
    found = case.tensors()
    return {"name": found[0][0] if found else "x"}


INDEXING = [
    Rule(
        "index-range",
        r"index (?P<index>-?\d+) is out of bounds for dimension (?P<axis>\d+) with size (?P<size>\d+)",
        "{name} is {shape}: axis {axis} has {size} places, counted from 0, so {index} is outside.",
        "The last one is -1 or {size} - 1; check where the {index} comes from.",
        _indexed,
    ),
    Rule(
        "index-axes",
        r"too many indices for tensor of dimension (?P<axes>\d+)",
        "{name} is {shape}: it has {axes} axes, and there are more indices than that.",
        "Use at most one index per axis; print {name}.shape one line earlier.",
        _indexed,
    ),
    Rule(
        "list-index",
        r"^(?:list|tuple|string) index out of range",
        "{name} has {length} entries: {told}.",
        "Check the index, and remember that counting starts at 0.",
        _sized,
    ),
    Rule(
        "scalar-needed",
        r"a Tensor with (?P<count>\d+) elements cannot be converted to Scalar",
        "{name} has {count} elements, and .item(), float() and int() take exactly one.",
        "Reduce it first, {name}.mean().item() say, or use {name}.tolist() for all of them.",
        _scalar,
    ),
    Rule(
        "only-one-element",
        r"only one element tensors can be converted to Python scalars|only integer tensors of a single element can be converted to an index",
        "A tensor with several elements (or fractions) was used where one whole number is needed.",
        "Use .item() on a single element, or int(x).",
    ),
    Rule(
        "truth-value",
        r"Boolean value of Tensor with more than one value is ambiguous",
        "A comparison of tensors gives one answer per element{shape}; `if` needs a single one.",
        "Say what is meant: (...).all(), (...).any(), or torch.where to choose element by element.",
        _truth,
    ),
    Rule(
        "truth-empty",
        r"Boolean value of Tensor with no values is ambiguous",
        "This tensor is empty, so it is neither true nor false.",
        "Ask for its size instead: x.numel() > 0.",
    ),
    Rule(
        "mask-shape",
        r"The shape of the mask \[(?P<mask>[\d, ]*)\] at index (?P<axis>\d+) does not match the shape of the indexed tensor \[(?P<shape>[\d, ]*)\]",
        "The mask is [{mask}] and the tensor [{shape}]: they differ at axis {axis}.",
        "A mask must have the tensor's own first axes; make it by comparing that tensor.",
    ),
]
