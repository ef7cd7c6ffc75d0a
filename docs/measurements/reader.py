"""The digit reader of the vision lesson over twenty splits."""

from __future__ import annotations

from functools import cache

import torch
from handwriting import accuracy, load, small_cnn, train


@cache
def scores(splits: int = 20) -> tuple[float, ...]:
    """What is read right of the test digits, in percent, in order."""
    found = []
    for seed in range(splits):
        digits = load(seed=seed)
        torch.manual_seed(seed)
        model = train(small_cnn(), digits.X, digits.y, lr=0.005)
        found.append(100 * accuracy(model, digits.test_X, digits.test_y))
    return tuple(sorted(found))


MEASUREMENTS = {
    "reader-worst": ("percent read right by the small CNN on the worst of 20 splits", lambda: scores()[0]),
    "reader-best": ("the same on the best", lambda: scores()[-1]),
}
