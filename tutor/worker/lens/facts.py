"""What may be said about one value: its kind and metadata as a plain dict, never the value itself.

`snapshot` is quick and may run beside the learner's code; `facts` does the arithmetic on the small copy it took.
No learner code runs here: no `__repr__`, `__len__` or property of a class that is not Python's or torch's own.
"""

from __future__ import annotations

import sys
from typing import Any, Callable

import torch

from .tensors import TensorSnapshot, tensor_snapshot

LONGEST_TEXT = 120
MOST_ITEMS = 8
_NUMBERS = (bool, int, float, complex, type(None))
_PLAIN = (torch.Size, torch.device, torch.dtype, range, slice, torch.Generator, torch.layout, type, bytes)


class KnownFacts:
    """Facts of a value that is cheaper to describe at once than to copy."""

    __slots__ = ("keys",)

    def __init__(self, keys: dict[str, Any]) -> None:
        self.keys = keys

    shape = None
    sequence = None

    def facts(self, thorough: bool = True) -> dict[str, Any]:
        """The value's dict, as the contract has it."""
        return self.keys


def facts(value: Any) -> dict[str, Any]:
    """Everything the contract tells about a value."""
    described: dict[str, Any] = snapshot(value).facts()
    return described


def snapshot(value: Any, depth: int = 0) -> Any:
    """What must be taken now to tell the facts later: a `TensorSnapshot` or `KnownFacts`."""
    if isinstance(value, torch.Tensor):
        return tensor_snapshot(value)
    kind = type(value)
    if kind in _NUMBERS:
        return KnownFacts(_number(value))
    if kind is str:
        return KnownFacts({"kind": "text", "type": "str", "text": short(value)})
    if isinstance(value, (list, tuple, dict, set, frozenset)):
        return KnownFacts(_collection(value, depth))
    array = _array(value)
    if array is not None:
        return array
    return KnownFacts(_object(value))


def short(value: Any, longest: int = LONGEST_TEXT) -> str:
    """`repr` of one of Python's own values, cut to one short line."""
    if isinstance(value, (str, bytes)) and len(value) > longest:
        value = value[:longest]
        return repr(value)[:longest] + "…"
    text = repr(value)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _number(value: Any) -> dict[str, Any]:
    number = None
    if isinstance(value, (int, float)):
        try:
            number = float(value)
        except OverflowError:
            number = None
    if isinstance(value, int) and abs(value) > 10**100:
        return {
            "kind": "scalar",
            "type": "int",
            "text": f"an int of {value.bit_length()} bits",
            "number": None,
        }
    return {"kind": "scalar", "type": type(value).__name__, "text": repr(value), "number": number}


def _object(value: Any) -> dict[str, Any]:
    if isinstance(value, torch.nn.Module):
        return module_facts(value)
    if isinstance(value, torch.optim.Optimizer):
        return _optimizer(value)
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, numpy.generic):
        plain = value.item()
        keys = _number(plain) if type(plain) in _NUMBERS else {"kind": "text", "text": short(plain)}
        return {**keys, "type": type(value).__name__}
    name = type(value).__name__
    if isinstance(value, _PLAIN) or type(value).__module__ in (
        "pathlib",
        "datetime",
        "collections",
        "torch.finfo",
    ):
        return {"kind": "text", "type": name, "text": _named(value)}
    called = getattr(type(value), "__module__", "")
    label = _function_name(value) or f"<{name} object>"
    return {"kind": "text", "type": name, "text": label if called else name}


def _named(value: Any) -> str:
    if isinstance(value, type):
        return f"class {value.__name__}"
    return short(value)


def _function_name(value: Any) -> str:
    if isinstance(value, type(_function_name)):
        return f"function {value.__name__}"
    if isinstance(value, type(len)):
        return f"function {value.__name__}"
    return ""


def _collection(value: Any, depth: int) -> dict[str, Any]:
    """Reads through the built-in methods, so that a subclass's own ones do not run."""
    items: list[list[Any]] = []
    base: Callable[[Any], int] = next(
        t for t in (list, tuple, dict, set, frozenset) if isinstance(value, t)
    ).__len__
    length = base(value)
    pairs = dict.items(value) if isinstance(value, dict) else enumerate(_iterate(value))
    if depth < 2:
        for key, item in pairs:
            if len(items) == MOST_ITEMS:
                break
            items.append([_key(key), snapshot(item, depth + 1).facts()])
    return {
        "kind": "collection",
        "type": type(value).__name__,
        "length": length,
        "text": _collection_text(value, items, length),
        "items": items,
    }


def _iterate(value: Any) -> Any:
    if isinstance(value, (set, frozenset)):
        return iter(value) if type(value) in (set, frozenset) else iter(())
    return (list if isinstance(value, list) else tuple).__iter__(value)


def _key(key: Any) -> str:
    return str(key) if type(key) in (str, int, float, bool) else snapshot(key, 2).facts().get("text", "")[:40]


def _collection_text(value: Any, items: list[list[Any]], length: int) -> str:
    words = [_item_text(item) for _, item in items]
    if isinstance(value, dict):
        words = [f"{key}: {word}" for (key, _), word in zip(items, words)]
    more = ", …" if length > len(words) else ""
    inside = ", ".join(words) + more
    brackets = "[]" if isinstance(value, list) else "()" if isinstance(value, tuple) else "{}"
    if len(inside) > LONGEST_TEXT:
        inside = inside[: LONGEST_TEXT - 1] + "…"
    return brackets[0] + inside + brackets[1]


def _item_text(item: dict[str, Any]) -> str:
    if item["kind"] in ("tensor", "array"):
        return f"{item['kind']} {'×'.join(map(str, item['shape']))}".strip()
    return str(item.get("text", item["kind"]))


def module_facts(module: torch.nn.Module) -> dict[str, Any]:
    """A model in one line; survives one whose `super().__init__()` was forgotten."""
    name = type(module).__name__
    keys: dict[str, Any] = {"kind": "module", "type": name, "text": name, "parameters": 0, "trainable": 0}
    try:
        parameters = list(torch.nn.Module.parameters(module))
        keys["parameters"] = sum(_numel(p) for p in parameters)
        keys["trainable"] = sum(_numel(p) for p in parameters if p.requires_grad)
        keys["training"] = bool(module.training)
        keys["text"] = f"{name}({layer_detail(module)})"
    except Exception:
        keys["text"] = f"{name} (not initialised)"
    return keys


def _numel(parameter: torch.Tensor) -> int:
    try:
        return parameter.numel()
    except Exception:
        return 0  # a lazy layer's parameter has no size yet


def layer_detail(module: torch.nn.Module) -> str:
    """A layer's settings in torch's own words; nothing for the learner's own classes, whose code must not run."""
    if not type(module).__module__.startswith("torch."):
        children = len(module._modules)
        return f"{children} layers" if children > 1 else ""
    if module._modules:
        return f"{len(module._modules)} layers"
    return short_line(str(module.extra_repr()))


def short_line(text: str) -> str:
    """The first line, cut."""
    line = text.split("\n")[0]
    return line if len(line) <= 80 else line[:79] + "…"


def _optimizer(optimizer: torch.optim.Optimizer) -> dict[str, Any]:
    groups = getattr(optimizer, "param_groups", [])
    return {
        "kind": "optimizer",
        "type": type(optimizer).__name__,
        "lr": [float(group["lr"]) for group in groups if isinstance(group.get("lr"), (int, float))],
        "parameters": sum(_numel(p) for group in groups for p in group["params"]),
    }


def _array(value: Any) -> TensorSnapshot | None:
    numpy = sys.modules.get("numpy")
    if numpy is None or not isinstance(value, numpy.ndarray) or value.dtype.hasobject:
        return None
    from .arrays import array_snapshot  # deferred: the learner may have no NumPy

    return array_snapshot(value)
