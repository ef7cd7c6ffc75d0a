"""A model's tree with the shapes that came out of each layer, noted as the layers return."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import torch

from .facts import layer_detail
from .modes import undisturbed
from .names import Names

MOST_LAYERS = 3000
MOST_ROWS = 400


class Layers:
    """Which modules returned what, first time each."""

    def __init__(self, names: Names, without_gradients: Callable[[torch.nn.Module], None]) -> None:
        self._without_gradients = without_gradients
        self._names = names
        self._returned: dict[int, tuple[weakref.ref[Any], list[int] | None]] = {}
        self._told: set[int] = set()
        self.silent = False

    def returned(self, module: torch.nn.Module, result: Any) -> Any:
        """Called with what every module's forward gave; passes it on."""
        if id(module) not in self._returned:
            self._note(module, result)
        elif not torch.is_grad_enabled() and not self.silent:
            self._without_gradients(module)
        return result

    def _note(self, module: torch.nn.Module, result: Any) -> None:
        if self.silent or len(self._returned) >= MOST_LAYERS:
            return
        try:
            with undisturbed(result):
                self._returned[id(module)] = (weakref.ref(module), _shape(result))
        except Exception:  # facts are ours, the program goes on
            return

    def reached(self, module: torch.nn.Module) -> bool:
        """Whether its forward returned at least once."""
        known = self._returned.get(id(module))
        return known is not None and known[0]() is module

    def events(self, stopped: torch.nn.Module | None = None) -> list[dict[str, Any]]:
        """Keys of a `module` event for each model not told about yet."""
        roots = [(name, m) for name, m in self._roots() if self.reached(m) or _contains(m, stopped)]
        fresh = [(name, m) for name, m in roots if id(m) not in self._told or _contains(m, stopped)]
        self._told.update(id(m) for _, m in fresh)
        return [self._event(name, model, stopped) for name, model in fresh]

    def _roots(self) -> list[tuple[str, torch.nn.Module]]:
        """Named models, and models that ran without ever being bound to a name."""
        found = {id(model): (name, model) for name, model in self._names.models()}
        ran = [module for ref, _ in self._returned.values() if (module := ref()) is not None]
        inner = {id(part) for module in ran for part in torch.nn.Module.modules(module) if part is not module}
        inner |= {id(part) for _, model in found.values() for part in _modules(model) if part is not model}
        for module in ran:
            if id(module) not in inner:
                found.setdefault(id(module), (type(module).__name__, module))
        return [(n, m) for n, m in found.values() if any(True for _ in _modules(m)) and _worth_telling(m)]

    def _event(self, name: str, model: torch.nn.Module, stopped: torch.nn.Module | None) -> dict[str, Any]:
        rows: list[dict[str, Any]] = []
        first: dict[int, str] = {}
        for path, module in torch.nn.Module.named_modules(model, remove_duplicate=False):
            if len(rows) == MOST_ROWS:
                break
            row = self._row(path, module)
            if id(module) in first:
                row["shared_with"] = first[id(module)]
            first.setdefault(id(module), path)
            rows.append(row)
        where = next(
            (row["path"] or row["type"] for row, m in zip(rows, _modules_of(model)) if m is stopped), None
        )
        return {"name": name, "rows": rows, "stopped_at": where if stopped is not None else None}

    def _row(self, path: str, module: torch.nn.Module) -> dict[str, Any]:
        parameters = (
            list(module.parameters(recurse=False)) if not module._modules else list(module.parameters())
        )
        known = self._returned.get(id(module))
        reached = self.reached(module) or any(self.reached(part) for part in _modules(module))
        return {
            "path": path,
            "type": type(module).__name__,
            "detail": layer_detail(module) if not module._modules else "",
            "output": known[1] if known is not None and self.reached(module) else None,
            "parameters": sum(_numel(p) for p in parameters),
            "trainable": sum(_numel(p) for p in parameters if p.requires_grad),
            "depth": path.count(".") + 1 if path else 0,
            "reached": reached,
        }


def _numel(parameter: torch.Tensor) -> int:
    try:
        return parameter.numel()
    except Exception:  # a lazy layer has no size yet
        return 0


def _modules(model: torch.nn.Module) -> list[torch.nn.Module]:
    try:
        return list(torch.nn.Module.modules(model))
    except Exception:  # its `super().__init__()` was forgotten
        return []


def _modules_of(model: torch.nn.Module) -> list[torch.nn.Module]:
    return [module for _, module in torch.nn.Module.named_modules(model, remove_duplicate=False)]


def _contains(model: torch.nn.Module, part: torch.nn.Module | None) -> bool:
    return part is not None and any(module is part for module in _modules(model))


def _worth_telling(model: torch.nn.Module) -> bool:
    """A loss module alone is no model."""
    return bool(model._modules) or next(iter(model.parameters()), None) is not None


def _shape(result: Any) -> list[int] | None:
    if isinstance(result, (tuple, list)) and result:
        result = result[0]
    return [int(size) for size in result.shape] if isinstance(result, torch.Tensor) else None
