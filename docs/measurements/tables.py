"""A logistic model on scikit-learn's breast cancer table: scaled, raw, and scaled by halves."""

from __future__ import annotations

from functools import cache, partial
from typing import Literal

import torch
from sklearn.datasets import load_breast_cancer
from torch.nn.functional import binary_cross_entropy_with_logits

Way = Literal["scaled", "raw", "test left raw", "asked about train rows"]


@cache
def _table() -> tuple[torch.Tensor, torch.Tensor]:
    table = load_breast_cancer()
    return torch.tensor(table.data, dtype=torch.float32), torch.tensor(table.target, dtype=torch.float32)


def accuracy(way: Way, splits: int = 20) -> float:
    """Mean accuracy on the test rows, SGD 0.1, 200 steps."""
    X, y = _table()
    total = 0.0
    for seed in range(splits):
        rows = torch.randperm(len(X), generator=torch.Generator().manual_seed(seed))
        test, train = rows[:142], rows[142:]
        scaled = (X - X[train].mean(dim=0)) / X[train].std(dim=0)
        seen = X if way == "raw" else scaled
        asked = seen if way != "test left raw" else X
        if way == "asked about train rows":
            test = train
        w, b = torch.zeros(30, requires_grad=True), torch.zeros(1, requires_grad=True)
        for _ in range(200):
            by_w, by_b = torch.autograd.grad(
                binary_cross_entropy_with_logits(seen[train] @ w + b, y[train]), [w, b]
            )
            with torch.no_grad():
                w -= 0.1 * by_w
                b -= 0.1 * by_b
        total += ((asked[test] @ w + b > 0) == (y[test] > 0.5)).float().mean().item()
    return total / splits


MEASUREMENTS = {
    "cancer-scaled": ("accuracy on scaled columns, mean of 20 splits", partial(accuracy, "scaled")),
    "cancer-raw": ("accuracy on raw columns, mean of 20 splits", partial(accuracy, "raw")),
    "cancer-train": (
        "accuracy on the train rows themselves, scaled, mean of 20 splits",
        partial(accuracy, "asked about train rows"),
    ),
    "cancer-raw-test": (
        "accuracy when only the train rows were scaled, mean of 20 splits",
        partial(accuracy, "test left raw"),
    ),
}
