"""Everything that is known of one value: the card the inspector shows for a name."""

from __future__ import annotations

from rich.text import Text

from tutor.facts import CollectionFacts, Sample, Stats, TensorFacts, Value
from tutor.renderables.charset import Charset
from tutor.renderables.facts_text import trouble_text, value_parts
from tutor.renderables.heat import heat_map, mask_grid, number_grid
from tutor.renderables.literal import clip, literal, side_by_side, stack
from tutor.renderables.numbers import bytes_text, number_text, shape_text, times_text
from tutor.renderables.shapes import shape_box, shape_in_words
from tutor.renderables.sparks import histogram, histogram_in_words
from tutor.renderables.tables import Cell, Column, table

SMALL = 64
"""Up to so many sampled numbers are written out instead of drawn."""


def value_card(name: str, value: Value, width: int, charset: Charset) -> Text:
    """A tensor's shape, facts, numbers and picture; for anything else its text and what is in it."""
    title = Text(literal(name, charset), style=charset.style("title"), no_wrap=True)
    if isinstance(value, TensorFacts):
        blocks = [title, *_tensor_blocks(value, width, charset)]
    elif isinstance(value, CollectionFacts):
        blocks = [title, Text(clip(_summary(value, charset), width, charset)), *_items(value, width, charset)]
    else:
        blocks = [title, Text(clip(_summary(value, charset), width, charset))]
    return stack(blocks)


def _summary(value: Value, charset: Charset) -> str:
    return " ".join(part.text for part in value_parts(value, charset))


def _items(value: CollectionFacts, width: int, charset: Charset) -> list[Text]:
    columns = (Column("", most=24), Column("", most=width))
    rows = [
        [Cell(literal(key, charset), "accent"), Cell(_summary(item, charset))] for key, item in value.items
    ]
    lines = table(columns, rows, width, charset).split("\n")[1:] if rows else []
    if value.length > len(rows) > 0:
        lines.append(Text(f"and {value.length - len(rows):,} more", style=charset.style("muted")))
    return list(lines)


def _tensor_blocks(value: TensorFacts, width: int, charset: Charset) -> list[Text]:
    stats, sample = value.stats, value.sample
    blocks = [Text(line, no_wrap=True) for line in tensor_lines(value, width, charset)]
    if trouble_text(stats):
        blocks.append(Text(trouble_text(stats), style=charset.style("bad")))
    written = sample is not None and _few(sample)
    box = shape_box(value.shape, width, charset)
    if (
        stats is not None
        and value.shape
        and len(stats.histogram) > 1
        and value.dtype != "bool"
        and not written
    ):
        breadth = width - 44
        if breadth >= 24:
            box = side_by_side(box, histogram(stats, min(breadth, 48), charset))
        else:
            box = stack([box, Text(), histogram(stats, min(width, 48), charset)])
    blocks.extend([Text(), box])
    if sample is not None and sample.rows:
        blocks.extend([Text(), sample_picture(value, sample, width, charset)])
        blocks.extend(_coverage(value, sample, width, charset))
    return blocks


def _few(sample: Sample) -> bool:
    """Few enough numbers to write them out."""
    return 0 < sum(map(len, sample.rows)) <= SMALL and len(sample.rows) <= 12


def tensor_lines(value: TensorFacts, width: int, charset: Charset) -> list[str]:
    """Shape, dtype, device, origin, memory and statistics, as lines."""
    origin = (
        f"made by {value.grad_fn}"
        if value.grad_fn
        else "a leaf that asks for gradients"
        if value.requires_grad
        else ""
    )
    kind = "NumPy array" if value.kind == "array" else ""
    first = [shape_text(value.shape), value.dtype.removeprefix("torch."), f"on {value.device}", kind, origin]
    memory = [bytes_text(value.bytes)]
    if value.layout.removeprefix("torch.") != "strided":
        memory.append(value.layout.removeprefix("torch."))
    elif value.stride:
        memory.append(f"stride {shape_text(value.stride)}")
        memory.append(f"offset {value.offset}" if value.offset else "")
    if value.version:
        memory.append(f"changed in place {times_text(value.version, 'time')}")
    lines = [", ".join(part for part in parts if part) for parts in (first, memory)]
    if value.stats is not None and value.stats.mean is not None and value.shape:
        lines.append(_stats_line(value.stats))
    if value.grad is not None:
        lines.append(f"its .grad: {_stats_line(value.grad)}")
    return [clip(literal(line, charset), width, charset) for line in lines]


def _stats_line(stats: Stats) -> str:
    named = [("min", stats.min), ("mean", stats.mean), ("max", stats.max), ("std", stats.std)]
    parts = [f"{name} {number_text(number, 3)}" for name, number in named if number is not None]
    if stats.zero:
        parts.append(times_text(stats.zero, "zero", "zeros"))
    return ", ".join(parts) + (" (of a sample)" if stats.sampled else "")


def sample_picture(value: TensorFacts, sample: Sample, width: int, charset: Charset) -> Text:
    """Numbers when there are few, a mask for bools, grey for images, else a heat map."""
    rows = sample.rows
    if value.dtype == "bool":
        return mask_grid(rows, width, charset)
    whole = value.dtype.startswith(("int", "uint"))
    if _few(sample):
        return number_grid(rows, width, charset, whole)
    return heat_map(rows, width, charset, "grey" if looks_like_image(value) else "")


def looks_like_image(value: TensorFacts) -> bool:
    """Channels, height and width, nothing below zero: shown in greys."""
    shape, stats = value.shape, value.stats
    if len(shape) not in (3, 4) or stats is None or stats.min is None or stats.min < 0:
        return False
    return shape[-3] in (1, 3) and min(shape[-2:]) >= 8 and max(shape[-2:]) <= 4 * min(shape[-2:])


def _coverage(value: TensorFacts, sample: Sample, width: int, charset: Charset) -> list[Text]:
    """What the picture leaves out, in words."""
    parts = []
    if len(value.shape) > 2:
        parts.append(f"the first of {shape_text(value.shape[:-2])} slices")
    if sample.row_step > 1 or sample.column_step > 1:
        parts.append(f"one row in {sample.row_step}, one column in {sample.column_step}")
    return [Text(clip(", ".join(parts), width, charset), style=charset.style("muted"))] if parts else []


def value_in_words(name: str, value: Value) -> str:
    """The card as sentences."""
    plain = Charset(color=False)
    if not isinstance(value, TensorFacts):
        return f"{name}: {_summary(value, plain)}."
    sentences = [f"{name}: {'; '.join(tensor_lines(value, 400, plain))}.", shape_in_words(value.shape)]
    if trouble_text(value.stats):
        sentences.append(f"It holds {trouble_text(value.stats).rstrip('!')}.")
    if value.stats is not None and value.shape and len(value.stats.histogram) > 1:
        sentences.append(histogram_in_words(value.stats))
    return " ".join(sentences)
