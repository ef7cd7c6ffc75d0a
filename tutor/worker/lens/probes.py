"""Where the lens listens inside torch. Built once per process: best before the fork, it reads torch's sources."""

from __future__ import annotations

from functools import cache

import torch

from .inject import Injection


@cache
def backward_probe() -> Injection:
    """Before and after every backward pass, `Tensor.backward` included."""
    return Injection(torch.autograd.backward, first="@before", last="@after")


@cache
def grad_probe() -> Injection:
    """Before every `autograd.grad`."""
    return Injection(torch.autograd.grad, first="@grad")


@cache
def optimizer_probe() -> Injection:
    """At the start of every optimizer's constructor."""
    return Injection(torch.optim.Optimizer.__init__, first="@optimizer")


@cache
def forward_probe() -> Injection:
    """Around what every module's forward returns."""
    return Injection(torch.nn.Module._call_impl, around="@returned")


def prepare() -> None:
    """Build every probe, so that forked runs find them made."""
    backward_probe()
    grad_probe()
    optimizer_probe()
    forward_probe()
