"""Reading an attribute without running anybody's code: no property, no `__getattr__`."""

from __future__ import annotations

from typing import Any

import torch

MISSING: Any = object()
_TABLES = ("_parameters", "_buffers", "_modules")


def peek(value: Any, path: tuple[str, ...]) -> Any:
    """The object at the end of the path, or `MISSING`."""
    for name in path:
        value = _attribute(value, name)
        if value is MISSING:
            return MISSING
    return value


def _attribute(value: Any, name: str) -> Any:
    if isinstance(value, torch.Tensor):
        return _of_tensor(value, name)
    try:
        own = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return MISSING
    if name in own:
        return own[name]
    if isinstance(value, torch.nn.Module):
        for table in _TABLES:
            if name in own.get(table, ()):
                return own[table][name]
    return MISSING


def _of_tensor(value: torch.Tensor, name: str) -> Any:
    """Reading `.grad` of a tensor that is no leaf would warn."""
    if name == "data":
        return value.detach()
    if name == "grad" and (value.is_leaf or value.retains_grad) and value.grad is not None:
        return value.grad
    return MISSING
