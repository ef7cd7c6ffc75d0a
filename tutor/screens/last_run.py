"""The last run of a step: kept when it ends, and shown again when the step is opened."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from tutor.encode import encode
from tutor.events import Event
from tutor.lesson.model import Predict, Step
from tutor.progress.keepsakes import KeptRun
from tutor.services import Services


async def keep_run(services: Services, lesson: str, step: str, source: str, heard: Sequence[Event]) -> None:
    """Keep a run; the writing is done aside, so that no key waits for the disk."""

    def write() -> None:
        lines = tuple(encode(event) for event in heard)
        services.keepsakes.keep_run(lesson, step, KeptRun(source, services.clock(), lines))

    await asyncio.to_thread(write)


def kept_run(
    services: Services, lesson: str, step: Step, *, passed: bool
) -> tuple[KeptRun, list[Event]] | None:
    """A step's last run and what it said; none where showing it would answer a question still open."""
    if isinstance(step, Predict) and not passed:
        return None
    run = services.keepsakes.run(lesson, step.id)
    if run is None:
        return None
    from tutor.decode import decode  # deferred: most steps are opened before anything ran

    try:
        return run, [decode(line) for line in run.lines]
    except ValueError:
        return None


def ago(seconds: float) -> str:
    """How long ago something was, in words."""
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {name}{'s' if count > 1 else ''} ago"
    return "just now"
