"""Which views a run has something for, and who draws each of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from rich.text import Text

from tutor.renderables.charset import Charset
from tutor.renderables.errors import error_card
from tutor.renderables.gradients import gradient_plot
from tutor.renderables.graph import graph_picture
from tutor.renderables.insights import insight_card
from tutor.renderables.leaves import leaf_gradients, leaves
from tutor.renderables.loss import loss_plot
from tutor.renderables.model import model_rows
from tutor.renderables.run_record import RunRecord
from tutor.renderables.tensors import tensor_bounds, tensor_table

ViewName = Literal[
    "check", "error", "output", "tensors", "gradients", "graph", "model", "loss", "insights", "solution"
]
ORDER: tuple[ViewName, ...] = (
    "check", "error", "output", "tensors", "gradients", "graph", "model", "loss", "insights", "solution",
)  # fmt: skip


def views_of(record: RunRecord) -> set[ViewName]:
    """The views that have something to show."""
    found: dict[ViewName, bool] = {
        "error": record.error is not None,
        "output": record.printed or record.question is not None,
        "tensors": bool(tensor_bounds(record.bound.values())),
        "gradients": bool(record.sampled) or bool(leaves(record.bound.values())),
        "graph": bool(record.graphs),
        "model": bool(record.modules),
        "loss": any(curve.n > 1 for curve in record.curves.values()),
        "insights": bool(record.insights),
    }
    return {name for name, there in found.items() if there}


def draw(view: ViewName, record: RunRecord, width: int, height: int, charset: Charset) -> Text:
    """One view of what a run said, at most `width` cells wide."""
    match view:
        case "error":
            return _failure(record, width, charset)
        case "tensors":
            return tensor_table(record.bound.values(), width, charset)
        case "gradients":
            return _gradients(record, width, charset)
        case "loss":
            return loss_plot(list(record.curves.values()), width, height, charset)
        case "graph":
            return _apart(graph_picture(graph, width, charset) for graph in record.graphs[-1:])
        case "model":
            return _apart(model_rows(model, width, charset) for model in record.modules.values())
        case "insights":
            return _apart(insight_card(insight, width, charset) for insight in record.insights)
        case _:
            return Text()


def _apart(blocks: Iterable[Text]) -> Text:
    """Blocks with an empty line between them."""
    return Text("\n\n", no_wrap=True).join(blocks)


def _gradients(record: RunRecord, width: int, charset: Charset) -> Text:
    """The parameters of the last sampled step, then the leaves."""
    parts = [gradient_plot(record.sampled[-1], width, charset)] if record.sampled else []
    if leaves(record.bound.values()):
        parts.append(leaf_gradients(record.bound.values(), width, charset))
    return _apart(parts)


def _failure(record: RunRecord, width: int, charset: Charset) -> Text:
    """What went wrong, in words before the traceback."""
    if record.error is None:
        return Text()
    stopped = next((model for model in record.modules.values() if model.stopped_at), None)
    return error_card(record.error, width, charset, model=stopped, source=record.source)
