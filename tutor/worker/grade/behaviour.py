"""The named behaviours of a training loop, decided from the record of a run."""

from __future__ import annotations

import math
from typing import Any, Callable

import torch

from . import words
from .mismatch import BrokenCheck, Mismatch
from .record import Record

Rule = Callable[[Record, dict[str, float]], None]


def zero_grad_each_step(record: Record, given: dict[str, float]) -> None:
    """No backward adds to a gradient that was already used for an update."""
    _trained(record)
    if record.stale:
        raise Mismatch(
            f"Backward {record.stale[0] + 1} added to gradients left over from the step before"
            f" ({len(record.stale)} of {record.backwards} backwards did); expected cleared gradients at each step."
        )


def order(record: Record, given: dict[str, float]) -> None:
    """zero_grad, forward, loss, backward, step."""
    _trained(record)
    if record.early:
        raise Mismatch(
            f"Step {record.early[0] + 1} came without a backward since the step before it; expected backward, then step."
        )
    if record.wiped:
        raise Mismatch(
            f"Before step {record.wiped[0] + 1} the gradients were cleared after backward; expected zero_grad before backward."
        )
    zero_grad_each_step(record, given)
    if (
        record.backwards
        and record.steps
        and record.calls
        and _last(record, "backward") > _last(record, "step")
    ):
        raise Mismatch("The last backward is never used; expected a step after each backward.")


def parameters_change(record: Record, given: dict[str, float]) -> None:
    """Every parameter that got a gradient was changed."""
    if not record.backwards:
        raise Mismatch("No backward was called; expected training steps.")
    trained = [leaf for leaf in record.leaves.values() if leaf.had_gradient]
    if not any(leaf.changed() for leaf in trained) and not record.replaced():
        raise Mismatch("No parameter changed while your program trained; expected all of them to move.")
    still = [leaf for leaf in trained if leaf.tensor() is not None and not leaf.changed()]
    still = [] if record.replaced() else [leaf for leaf in still if _reached(leaf.tensor())]
    if still:
        name = still[0].name or f"a tensor of shape {_shape(still[0].tensor())}"
        raise Mismatch(f"{name} got a gradient but never changed; expected every parameter to move.")


def loss_falls(record: Record, given: dict[str, float]) -> None:
    """The loss ends low enough, after enough steps."""
    losses = record.losses
    if not losses:
        raise Mismatch("No backward was called, so there is no loss; expected training steps.")
    steps = int(given.get("steps", 0))
    if len(losses) < steps:
        raise Mismatch(f"Your program took {len(losses)} training steps; expected at least {steps}.")
    tail = losses[-max(1, min(20, len(losses) // 20)) :]
    first, final = losses[0], sum(tail) / len(tail)
    if not math.isfinite(final):
        raise Mismatch(f"The loss became {final}; expected it to fall.")
    if first < 0 <= given.get("to", 0.0):
        raise Mismatch(
            f"backward is called on {words.number(first)}, a negative number; expected the loss itself."
        )
    if "from" in given and first > given["from"]:
        raise Mismatch(
            f"The loss starts at {words.number(first)}; expected at most {words.number(given['from'])}."
        )
    if "to" in given and final > given["to"]:
        raise Mismatch(
            f"The loss ends at {words.number(final)} after {len(losses)} steps; expected {words.number(given['to'])} or less."
        )
    ratio = given.get("ratio", 1.0 / given["factor"] if given.get("factor") else 1.0)
    if "to" not in given and not (final < first * ratio if ratio == 1.0 else final <= first * ratio):
        raise Mismatch(
            f"The loss goes from {words.number(first)} to {words.number(final)}; expected"
            f" {words.number(first * ratio)} or less at the end."
        )


def eval_at_prediction(record: Record, given: dict[str, float]) -> None:
    """The last forward is in eval mode and keeps no graph."""
    last = _prediction(record)
    if last.training:
        raise Mismatch(f"{last.name} predicts in training mode; expected eval mode.")
    no_grad_at_prediction(record, given)


def no_grad_at_prediction(record: Record, given: dict[str, float]) -> None:
    """The last forward keeps no graph."""
    last = _prediction(record)
    if last.grad_mode:
        raise Mismatch(f"{last.name} predicts with gradients on; expected no_grad.")


def trains_in_train_mode(record: Record, given: dict[str, float]) -> None:
    """Each forward that leads to a backward is in training mode."""
    if not record.modes_at_backward:
        raise Mismatch("No module was trained; expected a forward and a backward.")
    for place, (name, training) in enumerate(record.modes_at_backward):
        if not training:
            raise Mismatch(f"{name} is in eval mode at training step {place + 1}; expected training mode.")


RULES: dict[str, Rule] = {
    "zero_grad_each_step": zero_grad_each_step,
    "order": order,
    "parameters_change": parameters_change,
    "loss_falls": loss_falls,
    "eval_at_prediction": eval_at_prediction,
    "no_grad_at_prediction": no_grad_at_prediction,
    "trains_in_train_mode": trains_in_train_mode,
}


def frozen(record: Record, value: Any, name: str) -> None:
    """These parameters are what they were when first seen."""
    tensors = list(value.parameters()) if isinstance(value, torch.nn.Module) else [value]
    if not tensors or not all(isinstance(tensor, torch.Tensor) for tensor in tensors):
        raise Mismatch(f"`{name}` is {words.kind(value)}; expected a module or a parameter.")
    _trained(record)
    for tensor in tensors:
        leaf = record.leaves.get(id(tensor))
        if leaf is not None and leaf.changed():
            raise Mismatch(f"`{name}` changed while your program trained; expected it to stay frozen.")


def decide(name: str, record: Record, given: dict[str, float]) -> None:
    """Raise `Mismatch` unless the record shows this behaviour."""
    rule = RULES.get(name)
    if rule is None:
        raise BrokenCheck(f"there is no behaviour `{name}`; known are {', '.join([*RULES, 'frozen'])}")
    rule(record, given)


def _trained(record: Record) -> None:
    if not record.backwards:
        raise Mismatch("No backward was called; expected training steps.")
    if not record.steps and not record.updates:
        raise Mismatch("No parameter was updated after backward; expected a step.")


def _prediction(record: Record) -> Any:
    if not record.forwards:
        raise Mismatch("The model was never called; expected a prediction.")
    return record.forwards[-1]


def _last(record: Record, call: str) -> int:
    return max((place for place, seen in enumerate(record.calls) if seen == call), default=-1)


def _reached(tensor: Any) -> bool:
    return tensor is not None and tensor.grad is not None and bool((tensor.grad != 0).any())


def _shape(tensor: Any) -> str:
    return words.shape(tensor.shape) if tensor is not None else "?"
