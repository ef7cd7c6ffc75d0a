"""The autograd graph behind a `backward()`: one row an op, from inputs down to the loss, with the gradient that flowed into it."""

from __future__ import annotations

import math

from rich.cells import cell_len
from rich.text import Text

from tutor.events import Graph
from tutor.renderables.charset import Charset
from tutor.renderables.gradients import bar_text
from tutor.renderables.graph_folding import Fold, folded, op_name
from tutor.renderables.lanes import lane_rows
from tutor.renderables.literal import clip, left, literal, right, stack
from tutor.renderables.numbers import number_text, shape_text, times_text

BAR = 8
DECADES = 4


def graph_picture(
    graph: Graph, width: int, charset: Charset, shape_ops: bool = False, inputs_first: bool = True
) -> Text:
    """Lanes, op, shape, gradient and the parameters that entered; `shape_ops` shows views and transposes too."""
    folds, left_out = folded(graph, not shape_ops)
    if not folds:
        return Text("No graph yet: call backward().", style=charset.style("muted"))
    rows = lane_rows({identity: fold.inputs for identity, fold in folds.items()}, charset, inputs_first)
    gutter = min(max(cell_len(row.gutter) for row in rows), max(8, width // 3))
    norms = [
        fold.node.grad
        for fold in folds.values()
        if fold.node.grad is not None and math.isfinite(fold.node.grad)
    ]
    top = max(norms, default=0.0)
    columns = _columns(folds, gutter, width, bool(norms))
    lines = []
    for row in rows:
        text = Text(left(row.gutter, gutter, charset), style=charset.style("muted"), no_wrap=True)
        line = Text(no_wrap=True).append_text(text)
        if row.node is not None:
            _describe(line, folds[row.node], columns, top, charset)
        line.rstrip()
        line.truncate(width)
        lines.append(line)
    if left_out:
        lines.append(
            Text(
                clip(f"{times_text(left_out, 'more node')} left out.", width, charset),
                style=charset.style("warning"),
            )
        )
    return stack(lines)


def _columns(folds: dict[int, Fold], gutter: int, width: int, gradients: bool) -> tuple[int, int, int, int]:
    """Widths of name, shape, gradient and parameters; a column without room is 0."""
    name = min(18, max(len(_title(fold)) for fold in folds.values()))
    shape = min(
        18,
        max(
            len(shape_text(fold.node.shape)) if fold.node.shape is not None else 0 for fold in folds.values()
        ),
    )
    rest = width - gutter - name - 1 - shape - 1
    gradient = 10 + BAR if gradients and rest >= 10 + BAR else 0
    rest -= gradient
    return name, shape, gradient, rest - 3 if rest >= 10 else 0


def _title(fold: Fold) -> str:
    return fold.node.name or op_name(fold.node)


def _describe(
    line: Text, fold: Fold, columns: tuple[int, int, int, int], top: float, charset: Charset
) -> None:
    name, shape, gradient, parameters = columns
    node = fold.node
    line.append(
        " " + left(literal(_title(fold), charset), name, charset),
        style=charset.style("accent" if node.leaf else "plain"),
    )
    line.append(" " + right(shape_text(node.shape) if node.shape is not None else "", shape, charset))
    if gradient:
        line.append(" " + right(number_text(node.grad, 3) if node.grad is not None else "", 8, charset))
        loud = node.grad is not None and not math.isfinite(node.grad)
        line.append(
            " " + bar_text(_share(node.grad, top), BAR, charset),
            style=charset.style("bad" if loud else "accent"),
        )
    if fold.parameters and parameters:
        listed = literal(", ".join(fold.parameters), charset)
        line.append(
            f" {charset.glyphs.branch} {clip(listed, parameters, charset)}", style=charset.style("muted")
        )


def _share(norm: float | None, top: float) -> float:
    if norm is None or not math.isfinite(norm) or norm <= 0 or top <= 0:
        return 0.0
    return max(0.0, min(1.0, (math.log10(norm / top) + DECADES) / DECADES))


def graph_in_words(graph: Graph) -> str:
    """One sentence an op, inputs first: what it reads, its shape, the gradient that flowed into it."""
    folds, left_out = folded(graph)
    rows = lane_rows(
        {identity: fold.inputs for identity, fold in folds.items()}, Charset(), inputs_first=True
    )
    order = [row.node for row in rows if row.node is not None]
    numbers = {identity: index for index, identity in enumerate(order, 1)}
    lines = [_op_sentence(folds[identity], numbers) for identity in order]
    if left_out:
        lines.append(f"{times_text(left_out, 'more node')} left out.")
    return "\n".join(lines)


def _op_sentence(fold: Fold, numbers: dict[int, int]) -> str:
    node = fold.node
    parts = [f"{numbers[node.id]}. {_title(fold)}"]
    sources = [f"{numbers[source]}" for source in fold.inputs] + fold.parameters
    if sources:
        parts.append(f"from {', '.join(sources)}")
    if node.shape is not None:
        parts.append(f"shape {shape_text(node.shape)}")
    if node.grad is not None:
        parts.append(f"gradient {number_text(node.grad, 3)}")
    return ", ".join(parts) + "."
