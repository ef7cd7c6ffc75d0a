"""What the worker grades with: a gradable step as a payload that has a solution, checks and the learner's own source."""

from __future__ import annotations

from typing import Any

from tutor.lesson.model import Code, Gradable, Order, Tune
from tutor.lesson.tuning import tuned
from tutor.lesson.wire import step_payload
from tutor.runner.request import Grading

SAME_OUTPUT = "same-output"
"""The check of an `order` step that declares none: it prints what the solution prints."""


def grading_of(step: Gradable, source: str | None = None, seed: int = 0) -> Grading:
    """The grading of one answer. With `source`, an answer equal to the starter counts as not attempted."""
    payload = {**step_payload(step), **_program(step), "checks": _checks(step)}
    if source is not None:
        payload["source"] = source
    return Grading(step=payload, seed=seed)


def required_checks(step: Gradable) -> tuple[str, ...]:
    """Ids of the checks that a pass needs."""
    return tuple(check["id"] for check in _checks(step) if check.get("required", True))


def check_ids(step: Gradable) -> tuple[str, ...]:
    """Ids of all checks."""
    return tuple(check["id"] for check in _checks(step))


def _checks(step: Gradable) -> list[dict[str, Any]]:
    checks: list[dict[str, Any]] = step_payload(step).get("checks", [])
    return checks or [{"id": SAME_OUTPUT, "output": True}]


def _program(step: Gradable) -> dict[str, Any]:
    match step:
        case Code():
            return {"starter": step.starter, "solution": step.solution, "times": step.times}
        case Order():
            return {"starter": "", "solution": step.solution}
        case Tune():
            return {"starter": tuned(step.code, step.given), "solution": tuned(step.code, step.solution)}
