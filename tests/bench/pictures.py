"""What drawing costs: the loss plot beside plotext on the very same decimated points, and a heat map that fills a screen."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import plotext

from tests.bench.rows import Row, at_most, interleaved, times_faster
from tutor.renderables.charset import Charset
from tutor.renderables.heat import heat_lines
from tutor.renderables.loss import loss_plot
from tutor.renderables.series import Series

POINTS = 100_000
ROUNDS = 15
PLOT = (116, 32)


def rows(_folder: Path) -> Iterator[Row]:
    """Process CPU time of one redraw."""
    series = _falling(POINTS)
    charset = Charset()
    steps = [bucket.start for bucket in series.buckets]
    losses = [bucket.high for bucket in series.buckets]
    ours, theirs = interleaved(
        ROUNDS,
        _timed(lambda: loss_plot([series], *PLOT, charset)),
        _timed(lambda: _plotext(steps, losses)),
    )
    yield times_faster(
        f"loss plot of {POINTS:,} points against plotext on the same {len(steps)}", theirs, ours, 1
    )
    yield at_most("loss plot, one redraw", ours * 1000, "ms", 15)
    grid = [[math.sin(row / 9) * math.cos(column / 17) for column in range(200)] for row in range(120)]
    (heat,) = interleaved(ROUNDS, _timed(lambda: heat_lines(grid, 200, charset)))
    yield at_most("heat map of a whole 200x60 screen, one redraw", heat * 1000, "ms", 10)


def _falling(points: int) -> Series:
    series = Series()
    for step in range(points):
        series.add(2.0 * math.exp(-step / 20_000) + 0.1 * math.sin(step))
    return series


def _timed(draw: Callable[[], object]) -> Callable[[], float]:
    def measure() -> float:
        started = time.process_time()
        draw()
        return time.process_time() - started

    return measure


def _plotext(steps: list[int], losses: list[float]) -> str:
    plotext.clear_figure()
    plotext.plotsize(*PLOT)
    plotext.plot(steps, losses, marker="braille")
    return str(plotext.build())
