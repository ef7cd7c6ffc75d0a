"""Silent bugs in how a model is built, fed and evaluated."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import torch

from ..names import Names
from .found import Found
from .source import Source, names_of_inputs

LEARNERS_OWN = "__main__"
_RANDOM = (torch.nn.modules.dropout._DropoutNd,)
_NORMS = (torch.nn.modules.batchnorm._BatchNorm,)


class Models:
    """Looks at models when they run without gradients, and at the end."""

    def __init__(self, found: Found, names: Names) -> None:
        self._found, self._names = found, names
        self.unevaluated: dict[str, int | None] = {}

    def ran_without_gradients(self, module: torch.nn.Module, line: Callable[[], int | None]) -> None:
        """A dropout in training mode while gradients are off: `eval()` was forgotten."""
        if isinstance(module, _RANDOM) and module.training and module.p > 0:
            self.unevaluated.setdefault("dropout", line())
        elif isinstance(module, _NORMS) and module.training:
            self.unevaluated.setdefault("batch normalisation", line())

    def finish(self, optimizers: list[Any]) -> None:
        """Everything that needs the end of the run."""
        for kind, line in self.unevaluated.items():
            if kind == "dropout" or len(optimizers) == 1:
                self._found.tell(
                    "eval_forgotten",
                    line,
                    f"The model runs without gradients after training, but still in training mode: its {kind} behaves as in training. Call model.eval() before evaluating, model.train() before training on.",
                    layer=kind,
                )
        held = {
            id(p) for optimizer in optimizers for group in optimizer.param_groups for p in group["params"]
        }
        for name, model in self._names.models():
            for part in _own_parts(model):
                self._hidden(name, model, part, held)

    def _hidden(self, name: str, model: torch.nn.Module, part: torch.nn.Module, held: set[int]) -> None:
        known = {id(p) for p in model.parameters()} | held
        for attribute, value in vars(part).items():
            if attribute.startswith("_"):
                continue
            layers = [layer for layer in _inside(value) if isinstance(layer, torch.nn.Module)]
            lost = [p for layer in layers for p in layer.parameters() if id(p) not in known]
            if lost:
                count = sum(p.numel() for p in lost)
                self._found.tell(
                    "layers_in_plain_list",
                    None,
                    f"{type(part).__name__}.{attribute} keeps layers in a Python {type(value).__name__}: the model does not know them, so {count} parameters are not trained, moved or saved. Use nn.ModuleList or nn.ModuleDict.",
                    model=name,
                    attribute=attribute,
                    parameters=count,
                )
            elif (
                type(value) is torch.Tensor
                and value.requires_grad
                and value.is_leaf
                and id(value) not in known
            ):
                self._found.tell(
                    "tensor_not_parameter",
                    None,
                    f"{type(part).__name__}.{attribute} is a plain tensor that asks for gradients: the model does not list it among its parameters. Wrap it in nn.Parameter.",
                    model=name,
                    attribute=attribute,
                )

    def pixels(self, tree: ast.Module, source: Source) -> None:
        """Inputs between 0 and 255 that were never scaled."""
        models = {name for name, model in self._names.models()}
        for name, line in names_of_inputs(tree, models):
            for taken in source.snapshots(name, line):
                image = len(taken.shape) >= 3 or (len(taken.shape) == 2 and taken.shape[1] >= 64)
                if not image or taken.copy is None or not taken.copy.is_floating_point():
                    continue
                low, high = (float(edge) for edge in torch.aminmax(taken.copy))
                whole = bool((taken.copy == taken.copy.round()).all())
                if low >= 0 and 128 <= high <= 255 and whole:
                    self._found.tell(
                        "inputs_0_to_255",
                        line,
                        f"The inputs {name} run from {low:.0f} to {high:.0f}, like raw pixels. Networks learn better from inputs around 0 to 1: divide by 255.",
                        low=low,
                        high=high,
                    )
                    return


def _own_parts(model: torch.nn.Module) -> list[torch.nn.Module]:
    try:
        return [part for part in model.modules() if type(part).__module__ == LEARNERS_OWN]
    except Exception:  # its `super().__init__()` was forgotten
        return []


def _inside(value: Any) -> list[Any]:
    if type(value) in (list, tuple):
        return list(value)
    return list(value.values()) if type(value) is dict else []
