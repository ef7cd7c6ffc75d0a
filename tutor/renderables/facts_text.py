"""What a value is, in the few words that fit beside code: parts in reading order, each with the turn at which it is given up."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.facts import (
    CollectionFacts,
    ModuleFacts,
    OptimizerFacts,
    ScalarFacts,
    Stats,
    TensorFacts,
    TextFacts,
    Value,
)
from tutor.renderables.charset import Charset, Tone
from tutor.renderables.literal import clip, literal
from tutor.renderables.numbers import dtype_text, number_text, shape_text, times_text
from tutor.renderables.sparks import spark

KEEP = 9
"""A part that is never given up."""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a note."""

    text: str
    turn: int = KEEP
    """Lower turns are given up first: 1 histogram, 2 range, 3 dtype, 4 count, 5 device and other remarks."""
    tone: Tone = "muted"
    instead: Part | None = None
    """What takes its place once it is given up."""


def value_parts(value: Value, charset: Charset) -> list[Part]:
    """The facts of one value as parts."""
    match value:
        case TensorFacts():
            return tensor_parts(value, charset)
        case ModuleFacts():
            return _module_parts(value)
        case OptimizerFacts():
            rate = f" lr {', '.join(number_text(rate) for rate in value.lr)}" if value.lr else ""
            return [Part(f"{value.type}{rate}"), Part(f"on {times_text(value.parameters, 'parameter')}", 3)]
        case ScalarFacts():
            number = value.number
            is_float = value.type == "float" and number is not None
            return [
                Part(number_text(number) if is_float and number is not None else literal(value.text, charset))
            ]
        case CollectionFacts():
            return [Part(collection_text(value, charset))]
        case TextFacts():
            return [Part(clip(literal(value.text, charset), 60, charset))]


def tensor_parts(value: TensorFacts, charset: Charset) -> list[Part]:
    """Shape first, or the number itself for a tensor without axes; NaN and inf are loud."""
    parts = [Part(_shape_or_number(value, charset))]
    trouble = trouble_text(value.stats)
    if trouble:
        parts.append(Part(trouble, KEEP, "bad"))
    parts.append(Part(dtype_text(value.dtype), 3))
    if value.kind == "array":
        parts.append(Part("numpy", 5))
    if value.device != "cpu":
        parts.append(Part(value.device, 5))
    if value.layout not in ("strided", "torch.strided"):
        parts.append(Part(value.layout.removeprefix("torch."), 5))
    if value.requires_grad:
        parts.append(Part("grad"))
    if value.shape and value.stats is not None:
        parts.extend(_range_parts(value.stats, charset))
    return parts


def _shape_or_number(value: TensorFacts, charset: Charset) -> str:
    if len(value.shapes) > 1:
        return "varies: " + " ".join(shape_text(shape) for shape in value.shapes)
    number = value.stats.mean if value.stats is not None else None
    if value.shape == () and value.dtype.startswith("complex"):
        return literal(value.text, charset) or shape_text(())
    if value.shape == () and number is not None:
        return number_text(number)
    return shape_text(value.shape)


def trouble_text(stats: Stats | None) -> str:
    """`3 NaN!`, or nothing when every value is finite."""
    if stats is None:
        return ""
    counts = [f"{stats.nan:,} NaN"] if stats.nan else []
    counts += [f"{stats.inf:,} inf"] if stats.inf else []
    return ", ".join(counts) + "!" if counts else ""


def _range_parts(stats: Stats, charset: Charset) -> list[Part]:
    if stats.min is None or stats.max is None:
        return []
    low, high = number_text(stats.min, 3), number_text(stats.max, 3)
    bins = spark(stats.histogram, charset) if len(stats.histogram) > 1 else ""
    if low == high:
        return [Part(f"all {low}", 2)]
    plain = Part(f"{low} to {high}", 2)
    return [Part(f"{low} {bins} {high}", 1, instead=plain)] if bins else [plain]


def _module_parts(value: ModuleFacts) -> list[Part]:
    parts = [Part(value.type)]
    if value.parameters:
        parts.append(Part(f"with {times_text(value.parameters, 'parameter')}", 3))
    if value.parameters and not value.trainable:
        parts.append(Part("frozen", 5))
    elif value.trainable != value.parameters:
        parts.append(Part(f"{value.trainable:,} trainable", 5))
    if not value.training:
        parts.append(Part("eval", 5))
    return parts


def collection_text(value: CollectionFacts, charset: Charset) -> str:
    """Its own text when that is short; else its length and the shapes of the tensors in it."""
    text = literal(value.text, charset)
    shapes = [shape_text(item.shape) for _, item in value.items if isinstance(item, TensorFacts)]
    if shapes:
        more = f" {charset.glyphs.ellipsis}" if value.length > len(shapes) else ""
        return f"{value.type} of {value.length}: {' '.join(shapes[:4])}{more if len(shapes) <= 4 else ' ' + charset.glyphs.ellipsis}"
    return text if text and len(text) <= 32 else f"{value.type} of {value.length:,}"
