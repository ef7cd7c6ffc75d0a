"""The lines that cross the process boundary: the one module both sides import. Standard library only, Python 3.9.

Interface to worker, one JSON object a line; `do` names the command:

    {"do": "run", "run": "r1", "program": {...}}     fields of `runner.request.RunRequest`; file contents in base64
    {"do": "stop", "run": "r1"}                      KeyboardInterrupt first, then the whole tree
    {"do": "kill", "run": "r1"}                      ends a supervisor that no longer answers, and its run with it
    {"do": "line", "run": "r1", "text": "..."}       answers `input()`
    {"do": "ask", "ask": "q7", "about": "complete", "path": ["torch.nn", "Linear", "()"], "instance": false}
                                                     answered by {"event": "answer", "ask": "q7", "items": [...], ...}
    {"do": "quit"}                                   so does the end of standard input

Worker to interface: the events of `docs/events.md`, each with `run` beside `event` and `t`. A worker that cannot import
torch says `{"event": "missing", "reason": "..."}` in place of `ready`, and ends.
"""

from __future__ import annotations

import json
import math
from typing import Any

PROTOCOL = 1

LONGEST_LINE = 1 << 24
"""Bytes; asyncio's own limit of 64 KiB would raise on a large event."""


def number(value: float) -> Any:
    """A float as JSON has it: NaN and infinities as the strings `nan`, `inf`, `-inf`."""
    if math.isfinite(value):
        return value
    if math.isnan(value):
        return "nan"
    return "inf" if value > 0 else "-inf"


def plain(value: Any) -> Any:
    """The value with every non-finite float spelled out, ready for `json.dumps`."""
    if isinstance(value, float):
        return number(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


# Bound once: a learner who patches `json.dumps` changes nothing here.
_text = json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode


def encode(message: dict[str, Any]) -> bytes:
    """One message as one line of ASCII JSON."""
    try:
        text = _text(message)
    except ValueError:
        text = _text(plain(message))
    return text.encode("ascii") + b"\n"


def decode(line: bytes) -> dict[str, Any]:
    """One line as a message. Raises `ValueError` when it is not a JSON object."""
    message = json.loads(line)
    if not isinstance(message, dict):
        raise ValueError(f"expected a JSON object, found {type(message).__name__}")
    return message
