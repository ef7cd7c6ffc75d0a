"""What makes an autograd graph fit a screen: parameters become remarks on the op that uses them, shape-only ops disappear."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tutor.events import Graph
from tutor.facts import GraphNode

MOST_NODES = 400

_SHAPE_ONLY = frozenset({
    "View", "UnsafeView", "ReshapeAlias", "Expand", "Clone", "Permute", "Transpose", "T",
    "Unsqueeze", "Squeeze", "Alias", "ToCopy", "Select", "Slice", "AsStrided",
})  # fmt: skip
_SUFFIX = re.compile(r"Backward\d*$")


@dataclass(slots=True)
class Fold:
    """A node that is drawn, with what was folded into it."""

    node: GraphNode
    inputs: list[int] = field(default_factory=list)
    users: list[int] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)


def op_name(node: GraphNode) -> str:
    """`AddmmBackward0` as `Addmm`."""
    return _SUFFIX.sub("", node.op) or node.op


def folded(graph: Graph, shape_ops: bool = True) -> tuple[dict[int, Fold], int]:
    """The nodes to draw by id, and how many were left out beyond the cap. `shape_ops` folds those away too."""
    kept = graph.nodes[:MOST_NODES]
    folds = {node.id: Fold(node) for node in kept}
    for user, source in dict.fromkeys(graph.edges):
        if user in folds and source in folds and user != source:
            folds[user].inputs.append(source)
            folds[source].users.append(user)
    for identity in [node.id for node in kept if node.leaf]:
        _fold_leaf(folds, identity)
    for identity in list(folds):
        _fold_transpose(folds, identity)
    if shape_ops:
        for identity in list(folds):
            _fold_shape_op(folds, identity)
    return folds, graph.left_out + len(graph.nodes) - len(kept)


def _fold_leaf(folds: dict[int, Fold], identity: int) -> None:
    """A leaf with one user is a remark on it."""
    fold = folds[identity]
    if len(fold.users) != 1 or fold.inputs:
        return
    user = folds[fold.users[0]]
    user.inputs.remove(identity)
    user.parameters.append(fold.node.name or op_name(fold.node))
    del folds[identity]


def _fold_transpose(folds: dict[int, Fold], identity: int) -> None:
    """The transpose between a parameter and the op that uses it goes with the parameter."""
    fold = folds[identity]
    bare = op_name(fold.node) in ("T", "Transpose") and fold.parameters and not fold.inputs
    if not bare or len(fold.users) != 1:
        return
    user = folds[fold.users[0]]
    user.inputs.remove(identity)
    user.parameters.extend(fold.parameters)
    del folds[identity]


def _fold_shape_op(folds: dict[int, Fold], identity: int) -> None:
    """A shape-only op on a chain: its user reads its input directly."""
    fold = folds[identity]
    on_chain = len(fold.users) == 1 and len(fold.inputs) == 1 and not fold.parameters
    if not on_chain or op_name(fold.node) not in _SHAPE_ONLY:
        return
    user, source = fold.users[0], fold.inputs[0]
    if source in folds[user].inputs:
        return
    folds[user].inputs[folds[user].inputs.index(identity)] = source
    folds[source].users[folds[source].users.index(identity)] = user
    del folds[identity]
