"""From an event back to its line of JSON, for `--json` and recordings: every key is there, whether or not it is the default."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

from tutor import facts
from tutor.events import Event, Unknown
from tutor.worker.wire import number

_KINDS: dict[type[Any], str] = {
    facts.ModuleFacts: "module",
    facts.OptimizerFacts: "optimizer",
    facts.ScalarFacts: "scalar",
    facts.TextFacts: "text",
    facts.CollectionFacts: "collection",
}


def encode(event: Event) -> str:
    """One event as one line of JSON, without the line end."""
    name = event.name if isinstance(event, Unknown) else event.kind
    message = {"event": name, "t": number(event.t), **_plain(event)}
    return json.dumps(message, allow_nan=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return number(value)
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        plain = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        kind = _KINDS.get(type(value))
        return {"kind": kind, **plain} if kind else plain
    return value
