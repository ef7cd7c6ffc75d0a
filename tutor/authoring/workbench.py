"""Runs authors' trials through one warm worker, a few at a time, and says how each went."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from tutor.authoring.trials import Trial, complaint
from tutor.events import Event, Finished
from tutor.lesson.catalog import Catalog
from tutor.lesson.model import Lesson
from tutor.runner.contract import Runner
from tutor.runner.limits import limits_of
from tutor.runner.request import RunRequest
from tutor.settings import Settings

AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """How one trial went."""

    lesson: str
    trial: Trial
    complaint: str
    """Empty when all is as declared."""
    seconds: float
    line: int = 1
    """Where the tried code stands in the lesson file."""
    answer: str = ""

    @property
    def sound(self) -> bool:
        """Is all as declared?"""
        return not self.complaint


class Workbench:
    """Trials of one catalog's lessons."""

    def __init__(self, catalog: Catalog, runner: Runner, settings: Settings, at_once: int = AT_ONCE) -> None:
        self._catalog = catalog
        self._runner = runner
        self._settings = settings
        self._places = asyncio.Semaphore(at_once)

    async def try_all(
        self, lesson: Lesson, trials: Iterable[Trial], told: Callable[[Finding], None] = lambda finding: None
    ) -> list[Finding]:
        """All trials of a lesson, in their order; `told` hears of each as it ends."""

        async def one(trial: Trial) -> Finding:
            async with self._places:
                finding = await self._try(lesson, trial)
            told(finding)
            return finding

        return list(await asyncio.gather(*(one(trial) for trial in trials)))

    async def _try(self, lesson: Lesson, trial: Trial) -> Finding:
        """A trial; one that complains of slowness is measured once more, since other programs may have been busy."""
        allowed = limits_of(lesson, trial.step, self._settings).seconds
        events = await self.events(lesson, trial)
        said = complaint(trial, events, allowed)
        if said.startswith("it takes "):
            events = await self.events(lesson, trial)
            said = complaint(trial, events, allowed)
        if said.startswith("it is told ") and await self._known_when_verbatim(lesson, trial, allowed):
            said = ""
        finished = next(
            (event for event in events if isinstance(event, Finished)), Finished(status="crashed")
        )
        line = self._catalog.loaded(lesson.id).line(trial.step.id, *trial.where)
        return Finding(lesson.id, trial, said, finished.seconds, line)

    async def _known_when_verbatim(self, lesson: Lesson, trial: Trial, allowed: float) -> bool:
        """A mistake that behaves like another, or whose results are random, is known at least when it is written so."""
        if trial.grading is None:
            return False
        grading = replace(trial.grading, step={**trial.grading.step, "source": trial.source})
        events = await self.events(lesson, replace(trial, grading=grading))
        return not complaint(trial, events, allowed)

    async def events(self, lesson: Lesson, trial: Trial) -> list[Event]:
        """What the worker said about one trial."""
        step = trial.step
        request = RunRequest(
            source=trial.source,
            filename=f"{step.id}.py",
            lens=trial.as_learners_run_it,
            limits=limits_of(lesson, step, self._settings),
            files=self._catalog.files(lesson.id, step.files) if step.files else {},
            grading=trial.grading,
            asks=trial.asks,
            seed=trial.seed,
        )
        return [event async for event in self._runner.run(request)]
