"""The autograd graph behind a `backward()`: nodes, edges, shapes, names of leaves, and the gradient that reached each node."""

from __future__ import annotations

import re
from typing import Any

import torch

from .modes import undisturbed

MOST_NODES = 400


class Walk:
    """A graph, breadth first from its root. Holds torch's nodes: let it go once the backward pass is over."""

    def __init__(self, root: Any) -> None:
        self.nodes: list[Any] = [root]
        self.edges: list[tuple[int, int]] = []
        self.left_out = 0
        ids = {root: 0}
        at = 0
        while at < len(self.nodes):
            for following, _ in self.nodes[at].next_functions:
                if following is None:
                    continue
                if following not in ids:
                    if len(self.nodes) >= MOST_NODES:
                        self.left_out += 1
                        continue
                    ids[following] = len(self.nodes)
                    self.nodes.append(following)
                self.edges.append((at, ids[following]))
            at += 1

    def leaves(self) -> list[torch.Tensor]:
        """The tensors whose `.grad` this backward pass fills."""
        return [node.variable for node in self.nodes if hasattr(node, "variable")]


class GraphRecord:
    """The `graph` event of one backward pass: taken before it, completed by it, sent after it."""

    def __init__(
        self, walk: Walk, names: dict[int, str], lines: list[tuple[int, int]], line: int | None
    ) -> None:
        self.line = line
        self._edges, self._left_out = walk.edges, walk.left_out
        self._rows = [_row(number, node, names, lines) for number, node in enumerate(walk.nodes)]
        self._gradients: dict[int, Any] = {}
        self._handles = [_watch(self._gradients, number, node) for number, node in enumerate(walk.nodes)]

    def finish(self) -> None:
        """The backward pass is over: let go of torch's nodes."""
        for handle in self._handles:
            handle.remove()
        self._handles = []

    def event(self) -> dict[str, Any]:
        """Keys of the event; waits for the device if it must."""
        for number, norm in self._gradients.items():
            self._rows[number]["grad"] = float(f"{float(norm):.6g}")
        keys: dict[str, Any] = {"root": 0, "nodes": self._rows, "edges": [list(edge) for edge in self._edges]}
        return {**keys, "left_out": self._left_out, "line": self.line}


def _watch(gradients: dict[int, Any], number: int, node: Any) -> Any:
    def note(incoming: tuple[Any, ...]) -> None:
        gradient = next((g for g in incoming if g is not None), None)
        if gradient is not None and gradient.layout is torch.strided:
            with torch.no_grad(), undisturbed(gradient):
                norm = torch.linalg.vector_norm(gradient.detach())
                gradients[number] = norm.item() if norm.device.type == "cpu" else norm

    return node.register_prehook(note)


def _row(number: int, node: Any, names: dict[int, str], lines: list[tuple[int, int]]) -> dict[str, Any]:
    variable = getattr(node, "variable", None)
    if variable is not None:
        name = names.get(id(variable))
        return {"id": number, "op": "leaf", "shape": list(variable.shape), "name": name, "leaf": True}
    row: dict[str, Any] = {"id": number, "op": short_name(node), "shape": shape_of(node)}
    line = _line_of(node, lines)
    if line is not None:
        row["line"] = line
    return row


def short_name(node: Any) -> str:
    """`Addmm` of `AddmmBackward0`."""
    return re.sub(r"Backward\d*$", "", node.name().split("::")[-1])


def shape_of(node: Any) -> list[int] | None:
    """Shape of the op's result, where this torch tells it."""
    try:
        return [int(size) for size in node._input_metadata[0].shape]
    except Exception:  # a custom Function, or a torch that lacks the field
        return None


def _line_of(node: Any, lines: list[tuple[int, int]]) -> int | None:
    """`lines` are (sequence number, line) of values recorded; an op belongs to the first value made from it on."""
    try:
        sequence = node._sequence_nr()
    except Exception:
        return None
    return next((line for last, line in lines if last >= sequence), None)
