"""Every picture with facts that exercise it: what the golden files hold, and what `python -m tests.snapshots.gallery` prints."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable

from rich.text import Text

from tests.snapshots import scenes
from tutor.renderables.annotated import annotated_source
from tutor.renderables.broadcast import broadcast_picture
from tutor.renderables.charset import Charset
from tutor.renderables.errors import error_card
from tutor.renderables.gradients import gradient_plot
from tutor.renderables.graph import graph_picture
from tutor.renderables.heat import heat_map, mask_grid, number_grid
from tutor.renderables.insights import insight_card, insight_note
from tutor.renderables.leaves import leaf_gradients
from tutor.renderables.literal import stack
from tutor.renderables.loss import loss_plot
from tutor.renderables.matmul import matmul_picture
from tutor.renderables.model import model_rows
from tutor.renderables.notes import line_note, notes_by_line
from tutor.renderables.shapes import shape_box
from tutor.renderables.sparks import histogram
from tutor.renderables.storage import shared_storages, storage_strip
from tutor.renderables.tensors import tensor_table
from tutor.renderables.value_card import value_card

Picture = Callable[[int, Charset], Text]


def _notes(width: int, charset: Charset) -> Text:
    lines = notes_by_line(scenes.BOUNDS)
    return stack([line_note(lines[number], width // 2, charset) for number in lines])


def _shapes(width: int, charset: Charset) -> Text:
    shapes = [(), (5,), (32, 784), (3, 28, 28), (32, 3, 28, 28), (0, 4)]
    return stack([line for shape in shapes for line in shape_box(shape, width, charset).split("\n")])


def _source(width: int, charset: Charset) -> Text:
    code = [Text(line) for line in scenes.SOURCE.split("\n")]
    return annotated_source(code, notes_by_line(scenes.BOUNDS), [scenes.INSIGHT], None, width, charset)


def _wave(rows: int, columns: int) -> list[list[float]]:
    return [
        [round(math.sin(row / 3) * math.cos(column / 5), 6) for column in range(columns)]
        for row in range(rows)
    ]


def _loss(width: int, charset: Charset) -> Text:
    return loss_plot([scenes.falling("loss", 2000)], width, 14, charset)


def _two_curves(width: int, charset: Charset) -> Text:
    return loss_plot(
        [scenes.falling("train", 400), scenes.falling("val", 400, 0.4)], width, 14, charset, log=True
    )


def _nan_curve(width: int, charset: Charset) -> Text:
    return loss_plot([scenes.diverging()], width, 10, charset)


PICTURES: dict[str, Picture] = {
    "notes": _notes,
    "source": _source,
    "tensors": lambda width, charset: tensor_table(scenes.BOUNDS, width, charset),
    "gradients": lambda width, charset: gradient_plot(scenes.STEP, width, charset),
    "leaves": lambda width, charset: leaf_gradients(scenes.BOUNDS, width, charset),
    "loss": _loss,
    "loss-log-two": _two_curves,
    "loss-nan": _nan_curve,
    "shapes": _shapes,
    "matmul": lambda width, charset: matmul_picture((32, 784), (784, 128), ("x", "w"), width, charset),
    "matmul-wrong": lambda width, charset: matmul_picture(
        (32, 128), (64, 10), ("h", "fc.weight.T"), width, charset
    ),
    "broadcast": lambda width, charset: broadcast_picture(
        [(32, 5, 10), (5, 1)], ["x", "bias"], width, charset
    ),
    "broadcast-wrong": lambda width, charset: broadcast_picture(
        [(32, 10), (32,)], ["x", "b"], width, charset
    ),
    "error-matmul": lambda width, charset: error_card(
        scenes.LINEAR_ERROR, width, charset, scenes.STOPPED_MODEL
    ),
    "error-broadcast": lambda width, charset: error_card(scenes.BROADCAST_ERROR, width, charset),
    "error-dtype": lambda width, charset: error_card(scenes.DTYPE_ERROR, width, charset),
    "error-name": lambda width, charset: error_card(scenes.NAME_ERROR, width, charset),
    "graph": lambda width, charset: graph_picture(scenes.GRAPH, width, charset),
    "model": lambda width, charset: model_rows(scenes.MODEL, width, charset),
    "storage": lambda width, charset: storage_strip(shared_storages(scenes.VIEWS)[0], width, charset),
    "insight": lambda width, charset: insight_card(scenes.INSIGHT, width, charset),
    "insight-note": lambda width, charset: insight_note(scenes.INSIGHT, width, charset),
    "histogram": lambda width, charset: histogram(scenes.STATS, width // 2, charset),
    "heat-signed": lambda width, charset: heat_map(_wave(12, 30), width, charset),
    "heat-image": lambda width, charset: heat_map(scenes.DIGIT, width, charset, "grey"),
    "numbers": lambda width, charset: number_grid(
        [[1.0, -2.5, math.nan], [1e-7, 3e9, 0.0]], width, charset, False
    ),
    "mask": lambda width, charset: mask_grid([[1, 0, 0, 1], [0, 1, 1, 0]], width, charset),
    "value": lambda width, charset: value_card("x", scenes.WEIGHT, width, charset),
    "value-images": lambda width, charset: value_card("batch", scenes.IMAGES, width, charset),
    "value-whole": lambda width, charset: value_card("labels", scenes.LABELS, width, charset),
}

CHARSETS: dict[str, Charset] = {
    "colour": Charset(),
    "plain": Charset(color=False),
    "ascii": Charset.of(ascii=True, color=False),
}


def main(names: list[str]) -> None:
    """Print pictures at 80 columns in every character set, as a terminal shows them."""
    from rich.console import Console

    console = Console(width=120, highlight=False)
    for name in names or PICTURES:
        for kind, charset in CHARSETS.items():
            console.print(f"--- {name}, {kind}", style="reverse", markup=False)
            console.print(PICTURES[name](80, charset), soft_wrap=True)


if __name__ == "__main__":
    main(sys.argv[1:])
