"""Shapes that do not fit: matrix products, broadcasting, reshaping, joining."""

from __future__ import annotations

import ast
from typing import Any

import torch

from ...attributes import MISSING
from ..case import Case, Rule, product, shape

MATMUL = r"mat1 and mat2 shapes cannot be multiplied \((?P<rows>\d+)x(?P<given>\d+) and (?P<wanted>\d+)x(?P<out>\d+)\)"


def _linear(case: Case) -> dict[str, Any] | None:
    layer = case.layer
    if not isinstance(layer, torch.nn.Linear):
        return None
    given = case.local_tensor("input")
    return {
        "layer": case.layer_label(),
        "input": shape(given),
        "wanted": layer.in_features,
        "out": layer.out_features,
    }


def _image(case: Case) -> dict[str, Any] | None:
    found = _linear(case)
    given = case.local_tensor("input")
    if found is None or given is None or given.dim() < 3 or product(given.shape[1:]) != found["wanted"]:
        return None
    folded = "·".join(str(size) for size in given.shape[:-1])
    return {**found, "batch": given.shape[0], "axes": "·".join(map(str, given.shape[1:])), "folded": folded}


def _pair(case: Case) -> dict[str, Any] | None:
    pair = case.tensors()[:2]
    if len(pair) < 2:
        return None
    (left, a), (right, b) = pair
    return {"left": left, "right": right, "a": shape(a), "b": shape(b), "tensors": (a, b)}


def _transposed(case: Case) -> dict[str, Any] | None:
    found = _pair(case)
    if found is None:
        return None
    a, b = found["tensors"]
    return found if a.dim() >= 1 and b.dim() == 2 and a.shape[-1] == b.shape[-1] else None


def _operator(case: Case) -> str:
    node = case.place.node
    return type(node.op).__name__ if isinstance(node, (ast.BinOp, ast.AugAssign)) else ""


def _batched(case: Case) -> dict[str, Any] | None:
    return _pair(case) if _operator(case) == "MatMult" or "matmul" in case.place.expression else None


def _per_row(case: Case) -> dict[str, Any] | None:
    """One operand has one number for each row of the other."""
    found = _pair(case)
    if found is None:
        return None
    a, b = found["tensors"]
    for flat, wide, name, whole in (
        (b, a, found["right"], found["left"]),
        (a, b, found["left"], found["right"]),
    ):
        if flat.dim() == 1 and wide.dim() == 2 and flat.shape[0] == wide.shape[0]:
            return {
                **found,
                "flat": name,
                "wide": whole,
                "rows": flat.shape[0],
                "column": f"[{flat.shape[0]}, 1]",
            }
    return None


def _view(case: Case) -> dict[str, Any] | None:
    text, value = case.operand("receiver", "argument 1")
    if not isinstance(value, torch.Tensor):
        return None
    sizes = [int(size) for size in case.group("sizes").split(",")]
    known = product(size for size in sizes if size != -1)
    rows = int(value.shape[0]) if value.dim() else 1
    return {
        "name": text,
        "shape": shape(value),
        "product": "·".join(str(size) for size in sizes if size != -1),
        "known": known,
        "factors": "·".join(map(str, value.shape)),
        "rows": rows,
        "fits": "is not a multiple of" if -1 in sizes else "is not",
    }


def _receiver(case: Case) -> dict[str, Any] | None:
    text, value = case.operand("receiver", "value", "argument 1")
    if not isinstance(value, torch.Tensor):
        return None
    stride = "(" + ", ".join(map(str, value.stride())) + ")"
    return {
        "name": text,
        "shape": shape(value),
        "stride": stride,
        "axes": value.dim(),
        "last": value.dim() - 1,
    }


def _listed(case: Case) -> dict[str, Any] | None:
    _, value = case.operand("argument 1", "argument tensors")
    if value is MISSING or not isinstance(value, (list, tuple)):
        return {"shapes": ""}
    shapes = ", ".join(shape(item) for item in value if isinstance(item, torch.Tensor))
    return {"shapes": f" The shapes are {shapes}." if shapes else ""}


SHAPES = [
    Rule(
        "image-not-flattened",
        MATMUL,
        "The input {input} still has the shape of an image: layer {layer} takes {wanted} features per row, and {axes} = {wanted}. ({folded} = {rows} rows of {given} were tried.)",
        "Flatten it first: x.flatten(1) gives [{batch}, {wanted}].",
        _image,
    ),
    Rule(
        "linear-features",
        MATMUL,
        "Layer {layer} takes {wanted} features per row and was given {given}: its input is {input}.",
        "Make the layer nn.Linear({given}, {out}), or change what comes before it so that the last axis is {wanted}.",
        _linear,
    ),
    Rule(
        "matmul-transposed",
        MATMUL,
        "{left} is {a} and {right} is {b}: the last axis of {left} ({given}) must equal the first axis of {right} ({wanted}). Their last axes are equal, so {right} looks stored as [out, in].",
        "Use {left} @ {right}.T.",
        _transposed,
    ),
    Rule(
        "matmul-inner",
        MATMUL,
        "{left} is {a} and {right} is {b}: the last axis of {left} ({given}) must equal the first axis of {right} ({wanted}).",
        "Make these two sizes equal: look at which of {given} and {wanted} is meant, and where the other one was made.",
        _pair,
    ),
    Rule(
        "matrix-times-vector",
        r"size mismatch, got input \((?P<rows>\d+)\), mat \((?P<mat>\w+)\), vec \((?P<size>\d+)\)",
        "The matrix is {mat} (rows x columns) and the vector has {size} numbers: a vector needs one number for each column.",
        "Compare the vector's size with the matrix's last axis; perhaps the matrix should be transposed (.T).",
    ),
    Rule(
        "batch-matmul",
        r"Expected size for first two dimensions of batch2 tensor to be: \[(?P<batch>\d+), (?P<wanted>\d+)\] but got: \[(?P<batch2>\d+), (?P<given>\d+)\]",
        "A batched matrix product pairs matrix with matrix: the second operand must start with [{batch}, {wanted}] and starts with [{batch2}, {given}].",
        "Print both shapes; for attention-like products the second one often needs .transpose(-2, -1).",
    ),
    Rule(
        "dot-sizes",
        r"inconsistent tensor size, expected tensor \[(?P<a>\d+)\] and src \[(?P<b>\d+)\]",
        "A dot product needs two vectors of equal size: these have {a} and {b} numbers.",
        "Print both vectors' shapes one line earlier and make the sizes equal.",
    ),
    Rule(
        "matmul-batch-axes",
        r"The size of tensor a \((?P<x>\d+)\) must match the size of tensor b \((?P<y>\d+)\) at non-singleton dimension (?P<axis>\d+)",
        "{left} is {a} and {right} is {b}. @ multiplies the last two axes; the axes before them are batches and must be equal or 1, and these are {x} and {y}.",
        "Make the batch sizes equal, or leave the batch axis off one of them.",
        _batched,
    ),
    Rule(
        "broadcast-per-row",
        r"The size of tensor a \((?P<x>\d+)\) must match the size of tensor b \((?P<y>\d+)\) at non-singleton dimension (?P<axis>\d+)",
        "{left} is {a} and {right} is {b}: shapes are lined up at the last axis, where {x} and {y} differ and neither is 1. {flat} has one number per row of {wide}.",
        "Use {flat}[:, None] to make it {column}: then it is repeated along each row.",
        _per_row,
    ),
    Rule(
        "broadcast",
        r"The size of tensor a \((?P<x>\d+)\) must match the size of tensor b \((?P<y>\d+)\) at non-singleton dimension (?P<axis>\d+)",
        "{left} is {a} and {right} is {b}: lined up at the last axis, axis {axis} has the sizes {x} and {y}, and neither is 1.",
        "Sizes must be equal or 1: reshape one of them, or check which of {x} and {y} was meant.",
        _pair,
    ),
    Rule(
        "view-size",
        r"shape '\[(?P<sizes>[-\d, ]+)\]' is invalid for input of size (?P<count>\d+)",
        "{name} is {shape}: {factors} = {count} elements, which {fits} {product} = {known}.",
        "Keep the number of elements: {name}.view({rows}, -1), say, lets PyTorch work the last axis out.",
        _view,
    ),
    Rule(
        "view-stride",
        r"view size is not compatible with input tensor's size and stride",
        "{name} is {shape} with strides {stride}: its elements do not lie in memory in reading order (it was transposed, permuted or sliced), so no view can have that shape.",
        "Use {name}.reshape(...), which copies when it must.",
        _receiver,
    ),
    Rule(
        "cat-sizes",
        r"Sizes of tensors must match except in dimension (?P<axis>\d+)\. Expected size (?P<wanted>\d+) but got size (?P<given>\d+) for tensor number (?P<which>\d+)",
        "torch.cat joins along axis {axis}; every other axis must be equal. Tensor number {which} of the list (counted from 0) has {given} where the first has {wanted}.{shapes}",
        "Give dim= the axis in which they may differ, or make the others equal.",
        _listed,
    ),
    Rule(
        "stack-sizes",
        r"stack expects each tensor to be equal size, but got \[(?P<a>[\d, ]*)\] at entry 0 and \[(?P<b>[\d, ]*)\] at entry (?P<which>\d+)",
        "Stacking needs equal shapes: entry 0 is [{a}] and entry {which} is [{b}].",
        "Pad or cut the samples to one length; in a DataLoader do it in a collate_fn.",
    ),
    Rule(
        "dimension-range",
        r"Dimension out of range \(expected to be in range of \[(?P<low>-?\d+), (?P<high>-?\d+)\], but got (?P<given>-?\d+)\)",
        "{name} is {shape}: it has {axes} axes, numbered 0 to {last} (or -1 to -{axes}), and you asked for axis {given}.",
        "Check the shape one line earlier: perhaps an axis is missing (unsqueeze) or was already reduced.",
        _receiver,
    ),
    Rule(
        "ragged-list",
        r"expected sequence of length (?P<wanted>\d+) at dim (?P<axis>\d+) \(got (?P<given>\d+)\)",
        "The list is ragged: the first row has {wanted} entries and a later one has {given}. A tensor needs rows of equal length.",
        "Pad the short rows, or keep a list of tensors.",
    ),
    Rule(
        "einsum-sizes",
        r"einsum\(\): subscript (?P<letter>\w) has size (?P<a>\d+) for operand (?P<which>\d+) which does not broadcast with previously seen size (?P<b>\d+)",
        "In this einsum the letter {letter} stands for one size, but it is {b} in one operand and {a} in operand {which}.",
        "Check which axis each letter names; equal letters need equal sizes.",
    ),
]
