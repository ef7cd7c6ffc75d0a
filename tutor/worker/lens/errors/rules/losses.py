"""Losses: classes, targets, probabilities."""

from __future__ import annotations

from typing import Any

from ..case import Case, Rule, dtype, shape


def _target(case: Case) -> dict[str, Any] | None:
    target, given = case.local_tensor("target"), case.local_tensor("input")
    if target is None or given is None:
        return None
    labels = {id(value): text for text, value in case.tensors()}
    return {
        "target": shape(target),
        "target_dtype": dtype(target),
        "input": shape(given),
        "name": labels.get(id(target), "target"),
        "given": labels.get(id(given), "input"),
        "rows": target.shape[0] if target.dim() else 1,
        "tensors": (given, target),
    }


def _squeezable(case: Case) -> dict[str, Any] | None:
    found = _target(case)
    return found if found is not None and found["tensors"][1].shape[-1:] == (1,) else None


def _classes(case: Case) -> dict[str, Any] | None:
    found = _target(case)
    if found is None:
        return None
    given, target = found["tensors"]
    classes = int(given.shape[1] if given.dim() > 1 else given.shape[0])
    low, high = int(target.min()), int(target.max())
    shifted = (
        f" All targets lie in {low} to {high}: they seem to be counted from 1."
        if low == 1 and high == classes
        else ""
    )
    return {**found, "classes": classes, "last": classes - 1, "low": low, "high": high, "shifted": shifted}


def _range(case: Case) -> dict[str, Any] | None:
    found = _target(case)
    if found is None:
        return None
    given, target = (tensor.detach() for tensor in found["tensors"])
    outside = given if float(given.min()) < 0 or float(given.max()) > 1 else target
    which = found["given"] if outside is given else found["name"]
    return {"which": which, "low": f"{float(outside.min()):.4g}", "high": f"{float(outside.max()):.4g}"}


def _columns(case: Case) -> dict[str, Any] | None:
    found = _target(case)
    if found is None:
        return None
    given, target = found["tensors"]
    if given.dim() == target.dim() + 1 and given.shape[-1] == 1:
        return {**found, "fix": f"{found['given']}.squeeze(1), or {found['name']}[:, None]"}
    if target.dim() == given.dim() + 1 and target.shape[-1] == 1:
        return {**found, "fix": f"{found['name']}.squeeze(1)"}
    return {**found, "fix": "a reshape of one of them, so that element stands against element"}


LOSSES = [
    Rule(
        "target-dtype",
        r"expected target dtype to be Long or Byte, but got (?P<got>\w+)|expected scalar type Long but found (?P<old>\w+)",
        "Cross-entropy takes class numbers as int64: {name} is {target_dtype}, {target}. (Probabilities for each class are allowed too, but then the target needs the shape of the input, {input}.)",
        "Use {name}.long().",
        _target,
    ),
    Rule(
        "target-axis",
        r"0D or 1D target tensor expected, multi-target not supported",
        "{name} is {target}: cross-entropy wants one class number per row, [{rows}].",
        "Use {name}.squeeze(1).",
        _squeezable,
    ),
    Rule(
        "target-one-hot",
        r"0D or 1D target tensor expected, multi-target not supported",
        "{name} is {target} with dtype {target_dtype}: cross-entropy wants one class number per row, [{rows}].",
        "If it is one-hot, use {name}.argmax(1), or {name}.float() to give probabilities.",
        _target,
    ),
    Rule(
        "batch-sizes",
        r"Expected input batch_size \((?P<a>\d+)\) to match target batch_size \((?P<b>\d+)\)",
        "The input has {a} rows ({input}) and the target {b} ({target}): every row needs its own target.",
        "Usually a reshape moved rows, or input and target come from different batches: print both shapes where they are made.",
        _target,
    ),
    Rule(
        "target-range",
        r"Target (?P<class>-?\d+) is out of bounds",
        "The input has {classes} columns, so classes are 0 to {last}, and {name} holds {class} (its values run from {low} to {high}).{shifted}",
        "Make the last layer as wide as there are classes, or count the classes from 0.",
        _classes,
    ),
    Rule(
        "bce-range",
        r"all elements of (?:input|target) should be between 0 and 1",
        "Binary cross-entropy takes probabilities, and {which} runs from {low} to {high}: these are raw scores.",
        "Use nn.BCEWithLogitsLoss on the raw scores; it applies the sigmoid itself, and more exactly.",
        _range,
    ),
    Rule(
        "bce-dtype",
        r"Found dtype (?P<a>\w+) but expected (?P<b>\w+)",
        "This loss computes with floats on both sides, and {name} is {target_dtype}.",
        "Use {name}.float().",
        _target,
    ),
    Rule(
        "target-shape",
        r"(?:Using a target size|Target size) \(torch\.Size\(\[(?P<a>[\d, ]*)\]\)\) (?:must be the same as|that is different to the) input size \(torch\.Size\(\[(?P<b>[\d, ]*)\]\)\)",
        "The target is [{a}] and the input [{b}]: this loss compares element with element.",
        "Make the shapes equal: {fix}.",
        _columns,
    ),
    Rule(
        "target-shape",
        r"(?:Using a target size|Target size) \(torch\.Size\(\[(?P<a>[\d, ]*)\]\)\)",
        "The target is [{a}]: this loss compares element with element, so input and target need one shape.",
        "Make the shapes equal, for instance with .squeeze(1) or [:, None].",
    ),
]
