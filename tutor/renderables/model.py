"""A model as a tree of layers: what came out of each, how many parameters it holds, where a forward pass stopped."""

from __future__ import annotations

import re

from rich.text import Text

from tutor.events import ModuleTree
from tutor.facts import ModuleRow
from tutor.renderables.charset import Charset
from tutor.renderables.gradients import bar_text
from tutor.renderables.literal import literal
from tutor.renderables.numbers import shape_text, times_text
from tutor.renderables.tables import Cell, Column, table

_PARTS = re.compile(r",\s*(?![^(]*\))")
"""Commas that do not stand within parentheses."""
_SQUARE = re.compile(r"^kernel_size=\((\d+), (\d+)\)$")
_USUAL = frozenset(
    {
        "bias=True", "inplace=False", "stride=(1, 1)", "padding=0", "dilation=1", "ceil_mode=False", "eps=1e-05", "momentum=0.1",
        "affine=True", "track_running_stats=True", "elementwise_affine=True", "start_dim=1", "end_dim=-1",
    }
)  # fmt: skip

_COLUMNS = (
    Column("layer", most=52, least=20),
    Column("output", most=24),
    Column("parameters", at_right=True),
    Column("", turn=1, most=12),
    Column("", turn=2, most=28),
)


def model_rows(model: ModuleTree, width: int, charset: Charset) -> Text:
    """One row a layer, indented by depth; the one that failed is marked, later ones are muted."""
    most = max((row.parameters for row in model.rows if row.depth > 0), default=0)
    inner = [after.depth > row.depth for row, after in zip(model.rows, model.rows[1:], strict=False)] + [
        False
    ]
    rows = [
        _row(row, model, 0 if holds else most, charset) for row, holds in zip(model.rows, inner, strict=True)
    ]
    return table(_COLUMNS, rows, width, charset) if rows else Text()


def _row(row: ModuleRow, model: ModuleTree, most: int, charset: Charset) -> list[Cell]:
    stopped = model.stopped_at is not None and row.path == model.stopped_at
    lost = not row.reached and not stopped
    name = row.path.rsplit(".", 1)[-1] if row.path else model.name
    kind = layer_text(row)
    label = literal(f"{'  ' * row.depth}{name}: {kind}" if name else kind, charset)
    if stopped:
        output = Cell(f"{charset.glyphs.cross} stopped here", "bad")
    else:
        output = Cell(shape_text(row.output) if row.output is not None else "", "muted" if lost else "plain")
    share = row.parameters / most if most and row.shared_with is None else 0.0
    return [
        Cell(label, "bad" if stopped else "muted" if lost else "plain"),
        output,
        Cell(_count(row)),
        Cell(bar_text(share, 12, charset).rstrip() if share else "", "accent"),
        Cell(_remark(row, lost), "muted"),
    ]


def layer_text(row: ModuleRow) -> str:
    """`Linear(784→10)`, `Conv2d(1→8, 3×3)`: what PyTorch's own text says, without what is always so."""
    parts = [part for part in _PARTS.split(row.detail) if part and part not in _USUAL]
    values = [part.split("=", 1)[-1] for part in parts[:2]]
    if len(parts) >= 2 and all(value.isdigit() for value in values):
        names = {part.split("=", 1)[0] for part in parts[:2] if "=" in part}
        if names in (set(), {"in_features", "out_features"}):
            parts[:2] = [f"{values[0]}→{values[1]}"]
    shown = [_SQUARE.sub(r"\1×\2", part) for part in parts]
    return f"{row.type}({', '.join(shown)})" if shown else row.type


def _count(row: ModuleRow) -> str:
    return f"{row.parameters:,}" if row.parameters and row.shared_with is None else ""


def _remark(row: ModuleRow, lost: bool) -> str:
    if row.shared_with is not None:
        return f"same as {row.shared_with or 'above'}"
    if lost:
        return "not reached"
    if row.parameters and not row.trainable:
        return "frozen"
    return f"{row.trainable:,} trainable" if row.trainable != row.parameters else ""


def model_in_words(model: ModuleTree) -> str:
    """One sentence a layer, with its place in the tree."""
    lines = []
    for row in model.rows:
        name = row.path or model.name or "The model"
        parts = [f"{name}: {layer_text(row)}"]
        if row.path == model.stopped_at:
            parts.append("the forward pass stopped here")
        elif row.output is not None:
            parts.append(f"gives {shape_text(row.output)}")
        if row.parameters and row.shared_with is None:
            parts.append(times_text(row.parameters, "parameter"))
        remark = _remark(row, not row.reached and row.path != model.stopped_at)
        lines.append(", ".join([*parts, *([remark] if remark else [])]) + ".")
    return "\n".join(lines)
