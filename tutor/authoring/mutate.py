"""`author mutate`: makes mutants of each solution; the checks must kill them, or the lesson waive them with a reason."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
import msgspec

from tutor.authoring.mutants import Mutant
from tutor.authoring.trials import Trial
from tutor.authoring.workbench import AT_ONCE, Workbench
from tutor.authoring.wrappers import slips, wrapped
from tutor.failures import CommandFailure, Exit
from tutor.lesson.catalog import Catalog, Entry
from tutor.lesson.faults import printable
from tutor.lesson.model import Code, Lesson, Limits
from tutor.runner.client import WorkerClient
from tutor.runner.contract import Runner
from tutor.runner.grading import grading_of
from tutor.runner.interpreter import choose
from tutor.runner.outcome import judge
from tutor.runner.request import Grading
from tutor.settings import Settings


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one mutant."""

    lesson: str
    step: str
    mutant: Mutant
    killed: bool
    waived: str = ""
    """The reason the lesson gives, where it survives rightly."""


def mutate(paths: Sequence[Path], as_json: bool, settings: Settings) -> int:
    """Mutate all solutions at these places: 0 when every mutant is killed or waived."""
    catalog = Catalog(paths)
    if not catalog.order:
        raise CommandFailure("No lesson file was found; name a lesson file or a folder of them.")
    started = time.monotonic()
    fates = asyncio.run(_with_worker(catalog, as_json, settings))
    _sum_up(fates, as_json, time.monotonic() - started)
    return Exit.NOT_PASSED if any(not fate.killed and not fate.waived for fate in fates) else Exit.FINE


async def _with_worker(catalog: Catalog, as_json: bool, settings: Settings) -> list[Fate]:
    client = WorkerClient(choose(settings))
    going: dict[Entry, asyncio.Task[list[Fate]]] = {}
    try:
        state = await client.start()
        if state.phase != "ready":
            raise CommandFailure(f"{state.reason} {state.advice}".strip(), Exit.LACKING)
        places = asyncio.Semaphore(AT_ONCE)
        for entry in catalog.entries():
            lesson = catalog.lesson(entry.id)
            if lesson is not None:
                work = mutate_lesson(catalog, lesson, client, settings, places)
                going[entry] = asyncio.create_task(work)
        fates: list[Fate] = []
        for entry, task in going.items():
            found = await task
            _tell(catalog, entry.name, found, as_json)
            fates += found
        return fates
    finally:
        for task in going.values():
            task.cancel()
        await client.close()


async def mutate_lesson(
    catalog: Catalog, lesson: Lesson, runner: Runner, settings: Settings, places: asyncio.Semaphore
) -> list[Fate]:
    """The fates of all mutants of a lesson's solutions, without those that change nothing."""
    bench = Workbench(catalog, runner, settings)

    async def fate(step: Code, mutant: Mutant, probe: str) -> Fate | None:
        async with places:
            killed = not await _passes(bench, lesson, step, mutant.source)
            if not killed and probe and await _passes(bench, lesson, step, probe):
                return None
        reasons = {waiver.mutant: waiver.reason for waiver in step.waived}
        return Fate(lesson.id, step.id, mutant, killed, reasons.get(mutant.name, ""))

    work = [fate(step, mutant, probe) for step, mutant, probe in _all_mutants(lesson)]
    return [found for found in await asyncio.gather(*work) if found is not None]


def _all_mutants(lesson: Lesson) -> Iterator[tuple[Code, Mutant, str]]:
    for step in lesson.steps:
        if isinstance(step, Code):
            quick = _hurried(step, lesson)
            yield from ((quick, mutant, "") for mutant in slips(step))
            yield from ((quick, mutant, probe) for mutant, probe in wrapped(step))


def _hurried(step: Code, lesson: Lesson) -> Code:
    """The step under half its time: solutions need a third at most, and an endless mutant is dead."""
    limits = step.limits or lesson.limits
    seconds = max(3.0, limits.seconds / 2)
    quick = Limits(seconds=seconds, memory_mb=limits.memory_mb, threads=limits.threads)
    return msgspec.structs.replace(step, limits=quick)


async def _passes(bench: Workbench, lesson: Lesson, step: Code, source: str) -> bool:
    trial = Trial(step, "mutant", source, "fails", grading=_plain_grading(step))
    return judge(step, await bench.events(lesson, trial)).done


def _plain_grading(step: Code) -> Grading:
    grading = grading_of(step, seed=1)
    return replace(grading, step={**grading.step, "wrong": []})


def _tell(catalog: Catalog, file: str, fates: Sequence[Fate], as_json: bool) -> None:
    if as_json:
        for fate in fates:
            keys = {"lesson": fate.lesson, "step": fate.step, "mutant": fate.mutant.name}
            click.echo(json.dumps({"event": "mutant", **keys, "killed": fate.killed, "waived": fate.waived}))
        return
    if not fates:
        return
    killed = sum(fate.killed for fate in fates)
    click.echo(f"{fates[0].lesson}: {killed} of {len(fates)} mutants killed")
    for fate in fates:
        if not fate.killed:
            line = catalog.loaded(fate.lesson).line(fate.step, "solution", within=fate.mutant.line)
            why = f" (waived: {fate.waived})" if fate.waived else ""
            click.echo(printable(f"    {file}:{line}: {fate.step}: survives: {fate.mutant.name}{why}"))


def _sum_up(fates: Sequence[Fate], as_json: bool, seconds: float) -> None:
    killed, waived = (
        sum(fate.killed for fate in fates),
        sum(bool(fate.waived and not fate.killed) for fate in fates),
    )
    share = 100 * killed / max(1, len(fates))
    if as_json:
        counts = {"mutants": len(fates), "killed": killed, "waived": waived}
        click.echo(json.dumps({"event": "summary", **counts, "seconds": round(seconds, 2)}))
    else:
        click.echo(
            f"{killed} of {len(fates)} mutants killed ({share:.1f} %), {waived} waived, {seconds:.1f} s"
        )
