"""Grids of numbers as pictures: half blocks in colour, shades without; the sign survives either way and NaN is loud."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from tutor.renderables.charset import Charset
from tutor.renderables.literal import clip, right, stack
from tutor.renderables.numbers import number_text

Grid = Sequence[Sequence[float]]
RGB = tuple[int, int, int]

LEVELS = 32
_NAN: RGB = (255, 0, 255)
_PALETTES: dict[str, tuple[RGB, ...]] = {
    "growing": ((24, 16, 60), (44, 68, 138), (26, 130, 140), (90, 190, 100), (250, 230, 60)),
    "signed": ((30, 90, 180), (120, 175, 215), (242, 242, 242), (240, 150, 110), (185, 30, 45)),
    "grey": ((8, 8, 8), (250, 250, 250)),
}


def heat_lines(grid: Grid, width: int, charset: Charset, palette: str = "") -> list[list[Segment]]:
    """The grid as lines of segments, two rows to a line in colour: what a pane that draws line by line needs."""
    if not charset.color or charset.ascii:
        return [[Segment(line)] for line in _shaded(grid, width, charset)]
    kind = palette or ("signed" if _low(grid) < 0 < _high(grid) else "growing")
    levels = _levels([row[:width] for row in grid], kind)
    return [
        _half_blocks(levels[at], levels[at + 1] if at + 1 < len(levels) else None, kind)
        for at in range(0, len(levels), 2)
    ]


def heat_map(grid: Grid, width: int, charset: Charset, palette: str = "") -> Text:
    """The same as text, with the values of the darkest and the brightest cell below."""
    lines = [
        Text.assemble(*((segment.text, segment.style or "") for segment in line))
        for line in heat_lines(grid, width, charset, palette)
    ]
    low, high = _low(grid), _high(grid)
    if not math.isfinite(low):
        return stack([*lines, Text("No finite value.", style=charset.style("bad"))])
    key = _key(low, high, charset)
    return stack([*lines, Text(clip(key, width, charset), style=charset.style("muted"), no_wrap=True)])


def _key(low: float, high: float, charset: Charset) -> str:
    text = f"{number_text(low, 3)} to {number_text(high, 3)}"
    if charset.color and not charset.ascii:
        return text
    marks = f"above zero {charset.glyphs.positive.strip()}"
    return f"{text}   {marks}   below zero {charset.glyphs.negative[1:]}" if low < 0 else f"{text}   {marks}"


def _finite(grid: Grid) -> list[float]:
    return [value for row in grid for value in row if math.isfinite(value)]


def _low(grid: Grid) -> float:
    return min(_finite(grid), default=math.inf)


def _high(grid: Grid) -> float:
    return max(_finite(grid), default=-math.inf)


def _levels(grid: Grid, kind: str) -> list[list[int]]:
    """Every value as a level of the palette; -1 for what is not a finite number."""
    low, high = _low(grid), _high(grid)
    if kind == "signed":
        high = max(-low, high)
        low = -high
    # Halves: the difference of two huge floats may not be a float.
    span = high / 2 - low / 2
    factor = (LEVELS - 1) / span if span > 1e-300 and math.isfinite(span) else 0.0
    return [
        [int((value / 2 - low / 2) * factor + 0.5) if math.isfinite(value) else -1 for value in row]
        for row in grid
    ]


@cache
def _color(kind: str, level: int) -> Color:
    if level < 0:
        return Color.from_rgb(*_NAN)
    anchors = _PALETTES[kind]
    place = level / (LEVELS - 1) * (len(anchors) - 1)
    index = min(int(place), len(anchors) - 2)
    share = place - index
    red, green, blue = (
        round(one + (other - one) * share)
        for one, other in zip(anchors[index], anchors[index + 1], strict=True)
    )
    return Color.from_rgb(red, green, blue)


@cache
def _style(kind: str, above: int, below: int | None) -> Style:
    return Style(color=_color(kind, above), bgcolor=_color(kind, below) if below is not None else None)


def _half_blocks(above: list[int], below: list[int] | None, kind: str) -> list[Segment]:
    """Two rows in one line; neighbours of the same colours are one segment."""
    segments: list[Segment] = []
    pairs = list(zip(above, below, strict=True)) if below is not None else [(level, None) for level in above]
    start = 0
    for at in range(1, len(pairs) + 1):
        if at == len(pairs) or pairs[at] != pairs[start]:
            segments.append(Segment("▀" * (at - start), _style(kind, *pairs[start])))
            start = at
    return segments


def _shaded(grid: Grid, width: int, charset: Charset) -> list[str]:
    """Two cells a value where there is room: strength by shade, sign by the set of characters."""
    each = 2 if grid and 2 * len(grid[0]) <= width else 1
    top = max((abs(value) for value in _finite(grid)), default=0.0) or 1.0
    return ["".join(_shade(value, top, charset) * each for value in row[: width // each]) for row in grid]


def _shade(value: float, top: float, charset: Charset) -> str:
    if not math.isfinite(value):
        return "!"
    shades = charset.glyphs.negative if value < 0 else charset.glyphs.positive
    return shades[min(len(shades) - 1, int(abs(value) / top * (len(shades) - 0.001)))]


def number_grid(grid: Grid, width: int, charset: Charset, whole: bool) -> Text:
    """The numbers themselves, in columns; what does not fit is said to be there."""
    written = [[_written(value, whole) for value in row] for row in grid]
    breadth = max((len(text) for row in written for text in row), default=1) + 2
    room = max(1, (width - 2) // breadth)
    lines = []
    for row, texts in zip(grid, written, strict=True):
        line = Text(no_wrap=True)
        for value, text in zip(row[:room], texts, strict=False):
            line.append(
                right(text, breadth, charset), style=charset.style("plain" if math.isfinite(value) else "bad")
            )
        if len(row) > room:
            line.append(f" {charset.glyphs.ellipsis}", style=charset.style("muted"))
        lines.append(line)
    return stack(lines)


def _written(value: float, whole: bool) -> str:
    return str(int(value)) if whole and math.isfinite(value) else number_text(value, 3)


def mask_grid(grid: Grid, width: int, charset: Charset) -> Text:
    """True and False: a full cell and a dot, two cells wide where there is room."""
    each = 2 if grid and 2 * len(grid[0]) <= width else 1
    marks = (charset.glyphs.dot, charset.glyphs.bar)
    lines = ["".join(marks[value != 0] * each for value in row[: width // each]) for row in grid]
    lines.append(f"{charset.glyphs.bar} True   {charset.glyphs.dot} False")
    return stack([Text(line, no_wrap=True) for line in lines])
