"""Exclusive or from two hundred starts, under several recipes; all nets of a recipe are trained side by side."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
from torch import nn
from torch.nn import functional as F

X = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
Y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
STARTS = 200

Recipe = Callable[[list[torch.Tensor]], torch.optim.Optimizer]


def solved(units: int, bend: Callable[[torch.Tensor], torch.Tensor], recipe: Recipe, rounds: int) -> float:
    """How many of the starts get all four rows right."""
    parts = zip(*[_start(seed, units) for seed in range(STARTS)], strict=True)
    weights = [torch.stack(part).detach().requires_grad_() for part in parts]
    optimizer = recipe(weights)
    for _ in range(rounds):
        output = _forward(weights, bend)
        losses = F.binary_cross_entropy(output, Y.expand_as(output), reduction="none")
        optimizer.zero_grad()
        losses.mean(dim=(1, 2)).sum().backward()
        optimizer.step()
    return ((_forward(weights, bend) > 0.5) == (Y > 0.5)).all(dim=1).sum().item()


def _start(seed: int, units: int) -> list[torch.Tensor]:
    torch.manual_seed(seed)
    first, second = nn.Linear(2, units), nn.Linear(units, 1)
    return [first.weight.T, first.bias, second.weight.T, second.bias]


def _forward(weights: list[torch.Tensor], bend: Callable[[torch.Tensor], torch.Tensor]) -> torch.Tensor:
    W1, b1, W2, b2 = weights
    return (bend(X @ W1 + b1[:, None]) @ W2 + b2[:, None]).sigmoid()


def _adam(lr: float) -> Recipe:
    return lambda weights: torch.optim.Adam(weights, lr=lr)


def _sgd(lr: float) -> Recipe:
    return lambda weights: torch.optim.SGD(weights, lr=lr)


MEASUREMENTS = {
    "xor-relu4-adam": (
        "starts of 200 solved by 4 ReLU units, Adam 0.01, 1000 rounds",
        partial(solved, 4, torch.relu, _adam(0.01), 1000),
    ),
    "xor-relu4-adam-3000": (
        "the same with 3000 rounds",
        partial(solved, 4, torch.relu, _adam(0.01), 3000),
    ),
    "xor-relu4-sgd": (
        "starts of 200 solved by 4 ReLU units, SGD 0.01, 1000 rounds",
        partial(solved, 4, torch.relu, _sgd(0.01), 1000),
    ),
    "xor-tanh8-adam": (
        "starts of 200 solved by 8 tanh units, Adam 0.1, 200 rounds",
        partial(solved, 8, torch.tanh, _adam(0.1), 200),
    ),
}
