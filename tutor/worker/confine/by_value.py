"""Tensors between processes by value: torch would send a descriptor over a Unix socket, which a run may not open."""

from __future__ import annotations

import io
from multiprocessing.reduction import ForkingPickler
from typing import Any

import torch
import torch.multiprocessing  # registers the reducers that are replaced here


def send_by_value() -> None:
    """For DataLoader workers, queues and pipes; `share_memory_` itself goes on sharing with forked children."""
    for kind in (torch.Tensor, torch.nn.Parameter):
        ForkingPickler.register(kind, reduce_tensor)


def reduce_tensor(tensor: torch.Tensor) -> Any:
    """How a tensor is pickled for another process."""
    content = io.BytesIO()
    torch.save(tensor.detach(), content)
    is_parameter = isinstance(tensor, torch.nn.Parameter)
    return rebuild_tensor, (content.getvalue(), tensor.requires_grad, is_parameter)


def rebuild_tensor(content: bytes, requires_grad: bool, is_parameter: bool) -> torch.Tensor:
    """How it is made again there."""
    tensor: torch.Tensor = torch.load(io.BytesIO(content), weights_only=True)
    if is_parameter:
        return torch.nn.Parameter(tensor, requires_grad)
    return tensor.requires_grad_(requires_grad) if requires_grad else tensor
