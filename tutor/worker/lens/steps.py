"""Follows training: every `backward`, every optimizer step, and what belongs together as one step of a curve."""

from __future__ import annotations

import ast
import math
import sys
import time
import weakref
from types import FrameType
from typing import Any, Callable

import torch

from .graph import GraphRecord, Walk
from .insights import STEPS_WATCHED, Insights
from .loops import Loops
from .modes import modes_active, names_modes, profiled, undisturbed
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
        self._modes_named = names_modes(tree)
        self.series: dict[int | None, Series] = {}
        self.graphs: list[GraphRecord] = []
        self.want_norms = True
        self.silent = False
        self.spent = 0.0
        self._optimizers: list[weakref.ref[Any]] = []
        self._stepping = 0
        self._known: set[int] = set()
        self._current: tuple[Series | None, Any, GraphRecord | None] = NOTHING

    def optimizer_made(self, optimizer: Any) -> None:
        """Called from the constructor of every optimizer."""
        if not self.silent:
            self._optimizers.append(weakref.ref(optimizer))

    def optimizers(self) -> list[Any]:
        """Those still alive."""
        return [optimizer for reference in self._optimizers if (optimizer := reference()) is not None]

    def before_backward(self, tensors: Any) -> None:
        """Called by torch before a backward pass. Written for speed: it runs once per step of training."""
        if self.silent:
            return
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename != self._filename:
            frame = frame.f_back
        series = self.series.get(frame.f_lineno if frame is not None else None)
        if series is not None and series.steady:
            self._current = (series, tensors, None)
            return
        try:
            with undisturbed():
                self._before(tensors, frame)
        except Exception:  # the curve is ours, the program goes on
            self._current = NOTHING

    def _before(self, tensors: Any, frame: FrameType | None) -> None:
        self._current = NOTHING
        root = tensors if isinstance(tensors, torch.Tensor) else next(iter(tensors), None)
        if not isinstance(root, torch.Tensor) or root.grad_fn is None:
            return
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
        if series is None or self.silent or (series.steady and self._counted_quickly(series, root)):
            return
        try:
            if graph is not None:
                graph.finish()
                self.graphs.append(graph)
            with undisturbed(root):
                self._count(series, root)
        except Exception:  # the curve is ours, the program goes on
            return

    def _counted_quickly(self, series: Series, root: Any) -> bool:
        """The usual case, once the first steps have been looked at: one float more."""
        if type(root) is not torch.Tensor or (self._modes_named and (modes_active() or profiled())):
            return False
        try:
            loss = root.item()
        except Exception:  # more than one number this time
            return False
        series.backwards += 1
        if not -math.inf < loss < math.inf or not series.backwards & 15:
            self._insights.after_backward(series, loss)
        series.last = loss
        if not series.optimized and not self.want_norms:
            series.quick_step(loss, None)
            return True
        series.pending.append(loss)
        if series.optimized and len(series.pending) == 1:
            series.in_closure = self._stepping > 0
        else:
            self._close(series, root)
        return True

    def _count(self, series: Series, root: Any) -> None:
        if not isinstance(root, torch.Tensor):
            root = next(iter(root))
        series.backwards += 1
        loss = loss_of(root)
        series.steady = series.backwards >= STEPS_WATCHED and type(loss) is float
        series.pending.append(loss)
        self._insights.after_backward(series, loss)
        if isinstance(loss, float):
            series.last = loss
        self._close(series, root)

    def _close(self, series: Series, root: torch.Tensor) -> None:
        if series.optimized:
            if len(series.pending) == 2:
                series.divided = type(root.grad_fn).__name__.startswith(("Div", "Mul"))
            series.in_closure = self._stepping > 0
            if len(series.pending) <= MOST_PENDING:
                return
        point = series.close_step(None)
        if point is not None and self.want_norms and root.grad_fn is not None:
            self._sample(point, Walk(root.grad_fn).leaves())

    def gradient_asked(self, outputs: Any) -> None:
        """Called by torch before `autograd.grad`: a step of its own, where the learner's line asks for one number's gradient."""
        frame = sys._getframe(2)
        if self.silent or frame.f_code.co_filename != self._filename:
            return
        try:
            with undisturbed():
                root = outputs if isinstance(outputs, torch.Tensor) else next(iter(outputs))
                loss = loss_of(root)
                if loss is None or root.grad_fn is None or len(self.series) >= MOST_SERIES:
                    return
                series = self.series.get(frame.f_lineno)
                if series is None:
                    series = self._new_series(frame.f_lineno, frame, Walk(root.grad_fn))
                series.optimized = False
                series.backwards += 1
                series.pending.append(loss)
                series.close_step(None)
        except Exception:  # the curve is ours, the program goes on
            return

    def optimizer_steps(self, optimizer: Any, args: Any, kwargs: Any) -> None:
        """Before an optimizer's step: backward passes until its end come from a closure."""
        self._stepping += 1
        if not self.silent and id(optimizer) not in self._known:
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
            if id(optimizer) not in self._known and self._insights.after_step(optimizer):
                self._known.add(id(optimizer))
            groups = optimizer.param_groups
            rate = groups[0]["lr"]
            wanted = self.want_norms and not profiled()
            for series in self.series.values():
                if series.pending:
                    point = series.close_step(None if isinstance(rate, torch.Tensor) else rate)
                    if point is not None and wanted:
                        self._sample(point, [p for group in groups for p in group["params"]])
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
