"""The `error` event: everything the interface needs to show what went wrong."""

from __future__ import annotations

from typing import Any

import torch

from .operands import operand_rows, operands
from .place import find_place, frames, traceback_text

LONGEST_MESSAGE = 4000


def error_event(error: BaseException, source: str, filename: str) -> dict[str, Any]:
    """Keys of the event."""
    place = find_place(error, source, filename)
    keys: dict[str, Any] = {
        "type": type(error).__name__,
        "message": message_of(error)[:LONGEST_MESSAGE],
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "expression": place.expression,
        "frames": frames(place),
        "traceback": traceback_text(error),
    }
    keys["operands"] = operand_rows(operands(place))
    return keys


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
