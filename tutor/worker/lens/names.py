"""What the learner calls models and leaves: kept by weak reference, so that nothing stays alive for its name's sake."""

from __future__ import annotations

import weakref
from typing import Any

import torch

MOST_NOTED = 2000


class Names:
    """Names of modules and of tensors that collect gradients, noted when they are bound."""

    def __init__(self) -> None:
        self._models: dict[int, tuple[weakref.ref[Any], str]] = {}
        self._leaves: dict[int, tuple[weakref.ref[Any], str]] = {}

    def note(self, name: str, value: Any) -> None:
        """Remember the first name that a model or leaf is bound to."""
        if isinstance(value, torch.nn.Module):
            _note(self._models, name, value)
        elif isinstance(value, torch.Tensor) and value.is_leaf and value.requires_grad:
            _note(self._leaves, name, value)

    def models(self) -> list[tuple[str, torch.nn.Module]]:
        """Live models that are not part of another one, under their names."""
        live = [(name, model) for ref, name in self._models.values() if (model := ref()) is not None]
        inner = {id(part) for _, model in live for part in _parts(model)}
        return [(name, model) for name, model in live if id(model) not in inner]

    def model_name(self, model: torch.nn.Module) -> str:
        """Its name, or the name of its class."""
        known = self._models.get(id(model))
        return known[1] if known is not None and known[0]() is model else type(model).__name__

    def parameters(self) -> dict[int, str]:
        """From the identity of a parameter or leaf to its name."""
        found = {id(leaf): name for ref, name in self._leaves.values() if (leaf := ref()) is not None}
        models = [(name, model) for name, model in self.models() if _has_parameters(model)]
        for name, model in models:
            prefix = f"{name}." if len(models) > 1 else ""
            for path, parameter in torch.nn.Module.named_parameters(model):
                found[id(parameter)] = prefix + path
        return found


def _note(table: dict[int, tuple[Any, str]], name: str, value: Any) -> None:
    known = table.get(id(value))
    if (
        (known is None or known[0]() is not value)
        and name not in ("return", "self")
        and len(table) < MOST_NOTED
    ):
        table[id(value)] = (weakref.ref(value), name)


def _parts(model: torch.nn.Module) -> list[torch.nn.Module]:
    try:
        return [part for part in torch.nn.Module.modules(model) if part is not model]
    except Exception:  # its `super().__init__()` was forgotten
        return []


def _has_parameters(model: torch.nn.Module) -> bool:
    try:
        return next(iter(torch.nn.Module.parameters(model)), None) is not None
    except Exception:
        return False
