"""The housing lesson's own solution against the line, over forty made-up tables."""

from __future__ import annotations

import contextlib
import io
from functools import cache
from typing import Any

import torch
from homes import line_rmse, net_rmse, prepare, rmse

from tutor.lesson.catalog import Catalog
from tutor.lesson.model import Code

SEEDS = 40


@cache
def ratios(calm_end: bool = True) -> tuple[float, ...]:
    """The net's miss over the line's, in order, by the lesson's solution; without a calm end the rate stays."""
    source = _solution()
    if not calm_end:
        source = source.replace("falling.step()", "pass")
    names = _names(source)
    found = []
    for seed in range(SEEDS):
        homes = prepare(seed)
        torch.manual_seed(seed)
        found.append(net_rmse(names["train"](homes.X, homes.y), homes) / line_rmse(homes))
    return tuple(sorted(found))


def lazy_miss() -> float:
    """How far the mean price misses on the first table."""
    homes = prepare(0)
    return rmse(homes.mean.expand_as(homes.test_price), homes.test_price)


def unscaled_miss() -> float:
    """The lesson's net on the first table when its scaled answers are taken for prices."""
    names = _names(_solution())
    homes = prepare(0)
    torch.manual_seed(0)
    model = names["train"](homes.X, homes.y)
    with torch.no_grad():
        return rmse(model(homes.test_X), homes.test_price)


def _names(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(source, "beat-the-line", "exec"), names)
    return names


def _solution() -> str:
    lesson = Catalog().lesson("housing")
    assert lesson is not None
    step = next(step for step in lesson.steps if step.id == "beat-the-line")
    assert isinstance(step, Code)
    return step.solution


MEASUREMENTS = {
    "homes-lazy": ("miss of the mean price on the first table", lazy_miss),
    "homes-unscaled": ("miss of scaled answers taken for prices, first table", unscaled_miss),
    "homes-ratio-middle": (
        "the solution's miss over the line's, median of 40 tables",
        lambda: sum(ratios()[SEEDS // 2 - 1 : SEEDS // 2 + 1]) / 2,
    ),
    "homes-ratio-worst": ("the same at worst", lambda: ratios()[-1]),
    "homes-ratio-worst-steady": (
        "the same at worst when the rate does not fall to 0",
        lambda: ratios(False)[-1],
    ),
}
