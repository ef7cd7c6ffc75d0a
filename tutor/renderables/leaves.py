"""Leaves and their `.grad`, for programs without an optimizer: who asked for a gradient, and what it got."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from tutor.events import Bound
from tutor.facts import Stats, TensorFacts
from tutor.renderables.charset import Charset, Tone
from tutor.renderables.literal import literal
from tutor.renderables.numbers import number_text, shape_text
from tutor.renderables.tables import Cell, Column, table

_LEAVES = (
    Column("line", turn=3, at_right=True),
    Column("name", most=24),
    Column("shape", turn=4, most=20),
    Column("its .grad"),
    Column("mean", at_right=True),
    Column("std", turn=2, at_right=True),
)


def leaves(bounds: Iterable[Bound]) -> list[tuple[Bound, TensorFacts]]:
    """The last event of every name that is a leaf which asked for a gradient, by line."""
    last = {bound.name: bound for bound in bounds if bound.how not in ("return", "asked", "arg")}
    found = [(bound, bound.value) for bound in last.values() if isinstance(bound.value, TensorFacts)]
    asking = [(bound, value) for bound, value in found if value.requires_grad and value.leaf]
    return sorted(asking, key=lambda pair: pair[0].line)


def leaf_gradients(bounds: Iterable[Bound], width: int, charset: Charset) -> Text:
    """Every leaf with the mean and spread of its `.grad`; empty when no leaf asked for one."""
    rows = [_leaf_row(bound, value, charset) for bound, value in leaves(bounds)]
    return table(_LEAVES, rows, width, charset) if rows else Text()


def _leaf_row(bound: Bound, value: TensorFacts, charset: Charset) -> list[Cell]:
    grad = value.grad
    verdict, tone = _leaf_verdict(grad)
    mean = number_text(grad.mean) if grad is not None and grad.mean is not None else ""
    std = number_text(grad.std, 3) if grad is not None and grad.std is not None and value.shape else ""
    name = Cell(literal(bound.name, charset))
    return [
        Cell(str(bound.line), "muted"),
        name,
        Cell(shape_text(value.shape)),
        Cell(verdict, tone),
        Cell(mean),
        Cell(std),
    ]


def _leaf_verdict(grad: Stats | None) -> tuple[str, Tone]:
    if grad is None:
        return "None", "warning"
    if grad.nan or grad.inf:
        return "has NaN" if grad.nan else "has inf", "bad"
    if grad.min == grad.max == 0:
        return "all zero", "warning"
    return "there", "good"


def leaf_gradients_in_words(bounds: Iterable[Bound]) -> str:
    """One sentence a leaf."""
    return "\n".join(_leaf_sentence(bound, value) for bound, value in leaves(bounds))


def _leaf_sentence(bound: Bound, value: TensorFacts) -> str:
    verdict, _ = _leaf_verdict(value.grad)
    start = f"Line {bound.line}: the .grad of {bound.name}, shape {shape_text(value.shape)}, is {verdict}"
    mean = value.grad.mean if value.grad is not None else None
    return f"{start}, mean {number_text(mean)}." if mean is not None else f"{start}."
