"""Numbers that prose promises: each must stand in the step's text and be what the step's program, or a measurement, gives."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from tutor.events import Bound, Error, Event, Output
from tutor.facts import ScalarFacts, TensorFacts, Value
from tutor.lesson.model import Code, Figure, Order, Step
from tutor.runner.truth import text_of

RESULTS = "measured.yaml"
"""The file of the lessons' data folder in which measurements are recorded."""
PRINTED = "printed"
MEASURED = "measured "
_PRINTED_NUMBER = re.compile(r"-?\d+\.?\d*(?:e[-+]?\d+)?")
_BETWEEN_THOUSANDS = re.compile("[ _\u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Told:
    """One number of a step's prose and where it comes from."""

    text: str
    """As it stands in the prose."""
    of: str
    """An expression, `printed`, or `measured NAME`."""


class Measured(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One recorded measurement."""

    value: float
    what: str
    script: str


def told_by(step: Step) -> dict[tuple[str, str], list[Told]]:
    """The step's numbers by where they come from: field of the program, and lines run after it; `("", "")` for measurements."""
    told: dict[tuple[str, str], list[Told]] = {}
    for text, given in step.numbers.items():
        figure = given if isinstance(given, Figure) else Figure(of=given)
        place = (figure.in_ or _program(step), figure.then)
        if figure.of.startswith(MEASURED):
            place = ("", "")
        told.setdefault(place, []).append(Told(text, figure.of))
    return told


def source_of(step: Step, field: str, then: str) -> str:
    """The program to run for numbers of one place."""
    source = getattr(step, field, "") if field else ""
    return (source if isinstance(source, str) else "") + ("\n" + then if then else "")


def expressions(told: Sequence[Told]) -> tuple[str, ...]:
    """What the run has to be asked."""
    return tuple(one.of for one in told if one.of != PRINTED and not one.of.startswith(MEASURED))


def read_results(content: bytes | None) -> dict[str, Measured]:
    """Recorded measurements by name."""
    return msgspec.yaml.decode(content, type=dict[str, Measured]) if content else {}


def untrue(
    step: Step, told: Sequence[Told], events: Sequence[Event], measured: Mapping[str, Measured]
) -> str:
    """What is not so, as a sentence; empty when every number is as told."""
    answers = iter([event for event in events if isinstance(event, Bound) and event.how == "asked"])
    prose = "\n".join(_prose(step))
    for one in told:
        if not _stands_in(one.text, prose):
            return f"the number {one.text} does not stand in the step's text."
        if one.of == PRINTED:
            said = _unprinted(one, events)
        elif one.of.startswith(MEASURED):
            said = _not_measured(one, measured)
        else:
            said = _not_answered(one, next(answers, None), events)
        if said:
            return said
    return ""


def _unprinted(one: Told, events: Sequence[Event]) -> str:
    printed = "".join(event.text for event in events if isinstance(event, Output))
    if any(same_figure(one.text, found) for found in _PRINTED_NUMBER.findall(printed)):
        return ""
    return f"it prints nothing that rounds to {one.text}, which the text says."


def _not_measured(one: Told, measured: Mapping[str, Measured]) -> str:
    name = one.of.removeprefix(MEASURED).strip()
    if name not in measured:
        return f"the text says {one.text} by the measurement `{name}`, which {RESULTS} does not hold."
    return _other(one, repr(measured[name].value))


def _not_answered(one: Told, answer: Bound | None, events: Sequence[Event]) -> str:
    if answer is None or answer.value is None:
        error = next((event.message for event in events if isinstance(event, Error)), "no value")
        return f"`{one.of}` gives nothing ({error}); the text says {one.text}."
    return _other(one, _exact(answer.value))


def _exact(value: Value) -> str:
    """A number with all its digits; other values as they are told."""
    match value:
        case ScalarFacts(number=number) if number is not None and value.type == "float":
            return repr(number)
        case TensorFacts(shape=(), sample=sample) if sample is not None:
            return repr(sample.rows[0][0])
        case _:
            return text_of(value)


def _other(one: Told, given: str) -> str:
    return "" if same_figure(one.text, given) else f"`{one.of}` gives {given}; the text says {one.text}."


def same_figure(told: str, given: str) -> bool:
    """Does the given number, rounded to the digits that are told, become the told one?"""
    try:
        wanted, value = _value(told), _value(given)
    except ValueError:
        return False
    if not (math.isfinite(wanted) and math.isfinite(value)):
        return wanted == value
    return abs(wanted - value) <= 0.5 * _unit(told) * (1 + 1e-6)


def _program(step: Step) -> str:
    return "solution" if isinstance(step, Code | Order) else "code"


def _value(text: str) -> float:
    plain = _BETWEEN_THOUSANDS.sub("", text.strip().strip("[]()")).replace("−", "-")
    return {"True": 1.0, "False": 0.0}[plain] if plain in ("True", "False") else float(plain)


def _unit(text: str) -> float:
    """What the last told digit is worth: 0.01 for `2.67`."""
    mantissa, _, exponent = _BETWEEN_THOUSANDS.sub("", text).lower().partition("e")
    digits = len(mantissa.partition(".")[2])
    return float(10.0 ** ((int(exponent) if exponent else 0) - digits))


def _stands_in(number: str, prose: str) -> bool:
    return re.search(rf"(?<![\d.]){re.escape(number)}(?![\d]|\.\d)", prose) is not None


def _prose(step: Step) -> Iterator[str]:
    """Everything a learner reads of a step that is no program."""
    for field in ("title", "text", "look", "after", "goal", "question"):
        yield str(getattr(step, field, ""))
    yield from getattr(step, "hints", [])
    yield from getattr(step, "choices", {})
    yield from getattr(step, "choices", {}).values()
    for option in getattr(step, "options", []):
        yield from (option.text, option.reason)
