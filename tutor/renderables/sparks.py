"""Histograms: one line of blocks beside other text, or several rows with their range below."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tutor.facts import Stats
from tutor.renderables.charset import Charset
from tutor.renderables.literal import stack
from tutor.renderables.numbers import number_text, times_text


def rebin(counts: Sequence[int], bins: int) -> tuple[float, ...]:
    """The same counts in at most `bins` equal bins; a count on a border is shared out, so that even stays even."""
    if len(counts) <= bins:
        return tuple(map(float, counts))
    shares = [0.0] * bins
    ratio = bins / len(counts)
    for index, count in enumerate(counts):
        start, end = index * ratio, (index + 1) * ratio
        first, last = int(start), min(bins - 1, int(end))
        if first == last:
            shares[first] += count
        else:
            before = (last - start) / ratio * count
            shares[first] += before
            shares[last] += count - before
    return tuple(shares)


def spark(counts: Sequence[int], charset: Charset, bins: int = 8) -> str:
    """Counts as one line; a bin that is not empty is always seen."""
    shares = rebin(counts, bins)
    top = max(shares, default=0.0)
    levels = charset.glyphs.sparks
    if top <= 0:
        return levels[0] * len(shares)
    return "".join(_block(share / top, levels) for share in shares)


def _block(share: float, levels: str) -> str:
    return levels[0 if share <= 1e-9 else max(1, round(share * (len(levels) - 1)))]


def histogram(stats: Stats, width: int, charset: Charset, height: int = 5) -> Text:
    """Counts as columns, two cells to a bin where there is room, the range below."""
    if not stats.histogram or stats.min is None or stats.max is None:
        return Text("Nothing to count: no finite values.", style=charset.style("muted"))
    counts = rebin(stats.histogram, width)
    each = max(1, min(3, width // len(counts)))
    rows = [_row(counts, level, height, each, charset) for level in range(height - 1, -1, -1)]
    breadth = each * len(counts)
    low, high = number_text(stats.min, 3), number_text(stats.max, 3)
    lines = [Text(row, style=charset.style("accent")) for row in rows]
    lines.append(Text(charset.glyphs.horizontal * breadth, style=charset.style("muted")))
    lines.append(Text(low + " " * max(1, breadth - len(low) - len(high)) + high))
    return stack(lines)


def _row(counts: Sequence[float], level: int, height: int, each: int, charset: Charset) -> str:
    top = max(counts) or 1
    full = len(charset.glyphs.sparks) - 1
    cells = []
    for count in counts:
        eighths = count / top * height - level
        step = 0 if eighths <= 0 else max(1, min(full, round(eighths * full)))
        cells.append(charset.glyphs.sparks[step] * each)
    return "".join(cells).rstrip()


def histogram_in_words(stats: Stats) -> str:
    """Where the values lie, in a sentence."""
    if not stats.histogram or stats.min is None or stats.max is None:
        return "There are no finite values to count."
    total = sum(stats.histogram) or 1
    peak = max(range(len(stats.histogram)), key=stats.histogram.__getitem__)
    breadth = (stats.max - stats.min) / len(stats.histogram)
    start = stats.min + peak * breadth
    share = round(100 * stats.histogram[peak] / total)
    return (
        f"{times_text(total, 'value')} from {number_text(stats.min, 3)} to {number_text(stats.max, 3)}; "
        f"{share} % of them, more than anywhere else, between {number_text(start, 3)} and {number_text(start + breadth, 3)}."
    )
