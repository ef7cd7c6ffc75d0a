"""Do two values agree? Type, shape, dtype and device come before values; a difference is said as found and expected."""

from __future__ import annotations

import math
from typing import Any

import torch

from . import words
from .mismatch import Difference
from .patterns import relation

TOLERANCES: dict[torch.dtype, tuple[float, float]] = {
    torch.float64: (1e-7, 1e-9),
    torch.complex128: (1e-7, 1e-9),
    torch.float32: (1e-4, 1e-5),
    torch.complex64: (1e-4, 1e-5),
    torch.bfloat16: (1.6e-2, 1e-2),
    torch.float16: (5e-3, 1e-3),
}


class Rule:
    """How closely values must agree, and whether the expected ones may be shown."""

    def __init__(
        self, exact: bool = False, rtol: float | None = None, atol: float | None = None, reveal: bool = False
    ) -> None:
        self.exact = exact
        self.rtol = rtol
        self.atol = atol
        self.reveal = reveal


def compare(found: Any, expected: Any, rule: Rule, path: str = "") -> None:
    """Raise `Difference` at the first thing that differs."""
    found, expected = as_tensor(found), as_tensor(expected)
    if isinstance(expected, torch.Tensor):
        return _compare_tensors(found, expected, rule, path)
    if isinstance(expected, bool) or expected is None or isinstance(expected, (str, bytes)):
        return _compare_plain(found, expected, rule, path)
    if isinstance(expected, (int, float, complex)):
        return _compare_numbers(found, expected, rule, path)
    if isinstance(expected, dict):
        return _compare_dicts(found, expected, rule, path)
    if isinstance(expected, (list, tuple)):
        return _compare_sequences(found, expected, rule, path)
    if isinstance(expected, (set, frozenset)):
        return _compare_plain(found, expected, rule, path)
    if isinstance(expected, torch.nn.Module):
        if not isinstance(found, torch.nn.Module):
            raise Difference(f"is {words.kind(found)}", "a module", path)
        return _compare_dicts(dict(found.state_dict()), dict(expected.state_dict()), rule, path)
    return _compare_plain(found, expected, rule, path)


def as_tensor(value: Any) -> Any:
    """NumPy arrays and scalars as what they stand for; anything else as it is."""
    kind = type(value)
    if kind.__module__ != "numpy":
        return value
    if kind.__name__ == "ndarray":
        try:
            return torch.from_numpy(value.copy())
        except TypeError:
            return value.tolist()
    return value.item() if hasattr(value, "item") else value


def same_shape(found: torch.Tensor, expected: torch.Tensor, path: str = "") -> None:
    """Raise `Difference` unless the shapes are equal."""
    if tuple(found.shape) != tuple(expected.shape):
        raise Difference(f"has shape {words.shape(found.shape)}", words.shape(expected.shape), path)


def same_dtype(found: torch.Tensor, expected: torch.Tensor, path: str = "") -> None:
    """Raise `Difference` unless the dtypes are equal."""
    if found.dtype != expected.dtype:
        raise Difference(f"has dtype {words.dtype(found.dtype)}", words.dtype(expected.dtype), path)


def _compare_tensors(found: Any, expected: torch.Tensor, rule: Rule, path: str) -> None:
    if not isinstance(found, torch.Tensor):
        raise Difference(f"is {words.kind(found)}", f"a tensor of shape {words.shape(expected.shape)}", path)
    same_shape(found, expected, path)
    same_dtype(found, expected, path)
    if found.device.type != expected.device.type:
        raise Difference(f"is on {found.device.type}", expected.device.type, path)
    left, right = _dense(found), _dense(expected)
    agree = _agree(left, right, rule)
    if bool(agree.all()):
        return
    raise _value_difference(left, right, agree, rule, path)


def _dense(tensor: torch.Tensor) -> torch.Tensor:
    tensor = tensor.detach()
    tensor = tensor.to_dense() if tensor.layout != torch.strided else tensor
    tensor = tensor.dequantize() if tensor.is_quantized else tensor
    return tensor.cpu().resolve_conj().resolve_neg()


def _agree(left: torch.Tensor, right: torch.Tensor, rule: Rule) -> torch.Tensor:
    """Where the two agree, NaN with NaN, infinities with their own sign."""
    inexact = left.is_floating_point() or left.is_complex()
    if rule.exact or not inexact:
        return (left == right) | ((left != left) & (right != right))
    default_rtol, default_atol = TOLERANCES.get(left.dtype, (1e-4, 1e-5))
    finite = right[torch.isfinite(right)].abs()
    scale = max(1.0, float(finite.max())) if finite.numel() else 1.0
    rtol = default_rtol if rule.rtol is None else rule.rtol
    atol = default_atol * scale if rule.atol is None else rule.atol
    if left.dtype in (torch.float16, torch.bfloat16):
        left, right = left.float(), right.float()
    return torch.isclose(left, right, rtol=rtol, atol=atol, equal_nan=True)


def _value_difference(
    left: torch.Tensor, right: torch.Tensor, agree: torch.Tensor, rule: Rule, path: str
) -> Difference:
    wrong = int((~agree).sum())
    hint = relation(left, right)
    hint = f" ({hint})" if hint else ""
    if left.dim() == 0:
        told = words.str_of(right.item()) if rule.reveal else "another value"
        return Difference(f"is {words.str_of(left.item())}", told + hint, path)
    if rule.reveal and left.numel() <= 6:
        return Difference(f"is {words.numbers(left)}", words.numbers(right) + hint, path)
    place = tuple(int(axis[0]) for axis in torch.nonzero(~agree, as_tuple=True))
    share = f"{wrong} of {left.numel()} values differ, first " if left.numel() > 1 else ""
    told = f"{words.str_of(right[place].item())} there" if rule.reveal else "another value there"
    return Difference(
        f"is {words.str_of(left[place].item())} at {list(place)}", f"{told} ({share}here)" + hint, path
    )


def _compare_numbers(found: Any, expected: Any, rule: Rule, path: str) -> None:
    if isinstance(found, torch.Tensor) and found.dim() == 0 and not rule.exact:
        found = found.item()
    if isinstance(found, bool) or not isinstance(found, (int, float, complex)):
        raise Difference(f"is {words.kind(found)}", "a number", path)
    if rule.exact:
        if type(found) is not type(expected) and not isinstance(found, type(expected)):
            raise Difference(f"is {words.kind(found)}", words.kind(expected), path)
        agree = found == expected or (found != found and expected != expected)
    elif isinstance(found, complex) or isinstance(expected, complex):
        agree = abs(found - expected) <= 1e-6 + 1e-5 * abs(expected)
    else:
        agree = _close_floats(float(found), float(expected), rule)
    if not agree:
        told = words.str_of(expected) if rule.reveal else "another value"
        raise Difference(f"is {words.str_of(found)}", told, path)


def _close_floats(found: float, expected: float, rule: Rule) -> bool:
    if math.isnan(found) or math.isnan(expected):
        return math.isnan(found) and math.isnan(expected)
    rtol = 1e-4 if rule.rtol is None else rule.rtol
    atol = 1e-5 if rule.atol is None else rule.atol
    return found == expected or abs(found - expected) <= atol + rtol * abs(expected)


def _compare_plain(found: Any, expected: Any, rule: Rule, path: str) -> None:
    if type(found) is not type(expected):
        if isinstance(expected, bool) and isinstance(found, torch.Tensor) and found.dim() == 0:
            found = found.item()
        if not isinstance(found, type(expected)):
            raise Difference(f"is {words.kind(found)}", words.kind(expected), path)
    if not bool(found == expected):
        told = words.value(expected) if rule.reveal else "another value"
        raise Difference(f"is {words.value(found)}", told, path)


def _compare_sequences(found: Any, expected: Any, rule: Rule, path: str) -> None:
    if not isinstance(found, (list, tuple)):
        raise Difference(f"is {words.kind(found)}", f"{words.kind(expected)} of {len(expected)}", path)
    if rule.exact and isinstance(found, list) != isinstance(expected, list):
        raise Difference(f"is {words.kind(found)}", words.kind(expected), path)
    if len(found) != len(expected):
        raise Difference(f"has {len(found)} items", str(len(expected)), path)
    for place, (one, other) in enumerate(zip(found, expected)):
        compare(one, other, rule, f"{path}[{place}]")


def _compare_dicts(found: Any, expected: dict[Any, Any], rule: Rule, path: str) -> None:
    if not isinstance(found, dict):
        raise Difference(f"is {words.kind(found)}", "a dict", path)
    missing = [key for key in expected if key not in found]
    if missing:
        raise Difference(f"has no key {words.str_of(missing[0])}", "that key", path)
    extra = [key for key in found if key not in expected]
    if extra:
        raise Difference(f"has the key {words.str_of(extra[0])}", "no such key", path)
    for key, value in expected.items():
        compare(found[key], value, rule, f"{path}[{words.str_of(key)}]")
