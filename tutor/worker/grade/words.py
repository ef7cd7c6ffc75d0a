"""Values in words, safely: a strange value of the learner's is named, never iterated, and its `repr` is not trusted."""

from __future__ import annotations

import math
import types
from typing import Any

import torch

LONGEST = 80


def number(value: float) -> str:
    """A number as a person writes it."""
    if isinstance(value, (bool, int)):
        return str(value)
    if not math.isfinite(value):
        return str(value)
    return f"{value:.4g}" if abs(value) < 1e6 else f"{value:.3e}"


def shape(sizes: Any) -> str:
    """Sizes as `[2, 3]`."""
    return "[" + ", ".join(str(int(size)) for size in sizes) + "]"


def dtype(kind: torch.dtype) -> str:
    """`float32`, without the prefix."""
    return str(kind).replace("torch.", "")


def numbers(tensor: torch.Tensor) -> str:
    """The values of a small tensor."""

    def text(item: Any) -> str:
        return "[" + ", ".join(text(one) for one in item) + "]" if isinstance(item, list) else str_of(item)

    return text(tensor.detach().cpu().tolist())


def str_of(item: Any) -> str:
    """A plain Python value, short."""
    if isinstance(item, (bool, int, float)):
        return number(item)
    text = repr(item) if isinstance(item, (str, bytes, complex, type(None))) else f"a {type(item).__name__}"
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def kind(value: Any) -> str:
    """What sort of thing this is, with its article."""
    if value is None:
        return "None"
    if isinstance(value, torch.nn.Module):
        return f"a module ({type(value).__name__})"
    if isinstance(value, torch.Tensor):
        return "a tensor"
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if isinstance(value, types.ModuleType):
        return "a Python module"
    if isinstance(value, types.GeneratorType):
        return "a generator"
    if isinstance(value, (types.FunctionType, types.BuiltinFunctionType, types.MethodType)):
        return "a function"
    name = type(value).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def value(item: Any) -> str:
    """A value in a few words: small ones with their numbers."""
    if isinstance(item, torch.Tensor) and item.layout == torch.strided:
        if item.numel() <= 6 and item.dim() <= 2 and item.device.type != "meta":
            return f"tensor({numbers(item)})"
        return f"a {dtype(item.dtype)} tensor of shape {shape(item.shape)}"
    if isinstance(item, (bool, int, float, str, bytes, complex)):
        return str_of(item)
    if (
        isinstance(item, (list, tuple))
        and len(item) <= 8
        and all(isinstance(one, (int, float, str)) for one in item)
    ):
        inner = ", ".join(str_of(one) for one in item)
        return f"[{inner}]" if isinstance(item, list) else f"({inner})"
    return kind(item)


def case(names: dict[str, Any], mentioned: set[str]) -> str:
    """The names of a case, in words: those the expression mentions, or all when it mentions none."""
    shown = {name: item for name, item in names.items() if name in mentioned} or names
    return ", ".join(_named(name, item) for name, item in list(shown.items())[:6])


def _named(name: str, item: Any) -> str:
    if not isinstance(item, torch.Tensor):
        return f"{name} = {value(item)}"
    if item.numel() <= 6 and item.dim() <= 2:
        text = f"{name} = {numbers(item)}"
        if item.dim() > 1:
            text += f", shape {shape(item.shape)}"
    else:
        text = f"{name} of shape {shape(item.shape)}"
    marks = []
    if item.dtype not in (torch.float32, torch.int64, torch.bool):
        marks.append(dtype(item.dtype))
    if not item.is_contiguous():
        marks.append("not contiguous")
    if item.requires_grad:
        marks.append("requires_grad")
    return text + (f" ({', '.join(marks)})" if marks else "")
