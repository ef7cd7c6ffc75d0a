"""Norms of gradients and parameters, named; read from the device only when they are sent."""

from __future__ import annotations

from typing import Any

import torch

MOST_PARAMETERS = 200


def take_norms(parameters: list[torch.Tensor], names: dict[int, str]) -> tuple[Any, Any, list[str]]:
    """Gradient norms, parameter norms, and the names of those without a gradient."""
    with torch.no_grad():
        shown = parameters[:MOST_PARAMETERS]
        labels = [names.get(id(p), f"parameter {number}") for number, p in enumerate(shown)]
        grads = [(label, p.grad) for label, p in zip(labels, shown) if _plain(p.grad)]
        missing = [label for label, p in zip(labels, shown) if p.requires_grad and p.grad is None]
        values = [(label, p.detach()) for label, p in zip(labels, shown) if _plain(p)]
        return _norms(grads), _norms(values), missing


def _plain(tensor: Any) -> bool:
    return tensor is not None and tensor.layout is torch.strided and tensor.numel() > 0


def _norms(named: list[tuple[str, Any]]) -> Any:
    if not named:
        return {}
    norms = torch._foreach_norm([tensor.detach() for _, tensor in named])
    stacked = torch.stack([norm.to(device=norms[0].device, dtype=torch.float32) for norm in norms])
    return [name for name, _ in named], stacked
