"""From a line of JSON to a frozen event: the shapes come from the dataclasses themselves, so there is no second list of keys.

Missing keys take their defaults, unknown keys are ignored, unknown kinds become `Unknown`, and only `ValueError` is raised.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, replace
from typing import Any, TypeVar, get_type_hints

from tutor.decode_hints import Reader, found, literal_number, reader_for
from tutor.events import ALL_EVENTS, Event, Step, Unknown

E = TypeVar("E", bound=Event)

_KINDS: dict[str, type[Event]] = {event.kind: event for event in ALL_EVENTS}


def decode(line: str | bytes) -> Event:
    """One line of JSON as one event. Raises `ValueError` for anything that is not a JSON object with a kind."""
    try:
        message = json.loads(line)
        return _event(message)
    except RecursionError:
        raise ValueError("The worker's line nests too deeply to be an event.") from None
    except OverflowError:
        raise ValueError("The worker's line holds a number too large to be read.") from None


def _event(message: Any) -> Event:
    if not isinstance(message, dict):
        raise ValueError(f"An event is a JSON object, found {found(message)}.")
    kind = message.get("event")
    if not isinstance(kind, str) or not kind:
        raise ValueError(f"An event names its kind under 'event', found {found(kind)}.")
    event = _KINDS.get(kind)
    if event is None:
        return _unknown(kind, message)
    if event is Step:
        return _step(message)
    return _fill(event, message, kind)


def _unknown(kind: str, message: dict[str, Any]) -> Unknown:
    """A kind of a later version: its time and run are kept when they can be read."""
    t, run = message.get("t"), message.get("run")
    return Unknown(name=kind, t=literal_number(t) or 0.0, run=run if isinstance(run, str) else "")


def _step(message: dict[str, Any]) -> Event:
    """A parameter whose norm is null got no gradient: it is named in `no_grad` instead."""
    step = _fill(Step, message, "step")
    grads = message.get("grads") or {}
    missing = tuple(name for name, norm in grads.items() if norm is None and name not in step.no_grad)
    return replace(step, no_grad=step.no_grad + missing) if missing else step


def _table(event: type[Event]) -> tuple[tuple[str, Reader, bool], ...]:
    """Name, reader and whether it must be there, for every field of an event."""
    hints = get_type_hints(event)
    return tuple(
        (one.name, reader_for(hints[one.name]), one.default is MISSING and one.default_factory is MISSING)
        for one in fields(event)
    )


_TABLES = {event: _table(event) for event in ALL_EVENTS}


def _fill(event: type[E], message: dict[str, Any], kind: str) -> E:
    values: dict[str, Any] = {}
    for name, read, needed in _TABLES[event]:
        if message.get(name) is not None:
            values[name] = read(message[name], f"'{name}' of a {kind} event")
        elif needed:
            raise ValueError(f"A {kind} event needs the key '{name}'.")
    return event(**values)
