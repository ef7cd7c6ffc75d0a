"""The table of tensors: one row a name, in the order of the lines that bound them."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from tutor.events import Bound
from tutor.facts import Stats, TensorFacts
from tutor.renderables.charset import Charset
from tutor.renderables.facts_text import trouble_text
from tutor.renderables.literal import literal
from tutor.renderables.notes import note_in_words
from tutor.renderables.numbers import dtype_text, number_text, shape_text
from tutor.renderables.sparks import spark
from tutor.renderables.tables import Cell, Column, table

COLUMNS = (
    Column("line", turn=4, at_right=True),
    Column("name", most=24),
    Column("shape", most=24, at_right=False),
    Column("dtype", turn=6),
    Column("device", turn=5),
    Column("grad"),
    Column("mean", turn=3, at_right=True),
    Column("std", turn=2, at_right=True),
    Column("histogram", turn=1),
)


def tensor_bounds(bounds: Iterable[Bound]) -> list[Bound]:
    """The last event of every name that is a tensor or an array, by line."""
    last = {bound.name: bound for bound in bounds if bound.how not in ("return", "asked")}
    tensors = [bound for bound in last.values() if isinstance(bound.value, TensorFacts)]
    return sorted(tensors, key=lambda bound: bound.line)


def tensor_table(bounds: Iterable[Bound], width: int, charset: Charset) -> Text:
    """Name, shape, dtype, grad, mean, std, histogram; empty when there is no tensor."""
    rows = [
        _row(bound, bound.value, charset)
        for bound in tensor_bounds(bounds)
        if isinstance(bound.value, TensorFacts)
    ]
    return table(COLUMNS, rows, width, charset) if rows else Text()


def _row(bound: Bound, value: TensorFacts, charset: Charset) -> list[Cell]:
    stats = value.stats
    trouble = trouble_text(stats)
    shape = shape_text(value.shape) + (" varies" if len(value.shapes) > 1 else "")
    return [
        Cell(str(bound.line), "muted"),
        Cell(literal(bound.name, charset)),
        Cell(shape),
        Cell(dtype_text(value.dtype), "muted"),
        Cell(value.device if value.device != "cpu" else "", "muted"),
        Cell(trouble, "bad") if trouble else _grad_cell(value, charset),
        Cell(_stat(stats.mean if stats else None)),
        Cell(_stat(stats.std if stats and value.shape else None)),
        Cell(_bins(stats, value, charset), "accent"),
    ]


def _grad_cell(value: TensorFacts, charset: Charset) -> Cell:
    if not value.requires_grad:
        return Cell(charset.glyphs.dot, "muted")
    return Cell(charset.glyphs.grad + (" leaf" if value.leaf else ""), "accent")


def _stat(value: float | None) -> str:
    return "" if value is None else number_text(value, 3)


def _bins(stats: Stats | None, value: TensorFacts, charset: Charset) -> str:
    if stats is None or not value.shape or len(stats.histogram) < 2:
        return ""
    return spark(stats.histogram, charset)


def tensors_in_words(bounds: Iterable[Bound]) -> str:
    """One sentence a tensor."""
    found = tensor_bounds(bounds)
    return "\n".join(f"Line {bound.line}: {note_in_words([bound])}." for bound in found)
