"""Typed predictions, read generously: `2,3`, `(2, 3)` and `torch.Size([2, 3])` are the same shape."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Sequence

from tutor.lesson.model import Ask

Number = bool | int | float | complex | str | None
Numbers = Number | Sequence["Numbers"]

_DTYPES = {
    "float": "float32", "double": "float64", "half": "float16", "long": "int64", "int": "int32", "short": "int16",
    "cfloat": "complex64", "cdouble": "complex128",
}  # fmt: skip
_NO_ERROR = {"no error", "none", "no", "nothing", "no exception", "it works", "runs"}
_WRAPPERS = re.compile(
    r"^(?:torch\.)?(?:tensor|size|parameter containing:\s*tensor|array)\((.*)\)$", re.IGNORECASE | re.DOTALL
)
_TAIL = re.compile(r",\s*(?:dtype|device|requires_grad|grad_fn)\s*=.*$", re.DOTALL)


def same_answer(ask: Ask, typed: str, truth: str, rtol: float = 1e-3) -> bool:
    """Is what was typed the computed answer?"""
    match ask:
        case "shape":
            return read_shape(typed) is not None and read_shape(typed) == read_shape(truth)
        case "dtype":
            return read_dtype(typed) == read_dtype(truth)
        case "device":
            return _device(typed) == _device(truth)
        case "error":
            return read_error(typed) == read_error(truth)
        case "output":
            return folded(typed) == folded(truth)
        case "value" | "grad":
            return _same_values(typed, truth, rtol)


def read_shape(text: str) -> tuple[int, ...] | None:
    """Sizes, in whatever brackets; None when the text holds none."""
    inner = _unwrapped(text.strip().rstrip("."))
    if inner.lower() in ("scalar", "()", "[]", "", "0-d"):
        return () if text.strip() else None
    inner = inner.strip("()[] ")
    parts = [part for part in re.split(r"\s*[,×xX*]\s*|\s+", inner) if part]
    return tuple(int(part) for part in parts) if parts and all(part.isdigit() for part in parts) else None


def read_dtype(text: str) -> str:
    """A dtype's name without its module, aliases resolved."""
    name = text.strip().lower().removeprefix("torch.").strip("`'\"")
    return _DTYPES.get(name, name)


def read_error(text: str) -> str:
    """An exception's name without module and message; `no error` for all ways of saying that."""
    plain = " ".join(text.strip().lower().split()).rstrip(".!")
    if plain in _NO_ERROR:
        return "no error"
    return plain.split(":")[0].split("(")[0].strip().rsplit(".", 1)[-1]


def folded(text: str) -> str:
    """Printed text with its white space folded."""
    return " ".join(text.split())


def read_values(text: str) -> Numbers:
    """Numbers as Python or torch prints them: `tensor([2., 4.])`, `2 4`, `True`, `nan`; the text itself when it is none."""
    inner = _unwrapped(text.strip())
    spelled = re.sub(
        r"(?<![\w.])(nan|inf)(?!\w)", lambda found: f"'{found[1].lower()}'", inner, flags=re.IGNORECASE
    )
    for attempt in (spelled, f"[{spelled}]" if "," in spelled else "", "[" + ",".join(spelled.split()) + "]"):
        if not attempt or (attempt.startswith("[") and not spelled):
            continue
        try:
            return _numbers(ast.literal_eval(attempt))
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            continue
    return inner


def _unwrapped(text: str) -> str:
    """Without `tensor(…)`, `torch.Size(…)` and what stands behind the values."""
    found = _WRAPPERS.match(text)
    return _TAIL.sub("", found[1]).strip() if found else text


def _device(text: str) -> tuple[str, str]:
    name = text.strip().lower().removeprefix("torch.").strip("`'\"")
    if name.startswith("device("):
        name = name.removeprefix("device(").rstrip(")").removeprefix("type=").strip("'\"")
    kind, _, index = {"gpu": "cuda"}.get(name, name).partition(":")
    return kind, index or "0"


def _numbers(value: object) -> Numbers:
    if isinstance(value, str) and value in ("nan", "inf", "-inf"):
        return float(value)
    if isinstance(value, (list, tuple)):
        return [_numbers(item) for item in value]
    if value is None or isinstance(value, (bool, int, float, complex, str)):
        return value
    raise TypeError(f"{type(value).__name__} is no number")


def _same_values(typed: str, truth: str, rtol: float) -> bool:
    if not typed.strip():
        return False
    return _agree(read_values(typed), read_values(truth), rtol)


def _agree(one: Numbers, other: Numbers, rtol: float) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(
            _agree(left, right, rtol) for left, right in zip(one, other, strict=True)
        )
    if isinstance(one, list) and len(one) == 1:
        return _agree(one[0], other, rtol)
    if isinstance(other, list) and len(other) == 1:
        return _agree(one, other[0], rtol)
    if isinstance(one, bool) or isinstance(other, bool) or one is None or other is None:
        return _word(one) == _word(other)
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return _close(float(one), float(other), rtol)
    if isinstance(one, complex) or isinstance(other, complex):
        return one == other
    return (
        isinstance(one, str)
        and isinstance(other, str)
        and folded(one).strip("'\"") == folded(other).strip("'\"")
    )


def _word(value: Numbers) -> str:
    return str(value).lower()


def _close(one: float, other: float, rtol: float) -> bool:
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return one == other or abs(one - other) <= rtol * max(abs(one), abs(other)) + 1e-9
