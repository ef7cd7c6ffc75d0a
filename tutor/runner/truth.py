"""The computed answer of a prediction: what to ask of the run, and how its events answer."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from tutor.events import Bound, Error, Event, Finished, Output
from tutor.facts import (
    CollectionFacts,
    ModuleFacts,
    OptimizerFacts,
    ScalarFacts,
    TensorFacts,
    TextFacts,
    Value,
)
from tutor.lesson.answers import same_answer
from tutor.lesson.model import Predict

NO_ERROR = "no error"


def asks_of(step: Predict) -> tuple[str, ...]:
    """What a run of the step's code must be asked; goes into `RunRequest.asks`."""
    match step.ask:
        case "output" | "error":
            return ()
        case "grad" if not step.of.rstrip().endswith(".grad"):
            return (f"({step.of}).grad",)
        case _:
            return (step.of,)


def truth(step: Predict, events: Sequence[Event]) -> str | None:
    """The right answer as text; None when the run did not give one."""
    error = next((event for event in events if isinstance(event, Error)), None)
    if step.ask == "error":
        return error.type.rsplit(".", 1)[-1] if error else NO_ERROR if _ended(events) else None
    if step.ask == "output":
        text = "".join(
            event.text for event in events if isinstance(event, Output) and event.stream == "stdout"
        )
        return text.rstrip("\n") if _ended(events) else None
    asked = [event.value for event in events if isinstance(event, Bound) and event.how == "asked"]
    return _aspect(step, asked[-1]) if asked and asked[-1] is not None else None


def options(step: Predict, right: str, seed: int) -> list[str]:
    """The choices, the right one mixed in, in an order that the seed decides."""
    shown = [styled(right, list(step.choices)), *step.choices]
    random.Random(seed).shuffle(shown)
    return shown


def styled(right: str, wrong: Sequence[str]) -> str:
    """The right answer written as the wrong choices are, so that its looks do not give it away."""
    number = re.fullmatch(r"(-?\d+)(?:\.0*)?", right)
    if number and wrong and all(re.fullmatch(r"-?\d+\.\d*", choice) for choice in wrong):
        return number[1] + ("." if wrong[0].endswith(".") else ".0")
    if number and wrong and all(re.fullmatch(r"-?\d+", choice) for choice in wrong):
        return number[1]
    if wrong and all(choice.startswith("torch.") for choice in wrong) and not right.startswith("torch."):
        return f"torch.{right}"
    if wrong and right.startswith("(") and all(choice.startswith("[") for choice in wrong):
        return "[" + right[1:-1].rstrip(",") + "]"
    return right


def is_right(step: Predict, given: str, right: str) -> bool:
    """Is what was typed or chosen the answer?"""
    return same_answer(step.ask, given, right, step.rtol)


def reason(step: Predict, given: str) -> str:
    """Why that choice is wrong, as the lesson says; empty when it says nothing."""
    if given in step.choices:
        return step.choices[given]
    return next(
        (why for choice, why in step.choices.items() if same_answer(step.ask, given, choice, step.rtol)), ""
    )


def _ended(events: Sequence[Event]) -> bool:
    return any(isinstance(event, Finished) and event.status in ("ok", "error") for event in events)


def _aspect(step: Predict, value: Value) -> str | None:
    match step.ask, value:
        case "shape", TensorFacts():
            return "(" + ", ".join(map(str, value.shape)) + ("," if len(value.shape) == 1 else "") + ")"
        case "dtype", TensorFacts():
            return value.dtype
        case "device", TensorFacts():
            return value.device
        case _:
            return text_of(value)


def text_of(value: Value) -> str:
    """A value as short text: a tensor's numbers without the word around them."""
    match value:
        case TensorFacts():
            return _tensor_text(value)
        case ScalarFacts(number=number) if number is not None and value.type == "float":
            return _number(number)
        case CollectionFacts():
            return value.text
        case TextFacts(type="str"):
            return value.text.strip("'\"")
        case OptimizerFacts():
            return value.type
        case ScalarFacts() | TextFacts() | ModuleFacts():
            return value.text


def _tensor_text(value: TensorFacts) -> str:
    sample = value.sample
    whole = sample is not None and sample.row_step == 1 and sample.column_step == 1
    exact = value.dtype not in ("bool", "complex64", "complex128")
    if (
        sample is not None
        and whole
        and exact
        and len(value.shape) <= 2
        and _count(value) == sum(map(len, sample.rows))
    ):
        rows = ["[" + ", ".join(_number(item) for item in row) + "]" for row in sample.rows]
        if not value.shape:
            return _number(sample.rows[0][0])
        return rows[0] if len(value.shape) == 1 else "[" + ", ".join(rows) + "]"
    found = re.fullmatch(
        r"tensor\((.*?)(?:, (?:dtype|device|requires_grad|grad_fn)=.*)?\)", value.text, re.DOTALL
    )
    return " ".join(found[1].split()) if found else value.text


def _count(value: TensorFacts) -> int:
    count = 1
    for size in value.shape:
        count *= size
    return count


def _number(number: float) -> str:
    return f"{number:.6g}"
