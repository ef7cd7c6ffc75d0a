"""The verdict on a run: one outcome and one message. A pass needs every required check, once, and a run that ended well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tutor.events import Check, Error, Event, Finished
from tutor.lesson.model import Code, Order, Run, Step, Tune
from tutor.runner.grading import check_ids, required_checks

Outcome = Literal[
    "passed", "not_as_taught", "not_yet", "error", "not_attempted", "timeout", "memory", "stopped", "crashed"
]
"""The same words as `progress.contract.Outcome`, which comes later in the flow of data."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an answer."""

    outcome: Outcome
    message: str = ""
    """What to tell the learner, as sentences; empty when there is nothing to add."""
    checks: tuple[Check, ...] = ()
    note: str = ""
    """On a pass: what was not done as taught."""
    wrong: str = ""
    """Name of the known mistake the answer behaves like."""

    @property
    def done(self) -> bool:
        """Does the step count as passed?"""
        return self.outcome in ("passed", "not_as_taught")


def judge(step: Step, events: Sequence[Event]) -> Verdict:
    """The verdict on one graded run, from its events alone."""
    checks = tuple(event for event in events if isinstance(event, Check))
    finished = next((event for event in reversed(events) if isinstance(event, Finished)), None)
    if finished is None:
        return Verdict("crashed", "The run never came to its end. Run it again.", checks)
    if finished.status != "ok" and finished.status != "error":
        return Verdict(finished.status, finished.message, checks)
    if checks and all(check.status == "not_attempted" for check in checks):
        return Verdict("not_attempted", "This is still the starter. Change it, then check again.", checks)
    if finished.status == "error":
        return _error(events, checks, finished)
    match step:
        case Code() | Order() | Tune():
            return _graded(step, checks, finished)
        case Run() | _:
            return Verdict("passed")


def _error(events: Sequence[Event], checks: tuple[Check, ...], finished: Finished) -> Verdict:
    known = next((check for check in checks if check.wrong), None)
    if known is not None:
        return Verdict("error", known.message, checks, wrong=known.wrong)
    error = next((event for event in events if isinstance(event, Error)), None)
    if error is None:
        code = "" if finished.exit_code is None else f" with exit code {finished.exit_code}"
        return Verdict("error", finished.message or f"The program ended{code}.", checks)
    where = f" on line {error.line}" if error.line is not None else ""
    told = error.explanation or f"{error.type}{where}: {error.message}"
    return Verdict("error", f"{told} {error.next}".strip(), checks)


def _graded(step: Code | Order | Tune, checks: tuple[Check, ...], finished: Finished) -> Verdict:
    failed = next((check for check in checks if check.status == "failed" and check.required), None)
    if failed is not None:
        return Verdict("not_yet", failed.message, checks, wrong=failed.wrong)
    if not _complete(step, checks, finished):
        return Verdict(
            "crashed", "Grading did not come to its end, so nothing is proven. Check again.", checks
        )
    advice = next((check for check in checks if check.status == "failed"), None)
    if advice is not None:
        return Verdict(
            "not_as_taught", "Right, but not as taught.", checks, note=advice.message, wrong=advice.wrong
        )
    return Verdict("passed", "", checks)


def _complete(step: Code | Order | Tune, checks: tuple[Check, ...], finished: Finished) -> bool:
    """The positive record: every check was decided once, every required one passed, and the count agrees."""
    decided = sorted(check.id for check in checks)
    passed = {check.id for check in checks if check.status == "passed"}
    counted = finished.graded == len(checks)
    return counted and decided == sorted(check_ids(step)) and set(required_checks(step)) <= passed
