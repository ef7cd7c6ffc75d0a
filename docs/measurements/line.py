"""A line by gradient descent on many made-up truths: how near it comes."""

from __future__ import annotations

import torch


def worst_miss(truths: int = 200, lr: float = 0.1, steps: int = 100) -> float:
    """The largest miss of slope or shift over so many truths drawn from -4 to 4."""
    worst = 0.0
    for seed in range(truths):
        torch.manual_seed(seed)
        slope, shift = (torch.rand(2) * 8 - 4).tolist()
        X = torch.randn(100, 1)
        y = slope * X + shift + 0.5 * torch.randn(100, 1)
        w, b = torch.randn(1, requires_grad=True), torch.zeros(1, requires_grad=True)
        for _ in range(steps):
            by_w, by_b = torch.autograd.grad(((w * X + b - y) ** 2).mean(), [w, b])
            with torch.no_grad():
                w -= lr * by_w
                b -= lr * by_b
        worst = max(worst, abs(w.item() - slope), abs(b.item() - shift))
    return worst


MEASUREMENTS = {
    "line-worst-miss": ("largest miss of slope or shift over 200 truths, rate 0.1, 100 steps", worst_miss),
}
