"""Silent bugs that the source gives away together with the shapes that were recorded."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from ..graph import Walk
from ..recorder import Recorder
from ..tensors import TensorSnapshot
from .found import Found
from .patterns import stretched_by_hand, tell_stretched

CONVERSIONS = frozenset({"to", "cuda", "cpu", "float", "double", "half", "long", "int", "bfloat16"})


class Source:
    """The program's tree, and what was recorded of its names."""

    def __init__(self, tree: ast.Module, recorder: Recorder, found: Found) -> None:
        self._tree, self._recorder, self._found = tree, recorder, found

    def snapshots(self, name: str, before: int) -> list[TensorSnapshot]:
        """Tensors the name held, on lines up to `before`."""
        recorder = self._recorder
        found = [
            recorder.latest[site.id]
            for site in recorder.layout.sites
            if site.name == name and site.line <= before
        ]
        return [taken for taken in found if isinstance(taken, TensorSnapshot)]

    def stretched(self, walk: Walk, line: int | None, last_line: int) -> None:
        """`pred - y` with [N, 1] and [N], written by hand."""
        for _, part, whole in stretched_by_hand(walk):
            other = [part[0]] if len(part) == 2 else [part[0], 1]
            for node in ast.walk(self._tree):
                if (
                    isinstance(node, ast.BinOp)
                    and isinstance(node.op, ast.Sub)
                    and self._pair(node, part, other, last_line)
                ):
                    tell_stretched(self._found, node.lineno, part, whole)
                    return

    def _pair(self, node: ast.BinOp, part: list[int], other: list[int], last_line: int) -> bool:
        """One operand is a name with the shape `other`; the other's shape, where it is known, is `part`."""
        shapes = [self._shapes(node.left, last_line), self._shapes(node.right, last_line)]
        for target, prediction in (shapes, shapes[::-1]):
            if target is not None and other in target and (prediction is None or part in prediction):
                return True
        return False

    def _shapes(self, node: ast.expr, last_line: int) -> list[list[int]] | None:
        if not isinstance(node, ast.Name):
            return None
        found = [taken.shape for taken in self.snapshots(node.id, last_line)]
        return found or None

    def finish(self) -> None:
        """What only needs the end of the run."""
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                self._dropped(node.value)
            elif isinstance(node, ast.Assign) and len(node.targets) == 1:
                self._rebound(node)

    def _dropped(self, call: ast.Call) -> None:
        """`x.to(device)` alone on a line: the moved copy is thrown away."""
        function = call.func
        if (
            not isinstance(function, ast.Attribute)
            or function.attr not in CONVERSIONS
            or not isinstance(function.value, ast.Name)
        ):
            return
        name = function.value.id
        kept = self.snapshots(name, call.lineno)
        values = [self._recorder.latest[s.id] for s in self._recorder.layout.sites if s.name == name]
        if kept and all(isinstance(value, TensorSnapshot) for value in values if value is not None):
            self._found.tell(
                "result_dropped",
                call.lineno,
                f"{name}.{function.attr}(...) gives a new tensor and leaves {name} as it is; the result is thrown away. Write {name} = {name}.{function.attr}(...).",
                name=name,
            )

    def _rebound(self, node: ast.Assign) -> None:
        """`w = w - lr * w.grad`: the new w is no leaf."""
        target = node.targets[0]
        if not isinstance(target, ast.Name) or target.id not in _own_grads(node.value):
            return
        before = [
            t
            for t in self.snapshots(target.id, node.lineno - 1)
            if t.keys.get("leaf") and t.keys.get("requires_grad")
        ]
        sites = [s for s in self._recorder.layout.sites if s.name == target.id and s.line == node.lineno]
        taken = [self._recorder.latest[s.id] for s in sites]
        for now in taken:
            if (
                before
                and isinstance(now, TensorSnapshot)
                and not (now.keys.get("leaf") and now.keys.get("requires_grad"))
            ):
                self._found.tell(
                    "leaf_rebound",
                    node.lineno,
                    f"{target.id} = ... makes a new tensor: it is no longer the leaf that collects gradients. Update it in place under torch.no_grad(): {target.id} -= ...",
                    name=target.id,
                )


def _own_grads(value: ast.expr) -> Iterator[str]:
    for node in ast.walk(value):
        if isinstance(node, ast.Attribute) and node.attr == "grad" and isinstance(node.value, ast.Name):
            yield node.value.id


def names_of_inputs(tree: ast.Module, models: set[str]) -> list[tuple[str, int]]:
    """Names given to a model's call, with their lines."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in models
            and node.args
        ):
            first: Any = node.args[0]
            if isinstance(first, ast.Name):
                found.append((first.id, node.lineno))
    return found
