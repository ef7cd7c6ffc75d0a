"""`pytorch-tutor check LESSON/STEP [FILE]`: grades a file, or the saved draft, outside the screen."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from pathlib import Path

import click

from tutor.events import Check, Event
from tutor.failures import CommandFailure, Exit
from tutor.headless.course import find_place, open_catalog, open_record
from tutor.lesson.catalog import Catalog
from tutor.lesson.faults import printable
from tutor.lesson.model import Code, Gradable, Order, Tune
from tutor.lesson.wire import fingerprint
from tutor.runner.client import WorkerClient
from tutor.runner.contract import WorkerState
from tutor.runner.grading import grading_of
from tutor.runner.interpreter import choose
from tutor.runner.limits import limits_of
from tutor.runner.outcome import Verdict, judge
from tutor.runner.request import RunRequest
from tutor.runner.trust import came_with_program, question
from tutor.settings import Settings

LARGEST_FILE = 1_000_000
"""Bytes; an answer is a page of code."""

_HEADS = {
    "passed": "passed",
    "not_as_taught": "passed, but not as taught",
    "not_yet": "not yet",
    "error": "the program raised an error",
    "not_attempted": "not attempted",
    "timeout": "timed out",
    "memory": "out of memory",
    "stopped": "stopped",
    "crashed": "the program died",
}
_SIGNS = {"passed": "ok ", "failed": "no ", "not_reached": " . ", "not_attempted": " . "}


def check(place: str, file: str | None, as_json: bool, settings: Settings) -> int:
    """Grade an answer; 0 when it passes, 1 when it does not."""
    catalog = open_catalog(settings)
    name, step_id = find_place(catalog, place)
    step = _gradable(catalog, name, step_id)
    source = _draft(settings, catalog, name, step.id) if file is None else _read(file)
    verdict = asyncio.run(_grade(catalog, name, step, source, settings))
    if file is None:
        _keep(settings, catalog, name, step, verdict)
    if as_json:
        _print_lines(name, step, verdict)
    else:
        _print(name, step, verdict)
    return Exit.FINE if verdict.done else Exit.NOT_PASSED


def _gradable(catalog: Catalog, name: str, step_id: str | None) -> Gradable:
    lesson = catalog.lesson(name)
    if lesson is None:
        raise CommandFailure(f"The lesson `{name}` is broken: {catalog.loaded(name).faults[0].sentence}")
    graded = [step.id for step in lesson.steps if isinstance(step, Code | Order | Tune)]
    if step_id is None:
        raise CommandFailure(f"Say which step of `{name}` to check: {', '.join(graded) or 'it has none'}.")
    step = next(step for step in lesson.steps if step.id == step_id)
    if not isinstance(step, Code | Order | Tune):
        can = f"; {', '.join(graded)} can be" if graded else ""
        raise CommandFailure(f"The step `{name}/{step_id}` has no code to check{can}.")
    return step


def _draft(settings: Settings, catalog: Catalog, name: str, step: str) -> str:
    store = open_record(settings, catalog)
    try:
        draft = store.draft(name, step)
    finally:
        store.close()
    if draft is None:
        raise CommandFailure(
            f"No draft of `{name}/{step}` is saved: name a FILE, or write one in the tutor first."
        )
    return draft


def _read(file: str) -> str:
    try:
        content = sys.stdin.buffer.read(LARGEST_FILE + 1) if file == "-" else _bytes(Path(file))
        if len(content) > LARGEST_FILE:
            raise CommandFailure(f"{file} holds more than 1 MB; expected a page of code.")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise CommandFailure(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandFailure(f"{file} is not UTF-8 text (byte {error.start}); save it as UTF-8.") from error


def _bytes(path: Path) -> bytes:
    with path.open("rb") as opened:
        return opened.read(LARGEST_FILE + 1)


async def _grade(catalog: Catalog, name: str, step: Gradable, source: str, settings: Settings) -> Verdict:
    lesson = catalog.lesson(name)
    assert lesson is not None  # `_gradable` has looked
    client = WorkerClient(choose(settings))
    try:
        state = await client.start()
        if state.phase != "ready":
            raise CommandFailure(f"{state.reason} {state.advice}".strip(), Exit.LACKING)
        request = RunRequest(
            trusted=_trusted(catalog, name, state),
            source=source,
            filename=f"{step.id}.py",
            limits=limits_of(lesson, step, settings),
            files=catalog.files(name, step.files) if step.files else {},
            grading=grading_of(step, source, random.randrange(1, 1 << 31)),
        )
        events: list[Event] = [event async for event in client.run(request)]
        return judge(step, events)
    finally:
        await client.close()


def _trusted(catalog: Catalog, name: str, state: WorkerState) -> bool:
    """Whether this run may start: asked of the person where it must be and can be, refused by the runner otherwise."""
    own = came_with_program(catalog.entry(name).path)
    asked = question(state.ready.layers if state.ready else {}, own)
    return own or bool(asked and sys.stdin.isatty() and click.confirm(asked, err=True))


def _keep(settings: Settings, catalog: Catalog, name: str, step: Gradable, verdict: Verdict) -> None:
    """A saved draft that is graded is an attempt, as it is in the screen."""
    store = open_record(settings, catalog)
    try:
        store.keep_attempt(name, step.id, verdict.outcome, content=fingerprint(step))
    finally:
        store.close()


def _print(name: str, step: Gradable, verdict: Verdict) -> None:
    click.echo(printable(f"{name}/{step.id}: {_HEADS[verdict.outcome]}"))
    for item in verdict.checks:
        click.echo(printable(f"  {_SIGNS[item.status]} {item.id}{_aside(item)}"))
    told = verdict.note or verdict.message
    failed = next((item for item in verdict.checks if item.status == "failed"), None)
    for line in [
        *told.splitlines(),
        f"Found with {failed.case}" if failed is not None and failed.case else "",
    ]:
        if line:
            click.echo(printable(line))


def _aside(item: Check) -> str:
    if item.status == "not_reached":
        return "  (not reached)"
    return "" if item.required else "  (advice)"


def _print_lines(name: str, step: Gradable, verdict: Verdict) -> None:
    for item in verdict.checks:
        keys = {"id": item.id, "status": item.status, "message": item.message, "case": item.case}
        keys |= {"wrong": item.wrong} if item.wrong else {}
        click.echo(json.dumps({"event": "check", **keys, "required": item.required}))
    told = verdict.note or verdict.message
    end = {"event": "verdict", "lesson": name, "step": step.id, "outcome": verdict.outcome, "message": told}
    click.echo(json.dumps({**end, "wrong": verdict.wrong}))
