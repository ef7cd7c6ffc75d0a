"""`author test`: proves lessons. Solutions pass, starters and wrong answers fail as declared, predictions are computed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from tutor.authoring.figures import RESULTS, read_results
from tutor.authoring.report import Report
from tutor.authoring.trials import Trial, number_trials, trials_of
from tutor.authoring.workbench import Finding, Workbench
from tutor.failures import CommandFailure, Exit
from tutor.lesson.catalog import Catalog, Entry
from tutor.lesson.model import Lesson
from tutor.runner.client import WorkerClient
from tutor.runner.contract import Runner
from tutor.runner.interpreter import choose
from tutor.settings import Settings


def test(paths: Sequence[Path], as_json: bool, settings: Settings) -> int:
    """Prove the lessons at these places: 0 when all are sound, 1 when a trial went otherwise, 2 for faulty files."""
    catalog = Catalog(paths)
    report = Report(as_json)
    started = time.monotonic()
    for fault in catalog.all_faults():
        report.fault(fault)
    if not catalog.order and not report.faults:
        raise CommandFailure("No lesson file was found; name a lesson file or a folder of them.")
    asyncio.run(_with_worker(catalog, report, settings))
    report.summary(time.monotonic() - started)
    if report.faults:
        return Exit.WRONG
    return Exit.NOT_PASSED if report.unsound else Exit.FINE


async def _with_worker(catalog: Catalog, report: Report, settings: Settings) -> None:
    client = WorkerClient(choose(settings))
    try:
        state = await client.start()
        if state.phase != "ready":
            raise CommandFailure(f"{state.reason} {state.advice}".strip(), Exit.LACKING)
        await prove(catalog, client, report, settings)
    finally:
        await client.close()


async def prove(catalog: Catalog, runner: Runner, report: Report, settings: Settings) -> None:
    """Try everything of every lesson that loads; a long program of one lesson does not hold up the next."""
    bench = Workbench(catalog, runner, settings)
    going: dict[Entry, asyncio.Task[list[Finding]]] = {}
    try:
        for entry in catalog.entries():
            lesson = catalog.lesson(entry.id)
            if lesson is not None:
                trials = _trials(catalog, lesson)
                going[entry] = asyncio.create_task(bench.try_all(lesson, trials, report.trial))
        for entry, task in going.items():
            report.lesson(entry.id, entry.name, await task)
    finally:
        for task in going.values():
            task.cancel()


def _trials(catalog: Catalog, lesson: Lesson) -> list[Trial]:
    measured = read_results(catalog.files(lesson.id, [RESULTS]).get(RESULTS))
    return [trial for step in lesson.steps for trial in (*trials_of(step), *number_trials(step, measured))]
