"""How reductions and rearrangements change a shape: arguments are read from the code, and only whole numbers are understood."""

from __future__ import annotations

import ast
import math
from collections.abc import Sequence

from tutor.renderables.alignment import Shape

Change = tuple[Shape, tuple[int, ...]]
"""The new shape; the axes that vanished, or for each new axis the old one."""


def whole_numbers(nodes: Sequence[ast.expr]) -> list[int] | None:
    """Arguments that are whole numbers, a tuple of them counting as several; None when one is anything else."""
    numbers: list[int] = []
    for node in nodes:
        try:
            value = ast.literal_eval(node)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            return None
        for item in value if isinstance(value, (tuple, list)) else (value,):
            if isinstance(item, bool) or not isinstance(item, int):
                return None
            numbers.append(item)
    return numbers


def reduced(shape: Shape, dims: ast.expr | None, keepdim: ast.expr | None) -> Change | None:
    """The shape after a reduction over `dims` (all axes when absent), and which axes vanished."""
    numbers = list(range(len(shape))) if dims is None else whole_numbers([dims])
    axes = _axes(numbers, len(shape))
    if axes is None:
        return None
    keep = isinstance(keepdim, ast.Constant) and keepdim.value is True
    left = tuple(1 if axis in axes else size for axis, size in enumerate(shape) if keep or axis not in axes)
    return left, tuple(sorted(axes))


def _axes(numbers: list[int] | None, count: int) -> list[int] | None:
    """Axes counted from the front; None when one does not exist or is named twice."""
    if numbers is None or any(not -count <= number < count for number in numbers):
        return None
    axes = [number % count for number in numbers]
    return axes if len(set(axes)) == len(axes) else None


def rearranged(shape: Shape, name: str, arguments: Sequence[ast.expr]) -> Change | None:
    """The shape after a view, a permutation or the like, and where each new axis came from."""
    numbers = whole_numbers(arguments)
    if numbers is None:
        return None
    match name:
        case "reshape" | "view":
            return _resized(shape, numbers)
        case "flatten" | "ravel":
            return _flattened(shape, numbers)
        case "squeeze" | "unsqueeze":
            return _squeezed(shape, numbers) if name == "squeeze" else _unsqueezed(shape, numbers)
    order = _order(name, len(shape), numbers)
    return (tuple(shape[axis] for axis in order), tuple(order)) if order is not None else None


def _order(name: str, count: int, numbers: list[int]) -> list[int] | None:
    """For each new axis the old one."""
    order = list(range(count))
    if name == "t":
        return [*order[:-2], *reversed(order[-2:])]
    axes = _axes(numbers, count)
    if axes is None:
        return None
    if name == "permute":
        return axes if len(axes) == count else None
    if len(axes) != 2:
        return None
    first, second = axes
    if name == "transpose":
        order[first], order[second] = order[second], order[first]
    else:
        order.insert(second, order.pop(first))
    return order


def _resized(shape: Shape, sizes: list[int]) -> Change | None:
    total = math.prod(shape)
    known = math.prod(size for size in sizes if size != -1)
    if sizes.count(-1) > 1 or any(size < -1 for size in sizes):
        return None
    if -1 in sizes:
        if known == 0 or total % known:
            return None
        sizes = [total // known if size == -1 else size for size in sizes]
    return (tuple(sizes), ()) if math.prod(sizes) == total else None


def _flattened(shape: Shape, numbers: list[int]) -> Change | None:
    if not shape:
        return (1,), ()
    bounds = _axes([*numbers, -1][:2] if numbers else [0, -1], len(shape)) if len(shape) > 1 else [0, 0]
    if bounds is None:
        return shape, tuple(range(len(shape)))
    start, end = bounds
    if start > end:
        return None
    return (*shape[:start], math.prod(shape[start : end + 1]), *shape[end + 1 :]), ()


def _squeezed(shape: Shape, numbers: list[int]) -> Change | None:
    axes = _axes(numbers, len(shape)) if numbers else list(range(len(shape)))
    if axes is None:
        return None
    kept = [axis for axis, size in enumerate(shape) if not (size == 1 and axis in axes)]
    return tuple(shape[axis] for axis in kept), tuple(kept)


def _unsqueezed(shape: Shape, numbers: list[int]) -> Change | None:
    axes = _axes(numbers, len(shape) + 1)
    if axes is None or len(axes) != 1:
        return None
    at = axes[0]
    return (*shape[:at], 1, *shape[at:]), (*range(at), -1, *range(at, len(shape)))
