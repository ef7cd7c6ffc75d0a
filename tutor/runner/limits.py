"""What a run of a lesson's step may use: the command line's word counts before the step's, the step's before the lesson's."""

from __future__ import annotations

from tutor.lesson.model import Lesson, Step
from tutor.runner.request import RunLimits
from tutor.settings import Settings


def limits_of(lesson: Lesson, step: Step, settings: Settings) -> RunLimits:
    """The limits of one run."""
    given = step.limits or lesson.limits
    return RunLimits(
        seconds=settings.time_limit or given.seconds,
        memory_mb=settings.memory_limit or given.memory_mb,
        disk_mb=given.disk_mb,
        threads=settings.threads or given.threads,
    )
