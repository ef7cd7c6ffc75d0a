"""Small nets on scikit-learn's digits: what a softmax too many, or along the wrong axis, does to the loss."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import functional as F

Scores = Callable[[torch.Tensor], torch.Tensor]


@cache
def _table() -> tuple[torch.Tensor, torch.Tensor]:
    digits = load_digits()
    return torch.tensor(digits.data / 16, dtype=torch.float32), torch.tensor(digits.target)


def loss_after(scores: Scores, epochs: int = 10, seeds: int = 20) -> float:
    """The mean loss of the last epoch when the scores pass through this before cross-entropy; mean over the seeds."""
    X, y = _table()
    last = []
    for seed in range(seeds):
        torch.manual_seed(seed)
        model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        for _ in range(epochs):
            losses = []
            for rows in torch.randperm(len(X)).split(32):
                loss = F.cross_entropy(scores(model(X[rows])), y[rows])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                losses.append(loss.item())
        last.append(sum(losses) / len(losses))
    return sum(last) / seeds


def accuracy_of(n: int, seeds: int = 20) -> float:
    """Accuracy on 360 test rows of a net trained on n others; mean over the seeds."""
    X, y = _table()
    total = 0.0
    for seed in range(seeds):
        torch.manual_seed(seed)
        rows = torch.randperm(len(X))
        test, train = rows[:360], rows[360 : 360 + n]
        model = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        for _ in range(100):
            loss = F.cross_entropy(model(X[train]), y[train])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        total += (model(X[test]).argmax(dim=1) == y[test]).float().mean().item()
    return total / seeds


MEASUREMENTS = {
    **{
        f"digits-rows-{n}": (
            f"test accuracy of a small net trained on {n} digits, mean of 20 seeds",
            partial(accuracy_of, n),
        )
        for n in (50, 100, 200, 400, 800, 1437)
    },
    "digits-loss": (
        "loss after ten epochs with Adam 0.01, mean of 20 seeds",
        partial(loss_after, nn.Identity()),
    ),
    "digits-loss-softmax": (
        "the same with a softmax before cross-entropy",
        partial(loss_after, partial(F.softmax, dim=1)),
    ),
    "digits-loss-softmax-dim0": (
        "the same with a softmax over the batch",
        partial(loss_after, partial(F.softmax, dim=0)),
    ),
}
