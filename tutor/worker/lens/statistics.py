"""The numbers that sum up a small CPU tensor: statistics, a histogram, a grid for drawing."""

from __future__ import annotations

import math
from typing import Any

import torch

BINS = 16
MOST_ROWS, MOST_COLUMNS = 24, 48
SIGNIFICANT = 6


def statistics(copy: torch.Tensor, sampled: bool) -> dict[str, Any]:
    """`facts.Stats` of the elements of `copy`; NaN and infinities are counted and left out of the rest."""
    numbers = as_numbers(copy).reshape(-1)
    if numbers.numel() <= 16:
        return _of_few(numbers.tolist(), sampled)
    finite = numbers.isfinite()
    bad = int(numbers.numel() - finite.sum().item())
    nan = int(numbers.isnan().sum().item()) if bad else 0
    keys: dict[str, Any] = {
        "nan": nan,
        "inf": bad - nan,
        "zero": int((numbers == 0).sum().item()),
        "sampled": sampled,
    }
    good = numbers[finite] if bad else numbers
    if good.numel() == 0:
        return keys
    low, high = (float(edge) for edge in torch.aminmax(good))
    spread, mean = torch.std_mean(good, correction=0)
    keys.update(min=rounded(low), max=rounded(high), mean=rounded(mean.item()), std=rounded(spread.item()))
    if high > low and good.numel() >= 8:
        keys["histogram"] = [int(count) for count in torch.histc(good, BINS, low, high).tolist()]
    return keys


def _of_few(numbers: list[float], sampled: bool) -> dict[str, Any]:
    good = [x for x in numbers if math.isfinite(x)]
    nan = sum(1 for x in numbers if x != x)
    keys: dict[str, Any] = {
        "nan": nan,
        "inf": len(numbers) - len(good) - nan,
        "zero": numbers.count(0.0),
        "sampled": sampled,
    }
    if good:
        mean = math.fsum(good) / len(good)
        spread = math.sqrt(math.fsum((x - mean) ** 2 for x in good) / len(good))
        keys.update(min=rounded(min(good)), max=rounded(max(good)), mean=rounded(mean), std=rounded(spread))
        low, high = min(good), max(good)
        if len(good) >= 8 and high > low:
            bins = [0] * BINS
            for x in good:
                bins[min(BINS - 1, int((x - low) / (high - low) * BINS))] += 1
            keys["histogram"] = bins
    return keys


def as_numbers(copy: torch.Tensor) -> torch.Tensor:
    """As float64; a complex number counts by its magnitude."""
    if copy.is_complex():
        copy = copy.resolve_conj().abs()
    return copy.to(torch.float64)


def rounded(number: float) -> float:
    """Six significant digits: what a person can use, and short on the wire."""
    return float(f"{number:.{SIGNIFICANT}g}")


def sample_grid(copy: torch.Tensor, steps: tuple[int, ...]) -> dict[str, Any] | None:
    """`facts.Sample`: numbers of the last two axes, every k-th where there are too many."""
    if copy.numel() == 0:
        return None
    grid = as_numbers(copy)
    while grid.dim() > 2:
        grid = grid[0]
    while grid.dim() < 2:
        grid = grid.unsqueeze(0)
    steps = (1, 1, *steps)
    down, across = -(-grid.shape[0] // MOST_ROWS), -(-grid.shape[1] // MOST_COLUMNS)
    rows = grid[::down, ::across].tolist()
    return {
        "rows": [[rounded(x) for x in row] for row in rows],
        "row_step": down * (steps[-2] if copy.dim() > 1 else 1),
        "column_step": across * (steps[-1] if copy.dim() > 0 else 1),
    }
