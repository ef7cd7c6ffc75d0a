"""Dtypes that do not go together."""

from __future__ import annotations

from typing import Any

import torch

from ..case import Case, Rule, dtype, shape

SAME = r"(?:must have the same dtype, but got|to have the same dtype, but got:?) (?P<a>\w+) (?:and|!=) (?P<b>\w+)"


def _odd_one(case: Case) -> dict[str, Any] | None:
    """The operand that is not float32."""
    given = case.local_tensor("input")
    tensors = case.tensors() or ([("the input", given)] if given is not None else [])
    if given is not None and case.layer is not None:
        name = next((text for text, value in case.tensors() if value is given), "its input")
        tensors = [(name, given)]
    for text, value in tensors:
        if value.dtype != torch.float32:
            return {"name": text, "dtype": dtype(value), "shape": shape(value), "tensor": value}
    return None


def _whole_numbers(case: Case) -> dict[str, Any] | None:
    found = _odd_one(case)
    return found if found is not None and not found["tensor"].is_floating_point() else None


def _double(case: Case) -> dict[str, Any] | None:
    found = _odd_one(case)
    return found if found is not None and found["tensor"].dtype == torch.float64 else None


DTYPES = [
    Rule(
        "dtype-whole-numbers",
        SAME,
        "{name} is {dtype} (whole numbers), and the other side of the product is float32.",
        "Turn it into floats: {name}.float().",
        _whole_numbers,
    ),
    Rule(
        "dtype-double",
        SAME,
        "{name} is float64, and the other side of the product is float32. Arrays from NumPy are float64 unless told otherwise.",
        "Convert once, where the data is made: torch.from_numpy(a).float().",
        _double,
    ),
    Rule(
        "dtype-product",
        SAME,
        "The two sides of the product have the dtypes {a} and {b}: they must be the same.",
        "Convert one of them, usually with .float().",
    ),
    Rule(
        "dtype-found",
        r"expected scalar type (?P<wanted>\w+) but found (?P<given>\w+)",
        "One operand is {given} where {wanted} is needed: both must have the same dtype.",
        "Convert one of them: .float(), .long() or .to(other.dtype).",
    ),
    Rule(
        "dtype-grad",
        r"Only Tensors of floating point and complex dtype can require gradients",
        "Gradients are fractions, so only floating point tensors can have them; this one holds whole numbers.",
        "Write the numbers with a point (1. instead of 1), or give dtype=torch.float32.",
    ),
    Rule(
        "dtype-embedding",
        r"Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got (?P<given>[\w.]+)",
        "An embedding looks up rows by number: its indices must be whole numbers, and these are {given}.",
        "Use .long() on the indices, or keep them whole numbers from the start.",
    ),
    Rule(
        "dtype-index",
        r"tensors used as indices must be long, int, byte or bool tensors",
        "A tensor used as an index must hold whole numbers or booleans.",
        "Use .long() on the index, or compare to get a mask.",
    ),
    Rule(
        "dtype-mean",
        r"mean\(\): could not infer output dtype\. Input dtype must be either a floating point or complex dtype\. Got: (?P<given>\w+)",
        "The mean of whole numbers ({given}) may be a fraction, so torch wants floats.",
        "Use .float().mean().",
    ),
    Rule(
        "dtype-result-cast",
        r"result type (?P<given>\w+) can't be cast to the desired output type (?P<wanted>\w+)",
        "The result is {given}, but an in-place operation must fit into a {wanted} tensor.",
        "Make a new tensor instead (x = x + y), or convert the tensor with .float() first.",
    ),
]
