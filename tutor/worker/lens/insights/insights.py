"""Hears of every backward pass and optimizer step, and hands it to those who know one kind of silent bug."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import torch

from ..frames import learner_frame
from ..graph import Walk
from ..names import Names
from ..recorder import Recorder
from ..series import Series
from .curves import Curve
from .found import Found
from .keeping import Keeping
from .models import Models
from .patterns import classes_of, look_at
from .source import Source
from .watch import TrainingWatch

ENOUGH_BACKWARDS = 5


class Insights:
    """All detectors of one run."""

    def __init__(self, tree: ast.Module, filename: str, recorder: Recorder, names: Names) -> None:
        self._tree, self._filename = tree, filename
        self._found = Found()
        self._watch = TrainingWatch(self._found, names)
        self._source = Source(tree, recorder, self._found)
        self._keeping = Keeping(tree, recorder, self._found)
        self._models = Models(self._found, names)
        self._curves: dict[int | None, tuple[Series, Curve]] = {}
        self.take = self._found.take

    def _line(self) -> int | None:
        frame = learner_frame(self._filename)
        return frame.f_lineno if frame is not None else None

    def first_backward(self, series: Series, walk: Walk) -> None:
        """The graph of a new series."""
        self._curves[series.line] = series, Curve(classes_of(walk))
        look_at(walk, series.line, self._found)
        last = max((getattr(node, "end_lineno", 0) or 0 for node in self._tree.body), default=0)
        self._source.stretched(walk, series.line, last)

    def before_backward(self, series: Series) -> None:
        """Each backward pass, before."""
        self._watch.before_backward(series)

    def after_backward(self, series: Series, loss: Any) -> None:
        """Each backward pass, after; `loss` is a float where it could be read without waiting."""
        self._watch.after_backward(series, loss)
        if isinstance(loss, float):
            self._curves[series.line][1].add(loss)

    def before_step(self, optimizer: Any) -> None:
        """Each optimizer step, before."""
        self._watch.before_step(optimizer)

    def after_step(self, optimizer: Any) -> bool:
        """Each of an optimizer's first steps, after; True when enough of them were seen."""
        return self._watch.after_step(optimizer, self._line)

    def ran_without_gradients(self, module: torch.nn.Module) -> None:
        """A layer ran while gradients were off."""
        if self._watch.stepped:
            self._models.ran_without_gradients(module, self._line)

    def finish(self, namespace: dict[str, Any], optimizers: list[Any], failed: bool) -> None:
        """Everything that needs the end of the run; a program that broke off is judged by its error."""
        if failed:
            return
        judges: list[Callable[[], None]] = [
            lambda: self._watch.finish(),
            lambda: self._models.finish(optimizers),
            lambda: self._source.finish(),
            lambda: self._keeping.finish(namespace),
            self._whole_curves,
        ]
        if self._watch.stepped:
            judges.append(lambda: self._models.pixels(self._tree, self._source))
        for judge in judges:
            try:
                judge()
            except Exception:  # an odd program: better no judgement than a wrong one
                continue

    def _whole_curves(self) -> None:
        for series, curve in self._curves.values():
            curve.conclude(series, self._found)
            if series.optimized and not self._watch.stepped and series.backwards >= ENOUGH_BACKWARDS:
                self._found.tell(
                    "backward_without_step",
                    series.line,
                    f"There were {series.backwards} backward passes and an optimizer, but optimizer.step() was never called: nothing is learnt.",
                    backwards=series.backwards,
                )
