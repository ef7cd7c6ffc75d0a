"""The `error` event: everything the interface needs to show what went wrong."""

from __future__ import annotations

from typing import Any

import torch

from ..facts import facts
from .case import Case, layer_path
from .explain import explain
from .operands import operand_rows, operands
from .place import Place, find_place, frames, traceback_text

LONGEST_MESSAGE = 4000
INNER_NAMES = ("input", "target", "query", "hx")


def error_event(error: BaseException, source: str, filename: str) -> dict[str, Any]:
    """Keys of the event."""
    place = find_place(error, source, filename)
    message = message_of(error)[:LONGEST_MESSAGE]
    found = operands(place)
    rule, explanation, then = explain(Case(place, message, found))
    return {
        "type": type(error).__name__,
        "message": message,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "expression": place.expression,
        "frames": frames(place),
        "traceback": traceback_text(error),
        "operands": [*operand_rows(found), *_inner_operands(place)],
        "rule": rule,
        "explanation": explanation,
        "next": then,
    }


def _inner_operands(place: Place) -> list[dict[str, Any]]:
    """What the layer that failed was given, and its own weights."""
    frame = place.inner
    if frame is None:
        return []
    rows = []
    for name in INNER_NAMES:
        value = frame.f_locals.get(name)
        if isinstance(value, torch.Tensor):
            rows.append({"role": f"argument {name}", "expression": name, "value": facts(value)})
    layer = place.modules[-1] if place.modules else None
    if layer is not None and "_parameters" in vars(layer):
        path = layer_path(layer, place.around) or type(layer).__name__
        for name, parameter in layer._parameters.items():
            if parameter is not None:
                rows.append({"role": name, "expression": f"{path}.{name}", "value": facts(parameter)})
    return rows


def message_of(error: BaseException) -> str:
    """The exception's own text; its class may be the learner's and its `__str__` may fail."""
    try:
        return str(error)
    except Exception:
        return ""


def stopped_module(error: BaseException | None) -> torch.nn.Module | None:
    """The innermost layer the exception came from."""
    link = error.__traceback__ if error is not None else None
    found: torch.nn.Module | None = None
    while link is not None:
        module = link.tb_frame.f_locals.get("self")
        if isinstance(module, torch.nn.Module):
            found = module
        link = link.tb_next
    return found
