"""What a rule may ask about an exception: its operands, the layer it came from, and words for shapes and dtypes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from ..attributes import MISSING
from .place import Place

Found = "dict[str, Any] | None"


@dataclass(frozen=True)
class Rule:
    """One row of the table: a text to recognise, facts to look up, and what to say with them.

    `say` and `then` are templates over the pattern's named groups and the facts. A row whose `facts` gives None does not apply.
    """

    id: str
    pattern: str
    say: str
    then: str
    facts: Callable[[Case], dict[str, Any] | None] | None = None
    type: str = ""
    """Name of the exception's class, where the text alone would not tell."""


class Case:
    """One exception, with what can be found out about it."""

    def __init__(self, place: Place, message: str, operands: list[tuple[str, str, Any]]) -> None:
        self.place = place
        self.message = message
        self.operands = operands
        self.match: re.Match[str] = re.match("", "") or _never()

    def group(self, name: str) -> str:
        """A named group of the rule's pattern."""
        return str(self.match.group(name) or "")

    def number(self, name: str) -> int:
        """A named group as a number."""
        return int(self.group(name))

    def tensors(self) -> list[tuple[str, torch.Tensor]]:
        """Operands that are tensors, as the learner wrote them."""
        return [(text, value) for _, text, value in self.operands if isinstance(value, torch.Tensor)]

    def operand(self, *roles: str) -> tuple[str, Any]:
        """Expression and value of the first operand with one of these roles."""
        found = ((text, value) for role, text, value in self.operands if role in roles)
        return next(found, ("", MISSING))

    def local(self, *names: str) -> Any:
        """A local of the frame that raised, inside torch."""
        frame = self.place.inner
        if frame is None:
            return MISSING
        return next((frame.f_locals[name] for name in names if name in frame.f_locals), MISSING)

    def local_tensor(self, *names: str) -> torch.Tensor | None:
        """The same, when it is a tensor."""
        value = self.local(*names)
        return value if isinstance(value, torch.Tensor) else None

    @property
    def layer(self) -> torch.nn.Module | None:
        """The innermost layer below the learner's line."""
        return self.place.modules[-1] if self.place.modules and self.place.inner is not None else None

    def layer_label(self) -> str:
        """`2: Linear(64→10)`; the path is within the model that the learner called."""
        layer = self.layer
        if layer is None:
            return ""
        path = layer_path(layer, self.place.around)
        return f"{path}: {layer_words(layer)}" if path else layer_words(layer)


def _never() -> re.Match[str]:
    raise AssertionError("an empty pattern matches")


def layer_path(layer: torch.nn.Module, models: list[torch.nn.Module]) -> str:
    """Where the layer sits in the outermost model that holds it."""
    for model in models:
        try:
            path = next((name for name, part in model.named_modules() if part is layer), None)
        except Exception:  # a half-built module has no table of parts
            continue
        if path:
            return str(path)
    return ""


def layer_words(layer: torch.nn.Module) -> str:
    """`Linear(64→10)`, `Conv2d(3→8)`, else its class."""
    name = type(layer).__name__
    for inward, outward in (
        ("in_features", "out_features"),
        ("in_channels", "out_channels"),
        ("input_size", "hidden_size"),
    ):
        if hasattr(layer, inward) and hasattr(layer, outward):
            return f"{name}({getattr(layer, inward)}→{getattr(layer, outward)})"
    if isinstance(layer, torch.nn.Embedding):
        return f"Embedding({layer.num_embeddings}, {layer.embedding_dim})"
    return name


def shape(value: Any) -> str:
    """`[32, 8]`."""
    return (
        "[" + ", ".join(str(int(size)) for size in value.shape) + "]"
        if isinstance(value, torch.Tensor)
        else "?"
    )


def dtype(value: Any) -> str:
    """`float32`."""
    return str(value.dtype)[6:] if isinstance(value, torch.Tensor) else "?"


def product(sizes: Any) -> int:
    """Of sizes."""
    result = 1
    for size in sizes:
        result *= int(size)
    return result
