"""The shape of a tensor as a box: the last two axes as a rectangle, one before them as sheets, the rest as a count."""

from __future__ import annotations

from rich.text import Text

from tutor.renderables.boxes import Block, box, scaled
from tutor.renderables.charset import Charset
from tutor.renderables.literal import stack
from tutor.renderables.numbers import shape_text, times_text

SHEETS = 3


def shape_box(shape: tuple[int, ...], width: int, charset: Charset) -> Text:
    """The box of a shape, at most `width` cells wide and 12 lines high."""
    lines = [line[:width].rstrip() for line in _block(shape, min(width, 40), charset)]
    return stack([Text(line, no_wrap=True) for line in lines])


def _block(shape: tuple[int, ...], width: int, charset: Charset) -> Block:
    if not shape:
        return _with_remark(box(1, 3, "", "", charset), "one number, no axis")
    if 0 in shape:
        axis = shape.index(0)
        return _with_remark(
            box(1, 3, "", "", charset), f"empty: axis {axis} of {shape_text(shape)} has length 0"
        )
    most = max(6, min(24, width - 18))
    across = scaled(shape[-1], 4, most)
    if len(shape) == 1:
        return box(1, across, str(shape[0]), "", charset)
    high = scaled(shape[-2], 1, 6)
    if len(shape) == 2:
        return box(high, across, str(shape[-1]), str(shape[-2]), charset)
    return _sheets(high, across, shape, charset)


def _with_remark(block: Block, remark: str) -> Block:
    block[1] += f"  {remark}"
    return block


def _sheets(high: int, across: int, shape: tuple[int, ...], charset: Charset) -> Block:
    """Sheets behind each other for the third axis from the end; further axes say how many such stacks there are."""
    front = box(high, across, str(shape[-1]), "", charset)
    back = box(high, len(front[0]) - 2, "", "", charset)
    depth = min(SHEETS, shape[-3])
    rows = [[" "] * (len(front[0]) + depth - 1) for _ in range(len(front) + depth - 1)]
    for level in range(depth - 1, -1, -1):
        for down, line in enumerate(back if level else front):
            rows[down + depth - 1 - level][level : level + len(line)] = line
    lines = ["".join(row) for row in rows]
    lines[depth - 1 + 1 + high // 2] += f" {shape[-2]}"
    lines[0] += f" {times_text(shape[-3], 'sheet')}"
    if len(shape) > 3:
        count = str(shape[0]) if len(shape) == 4 else f" {charset.glyphs.times} ".join(map(str, shape[:-3]))
        lines.append(f"{count} such {'stack' if count == '1' else 'stacks'}")
    return lines


def shape_in_words(shape: tuple[int, ...]) -> str:
    """`2 axes: 32 rows of 10 columns, 320 numbers.`"""
    if not shape:
        return "No axis: one number."
    total = 1
    for size in shape:
        total *= size
    inner = (
        [times_text(shape[-1], "number")]
        if len(shape) == 1
        else [times_text(shape[-2], "row"), times_text(shape[-1], "column")]
    )
    outer = [str(size) for size in shape[:-2]]
    described = " of ".join([*outer, *inner])
    axes = times_text(len(shape), "axis", "axes")
    return (
        f"{axes}: {described}."
        if len(shape) == 1
        else f"{axes}: {described}, {times_text(total, 'number')} in all."
    )
