"""The rule of broadcasting: shapes are lined up at their last axis; a size must be equal, 1 or absent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Shapes lined up: per shape one entry an axis, None where the axis is absent."""

    rows: tuple[tuple[int | None, ...], ...]
    result: tuple[int | None, ...]
    """None where the sizes do not fit."""

    @property
    def fits(self) -> bool:
        """True when every axis fits."""
        return None not in self.result


def aligned(shapes: Sequence[Shape]) -> Alignment:
    """Line shapes up from the right."""
    axes = max(map(len, shapes), default=0)
    rows = tuple((None,) * (axes - len(shape)) + tuple(shape) for shape in shapes)
    return Alignment(rows, tuple(_fitting([row[axis] for row in rows]) for axis in range(axes)))


def _fitting(sizes: Sequence[int | None]) -> int | None:
    wanted = {size for size in sizes if size is not None and size != 1}
    if len(wanted) > 1:
        return None
    return wanted.pop() if wanted else 1
