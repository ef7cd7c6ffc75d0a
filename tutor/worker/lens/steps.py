"""Follows training: every `backward`, every optimizer step, and what belongs together as one step of a curve."""

from __future__ import annotations

import ast
import time
import weakref
from types import FrameType
from typing import Any, Callable

import torch

from .frames import learner_frame
from .graph import GraphRecord, Walk
from .insights import Insights
from .loops import Loops
from .modes import profiled, undisturbed
from .names import Names
from .norms import take_norms
from .series import Point, Series
from .titles import series_titles

MOST_PENDING = 256
MOST_SERIES = 40
NOTHING: Any = (None, None, None)


class Steps:
    """Hears of backward passes and optimizer steps; gives the `step` and `graph` events to send."""

    def __init__(
        self,
        tree: ast.Module,
        filename: str,
        names: Names,
        lines: Callable[[], list[tuple[int, int]]],
        insights: Insights,
    ) -> None:
        self._filename, self._names, self._lines, self._insights = filename, names, lines, insights
        self._titles = series_titles(tree)
        self._loops = Loops(tree)
        self.series: dict[int | None, Series] = {}
        self.graphs: list[GraphRecord] = []
        self.want_norms = True
        self.silent = False
        self.spent = 0.0
        self._optimizers: list[weakref.ref[Any]] = []
        self._stepping = 0
        self._current: tuple[Series | None, Any, GraphRecord | None] = NOTHING

    def optimizer_made(self, optimizer: Any) -> None:
        """Called from the constructor of every optimizer."""
        if not self.silent:
            self._optimizers.append(weakref.ref(optimizer))

    def optimizers(self) -> list[Any]:
        """Those still alive."""
        return [optimizer for reference in self._optimizers if (optimizer := reference()) is not None]

    def before_backward(self, tensors: Any) -> None:
        """Called by torch before a backward pass."""
        if self.silent:
            return
        try:
            with undisturbed():
                self._before(tensors)
        except Exception:  # the curve is ours, the program goes on
            self._current = NOTHING

    def _before(self, tensors: Any) -> None:
        self._current = NOTHING
        root = tensors if isinstance(tensors, torch.Tensor) else next(iter(tensors), None)
        if not isinstance(root, torch.Tensor) or root.grad_fn is None:
            return
        frame = learner_frame(self._filename)
        line = frame.f_lineno if frame is not None else None
        series, graph = self.series.get(line), None
        if series is None:
            if len(self.series) >= MOST_SERIES:
                return
            began = time.perf_counter()
            walk = Walk(root.grad_fn)
            series = self._new_series(line, frame, walk)
            self._insights.first_backward(series, walk)
            graph = GraphRecord(walk, self._names.parameters(), self._lines(), line)
            self.spent += time.perf_counter() - began
        self._insights.before_backward(series)
        self._current = (series, root, graph)

    def _new_series(self, line: int | None, frame: FrameType | None, walk: Walk) -> Series:
        leaves = walk.leaves()
        series = Series(self._titles.get(line, "loss"), line, self._optimized(leaves))
        series.leaves = [weakref.ref(leaf) for leaf in leaves[:4]]
        series.total = self._loops.total(frame, self._filename)
        self.series[line] = series
        return series

    def _optimized(self, leaves: list[torch.Tensor]) -> bool:
        """Whether an optimizer looks after one of the leaves: then its step ends the step."""
        wanted = {id(leaf) for leaf in leaves}
        for reference in self._optimizers:
            optimizer = reference()
            for group in getattr(optimizer, "param_groups", []):
                if any(id(parameter) in wanted for parameter in group["params"]):
                    return True
        return False

    def after_backward(self, tensors: Any) -> None:
        """Called by torch after a backward pass that went well."""
        series, root, graph = self._current
        self._current = NOTHING
        if series is None or self.silent:
            return
        try:
            if graph is not None:
                graph.finish()
                self.graphs.append(graph)
            with undisturbed(root):
                self._count(series, root)
        except Exception:  # the curve is ours, the program goes on
            return

    def _count(self, series: Series, root: torch.Tensor) -> None:
        series.backwards += 1
        loss = loss_of(root)
        series.pending.append(loss)
        self._insights.after_backward(series, loss)
        if series.optimized:
            if len(series.pending) == 2:
                series.divided = type(root.grad_fn).__name__.startswith(("Div", "Mul"))
            series.in_closure = self._stepping > 0
            if len(series.pending) <= MOST_PENDING:
                return
        point = series.close_step(None)
        if point is not None and self.want_norms and root.grad_fn is not None:
            self._sample(point, Walk(root.grad_fn).leaves())

    def optimizer_steps(self, optimizer: Any, args: Any, kwargs: Any) -> None:
        """Before an optimizer's step: backward passes until its end come from a closure."""
        self._stepping += 1
        if not self.silent:
            try:
                self._insights.before_step(optimizer)
            except Exception:  # a judgement is ours, the program goes on
                return

    def optimizer_stepped(self, optimizer: Any, args: Any, kwargs: Any) -> None:
        """After an optimizer's step."""
        self._stepping = max(0, self._stepping - 1)
        if self.silent:
            return
        try:
            self._insights.after_step(optimizer)
            groups = optimizer.param_groups
            rate = groups[0]["lr"]
            sampled = profiled()
            for series in self.series.values():
                if series.pending:
                    point = series.close_step(float(rate) if not isinstance(rate, torch.Tensor) else None)
                    if point is not None and self.want_norms and not profiled():
                        self._sample(point, [p for group in groups for p in group["params"]])
                        sampled = True
            self.want_norms = self.want_norms and not sampled
        except Exception:  # the curve is ours, the program goes on
            return

    def _sample(self, point: Point, parameters: list[torch.Tensor]) -> None:
        began = time.perf_counter()
        self.want_norms = False
        point.grads, point.params, point.no_grad = take_norms(parameters, self._names.parameters())
        self.spent += time.perf_counter() - began

    def events(self, last: bool = False) -> list[tuple[str, dict[str, Any]]]:
        """What to send now."""
        graphs, self.graphs = self.graphs, []
        found = [("graph", graph.event()) for graph in graphs]
        for series in list(self.series.values()):
            if last:
                series.close()
            found += [("step", series.event(point)) for point in series.take()]
        return found


def loss_of(root: torch.Tensor) -> Any:
    """A float on CPU; on a device a detached scalar, read when it is sent; None for anything but one real number."""
    if root.numel() != 1 or root.is_complex():
        return None
    if profiled():
        return None
    return root.item() if root.device.type == "cpu" else root.detach()
