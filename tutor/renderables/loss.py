"""The plot of losses and other curves: the raw values as a band, the smoothed line on top, each curve named at its end."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from rich.text import Text

from tutor.renderables.canvas import Canvas
from tutor.renderables.charset import Charset
from tutor.renderables.literal import clip, left, literal, right, stack
from tutor.renderables.numbers import number_text
from tutor.renderables.scale import Scale
from tutor.renderables.series import Bucket, Series

_COLOURS = ("cyan", "yellow", "magenta", "green", "blue")
LABELS = 8
"""Cells left of the axis."""
SMOOTH_FROM = 30
"""Shorter curves, and calm ones, are drawn as they are."""


def loss_plot(series: Sequence[Series], width: int, height: int, charset: Charset, log: bool = False) -> Text:
    """Curves in exactly `height` lines (at least 6) of at most `width` cells."""
    shown = [one for one in series if one.n]
    if not any(math.isfinite(one.lowest) for one in shown):
        return Text(_nothing(shown), style=charset.style("muted"))
    names = max((len(one.name) for one in shown), default=0) if len(shown) > 1 else 0
    margin = min(12, names) + 1 if names else 0
    columns, rows = max(8, width - LABELS - 1 - margin), max(3, height - 3)
    scale = _scale(shown, log)
    canvas = _drawn(shown, scale, columns, rows, charset)
    styles = _styles(charset)
    ticks = _tick_rows(scale, canvas)
    ends = _end_names(shown, scale, canvas, margin - 1, charset) if margin else {}
    lines = [_legend(shown, scale.log, width, charset)]
    for row in range(rows):
        lines.append(_row(row, canvas, styles, ticks.get(row, ""), ends.get(row), charset))
    lines.extend(_foot(shown, columns, charset))
    return stack(lines)


def _nothing(shown: Sequence[Series]) -> str:
    if not shown:
        return "No loss yet: run a program that calls backward()."
    return f"{shown[0].name} was never a finite number: it is NaN or infinite from step {shown[0].first_broken or 0} on."


def _scale(shown: Sequence[Series], log: bool) -> Scale:
    finite = [one for one in shown if math.isfinite(one.lowest)]
    low = min(one.lowest for one in finite)
    if log and low <= 0:
        positive = [bucket.low for one in finite for bucket in one.buckets if bucket.low > 0]
        low = min(positive, default=1.0)
    return Scale.over(low, max(one.highest for one in finite), log)


def _drawn(shown: Sequence[Series], scale: Scale, columns: int, rows: int, charset: Charset) -> Canvas:
    canvas = Canvas(columns, rows, charset.ascii)
    span = max(1, max(one.end for one in shown) - 1)
    for index, one in enumerate(shown):
        band, line = 1 + 2 * (index % 5), 2 + 2 * (index % 5)
        smooth = _smoothed(one)
        _draw_raw(canvas, one, scale, span, band if smooth else line, smooth and not charset.color)
    for index, one in enumerate(shown):
        if _smoothed(one):
            _draw_smooth(canvas, one, scale, span, 2 + 2 * (index % 5))
    return canvas


def _smoothed(one: Series) -> bool:
    return one.n >= SMOOTH_FROM and one.noisy


def _down(canvas: Canvas, scale: Scale, value: float) -> int:
    return round((1 - scale.share(value)) * (canvas.height - 1))


def _across(canvas: Canvas, at: int, span: int) -> int:
    return round(at / span * (canvas.width - 1))


def _columns(canvas: Canvas, one: Series, span: int) -> Iterator[tuple[int, list[Bucket]]]:
    """The buckets that share a column of dots, from left to right."""
    current = -1
    group: list[Bucket] = []
    for bucket in one.buckets:
        x = _across(canvas, bucket.start + bucket.count - 1, span)
        if x != current and group:
            yield current, group
            group = []
        current = x
        group.append(bucket)
    if group:
        yield current, group


def _draw_raw(canvas: Canvas, one: Series, scale: Scale, span: int, layer: int, dotted: bool) -> None:
    """Neighbouring columns touch, so that a line is a line; NaN leaves a gap."""
    before: tuple[int, int, int] | None = None
    for x, group in _columns(canvas, one, span):
        lows = [bucket.low for bucket in group if not math.isnan(bucket.low)]
        if not lows:
            before = None
            continue
        top = _down(canvas, scale, max(bucket.high for bucket in group if not math.isnan(bucket.high)))
        bottom = _down(canvas, scale, min(lows))
        if before is not None and not dotted:
            canvas.line(
                before[0], min(max(top, before[1]), before[2]), x, min(max(before[1], top), bottom), layer
            )
        canvas.upright(x, top, bottom, layer, dotted and bottom - top > 1)
        before = (x, top, bottom)


def _draw_smooth(canvas: Canvas, one: Series, scale: Scale, span: int, layer: int) -> None:
    before: tuple[int, int] | None = None
    for x, group in _columns(canvas, one, span):
        smooth = group[-1].smooth
        if math.isnan(smooth) or math.isnan(group[-1].low):
            before = None
            continue
        point = (x, _down(canvas, scale, smooth))
        canvas.line(*(before or point), *point, layer)
        before = point


def _styles(charset: Charset) -> list[str]:
    """By layer: nothing, then band and line of each curve."""
    if not charset.color:
        return ["", *["dim", ""] * len(_COLOURS)]
    return ["", *(style for colour in _COLOURS for style in (f"dim {colour}", colour))]


def _line_style(index: int, charset: Charset) -> str:
    return _COLOURS[index % len(_COLOURS)] if charset.color else ""


def _tick_rows(scale: Scale, canvas: Canvas) -> dict[int, str]:
    ticks = scale.ticks(max(2, canvas.rows // 3))
    return {_down(canvas, scale, value) // canvas.high: label for value, label in ticks}


def _end_names(
    shown: Sequence[Series], scale: Scale, canvas: Canvas, room: int, charset: Charset
) -> dict[int, Text]:
    """Each curve's name at the height where it ends, moved to a free row when two end together."""
    names: dict[int, Text] = {}
    for index, one in enumerate(shown):
        ends = [bucket.smooth for bucket in one.buckets if not math.isnan(bucket.smooth)]
        wanted = _down(canvas, scale, ends[-1]) // canvas.high if ends else 0
        free = [row for row in range(canvas.rows) if row not in names]
        if free:
            row = min(free, key=lambda row: abs(row - wanted))
            names[row] = Text(
                clip(literal(one.name, charset), room, charset), style=_line_style(index, charset)
            )
    return names


def _legend(shown: Sequence[Series], log: bool, width: int, charset: Charset) -> Text:
    text = Text(no_wrap=True)
    for index, one in enumerate(shown):
        text.append(literal(one.name, charset), style=_line_style(index, charset) or charset.style("title"))
        text.append(
            f" {number_text(one.last)}   ", style=charset.style("plain" if math.isfinite(one.last) else "bad")
        )
    broken = next((one for one in shown if one.first_broken is not None), None)
    if broken is not None:
        text.append(f"NaN or inf from step {broken.first_broken}   ", style=charset.style("bad"))
    if log:
        text.append("log scale", style=charset.style("muted"))
    text.rstrip()
    text.truncate(width)
    return text


def _row(
    row: int, canvas: Canvas, styles: list[str], label: str, name: Text | None, charset: Charset
) -> Text:
    muted = charset.style("muted")
    text = Text(right(label, LABELS - 1, charset) + " ", style=muted, no_wrap=True)
    line = Text(no_wrap=True).append_text(text)
    line.append(charset.glyphs.axis if label else charset.glyphs.vertical, style=muted)
    line.append_text(canvas.row(row, styles))
    if name is not None:
        line.append(" ").append_text(name)
    line.rstrip()
    return line


def _foot(shown: Sequence[Series], columns: int, charset: Charset) -> list[Text]:
    muted = charset.style("muted")
    last = max(one.end for one in shown) - 1
    axis = Text(" " * LABELS + charset.glyphs.bottom_left + charset.glyphs.horizontal * columns, style=muted)
    end = f"step {last:,}"
    return [axis, Text(" " * (LABELS + 1) + left("0", columns - len(end), charset) + end, style=muted)]


def loss_in_words(series: Sequence[Series]) -> str:
    """How each curve went, in a sentence: where it began, where it ended, its lowest point."""
    return "\n".join(_sentence(one) for one in series if one.n)


def _sentence(one: Series) -> str:
    if not math.isfinite(one.lowest):
        return f"{one.name} was never a finite number."
    steps = f"over {one.end:,} steps" if one.end > 1 else "in one step"
    if not math.isfinite(one.first) or not math.isfinite(one.last):
        text = f"{one.name} began at {number_text(one.first)} and ended at {number_text(one.last)} {steps}"
    elif one.n == 1:
        return f"{one.name} was {number_text(one.last)}."
    else:
        change = one.last - one.first
        steady = abs(change) <= 0.02 * max(abs(one.first), abs(one.last))
        verb = "stayed near" if steady else "fell from" if change < 0 else "rose from"
        where = number_text(one.last) if steady else f"{number_text(one.first)} to {number_text(one.last)}"
        text = f"{one.name} {verb} {where} {steps}"
    if (
        one.lowest < min(one.first, one.last)
        if math.isfinite(one.first) and math.isfinite(one.last)
        else True
    ):
        text += f"; its lowest was {number_text(one.lowest)} at step {one.lowest_at:,}"
    if one.first_broken is not None:
        text += f"; it was NaN or infinite first at step {one.first_broken:,}"
    return text + "."
