"""Silent bugs that the shape of an autograd graph gives away."""

from __future__ import annotations

from typing import Any

from ..graph import Walk, shape_of, short_name
from .found import Found

SHAPE_ONLY = frozenset(
    {
        "View",
        "Reshape",
        "UnsafeView",
        "Squeeze",
        "Unsqueeze",
        "Transpose",
        "T",
        "Permute",
        "Alias",
        "ToCopy",
        "ReshapeAlias",
        "Clone",
    }
)
SQUASHED = {"Softmax": "softmax", "LogSoftmax": "log_softmax", "Sigmoid": "sigmoid"}
ELEMENTWISE_LOSSES = frozenset({"MseLoss", "L1Loss", "SmoothL1Loss", "HuberLoss", "Abs"})


def look_at(walk: Walk, line: int | None, found: Found) -> None:
    """Every node of a loss's graph that is known to stand next to the wrong neighbour."""
    for node in walk.nodes:
        name = short_name(node)
        if name.startswith("NllLoss"):
            _cross_entropy(node, line, found)
        elif name.startswith("BinaryCrossEntropyWithLogits"):
            _logits(node, line, found)
        elif name in ELEMENTWISE_LOSSES:
            _stretched_loss(node, line, found)


def inputs_of(node: Any) -> list[Any]:
    """Nodes whose results this one used, past operations that only change the shape."""
    inputs = []
    for following, _ in node.next_functions:
        steps = 0
        while following is not None and short_name(following) in SHAPE_ONLY and steps < 8:
            following, steps = following.next_functions[0][0], steps + 1
        if following is not None:
            inputs.append(following)
    return inputs


def _cross_entropy(node: Any, line: int | None, found: Found) -> None:
    for softmax in inputs_of(node):
        if short_name(softmax) != "LogSoftmax":
            continue
        before = [short_name(n) for n in inputs_of(softmax)]
        name = next((SQUASHED[n] for n in before if n in SQUASHED), None)
        if name is not None:
            found.tell(
                "softmax_before_cross_entropy",
                line,
                f"Cross-entropy applies log_softmax itself, and is given the result of {name}: gradients become small and learning slow. Give it the raw scores.",
                op=name,
            )


def _logits(node: Any, line: int | None, found: Found) -> None:
    if any(short_name(n) == "Sigmoid" for n in inputs_of(node)):
        found.tell(
            "sigmoid_before_logits_loss",
            line,
            "This loss applies the sigmoid itself, and is given the result of sigmoid: give it the raw scores.",
            op="sigmoid",
        )


def _stretched_loss(node: Any, line: int | None, found: Found) -> None:
    """In loss functions a stretched operand passes through `expand`."""
    for following, _ in node.next_functions:
        if following is None or short_name(following) != "Expand":
            continue
        whole = shape_of(following)
        source = following.next_functions[0][0]
        part = shape_of(source) if source is not None else None
        if _grid(part, whole):
            tell_stretched(found, line, part or [], whole or [])


def _grid(part: list[int] | None, whole: list[int] | None) -> bool:
    """[N, 1] or [N] grew into [N, N]."""
    if part is None or whole is None or len(whole) != 2 or whole[0] != whole[1] or whole[0] < 2:
        return False
    return part in ([whole[0], 1], [whole[0]])


def tell_stretched(found: Found, line: int | None, part: list[int], whole: list[int]) -> None:
    """Prediction and target were stretched against each other."""
    other = [part[0]] if len(part) == 2 else [part[0], 1]
    found.tell(
        "stretched_against_each_other",
        line,
        f"A prediction {part} and a target {other} are both stretched to {whole}: every prediction is compared with every target. Make the shapes equal, with squeeze(1) or [:, None].",
        prediction=part,
        target=other,
        result=whole,
    )


def stretched_by_hand(walk: Walk) -> list[tuple[Any, list[int], list[int]]]:
    """Subtractions in which exactly one operand has gradients and grew from [N, 1] or [N] to [N, N]."""
    suspects = []
    for node in walk.nodes:
        if short_name(node) not in ("Sub", "Rsub"):
            continue
        sources = [following for following, _ in node.next_functions if following is not None]
        whole = shape_of(node)
        part = shape_of(sources[0]) if len(sources) == 1 else None
        if _grid(part, whole):
            suspects.append((node, part or [], whole or []))
    return suspects


def classes_of(walk: Walk) -> int | None:
    """How many classes a cross-entropy at the root chooses from."""
    for node in walk.nodes[:3]:
        shape = shape_of(node)
        if short_name(node) == "LogSoftmax" and shape is not None and len(shape) == 2:
            return shape[1]
    return None
