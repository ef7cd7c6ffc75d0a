"""When a passed step comes back: after 1, 3, 7 and 21 days, sooner when it went wrong or needed help."""

from __future__ import annotations

from dataclasses import dataclass

DAY = 86_400.0
INTERVALS = (1, 3, 7, 21)
"""Days until each review; after the last one a step counts as learnt."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Where a step stands in its reviews."""

    rung: int = 0
    """Index into `INTERVALS` of the review that comes next."""
    due: float | None = None
    """Unix time; None: never passed, or learnt for good."""
    stumbled: bool = False
    """It went wrong since it was last passed."""
    helped: bool = False
    """The solution was shown since it was last passed."""


def after_pass(schedule: Schedule, now: float, *, before: bool) -> Schedule:
    """The schedule after a pass; `before` says whether the step had been passed before."""
    if not before:
        wait = INTERVALS[0] / 2 if schedule.helped else INTERVALS[0]
        return Schedule(rung=0, due=now + wait * DAY)
    overdue = schedule.due is not None and schedule.due <= now
    soon = now + INTERVALS[0] * DAY
    if schedule.helped:
        return Schedule(rung=0, due=soon if overdue or schedule.due is None else min(schedule.due, soon))
    if not overdue:
        return Schedule(schedule.rung, schedule.due)
    rung = schedule.rung if schedule.stumbled else schedule.rung + 1
    if rung >= len(INTERVALS):
        return Schedule(rung=rung, due=None)
    return Schedule(rung=rung, due=now + INTERVALS[rung] * DAY)


def after_failure(schedule: Schedule, now: float, *, before: bool) -> Schedule:
    """The schedule after an answer that did not pass."""
    if not before or schedule.stumbled:
        return Schedule(schedule.rung, schedule.due, True, schedule.helped)
    rung = max(0, min(schedule.rung, len(INTERVALS)) - 1)
    soon = now + INTERVALS[0] * DAY
    due = soon if schedule.due is None else min(schedule.due, soon)
    return Schedule(rung, due, True, schedule.helped)


def after_help(schedule: Schedule) -> Schedule:
    """The schedule after the solution was shown."""
    return Schedule(schedule.rung, schedule.due, schedule.stumbled, True)
