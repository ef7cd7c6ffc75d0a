"""`author transcript`: the golden record of all that a learner would see of a lesson, written once and compared from then on."""

from __future__ import annotations

import asyncio
import difflib
from collections.abc import Sequence
from pathlib import Path

import click

from tutor.authoring.seen import as_seen
from tutor.authoring.steadiness import same_text, steady
from tutor.authoring.workbench import Workbench
from tutor.failures import CommandFailure, Exit
from tutor.lesson.catalog import Catalog, Entry
from tutor.lesson.faults import printable
from tutor.runner.client import WorkerClient
from tutor.runner.interpreter import choose
from tutor.settings import Settings

FOLDER = "transcripts"
MOST_LINES = 40
"""Of a difference."""


def transcript(paths: Sequence[Path], folder: Path | None, update: bool, settings: Settings) -> int:
    """Compare with the records, or write them: 0 when all agree, 1 otherwise."""
    catalog = Catalog(paths)
    if not catalog.order:
        raise CommandFailure("No lesson file was found; name a lesson file or a folder of them.")
    return asyncio.run(_with_worker(catalog, folder, update, settings))


async def _with_worker(catalog: Catalog, folder: Path | None, update: bool, settings: Settings) -> int:
    client = WorkerClient(choose(settings))
    try:
        state = await client.start()
        if state.phase != "ready":
            raise CommandFailure(f"{state.reason} {state.advice}".strip(), Exit.LACKING)
        bench = Workbench(catalog, client, settings)
        differing = 0
        for entry in catalog.entries():
            lesson = catalog.lesson(entry.id)
            if lesson is None:
                fault = catalog.loaded(entry.id).faults[0]
                raise CommandFailure(f"The lesson `{entry.id}` is broken: {fault.sentence}")
            text = steady("\n".join([line async for line in as_seen(lesson, bench)]) + "\n")
            path = (folder or entry.path.parent / FOLDER) / f"{entry.id}.txt"
            differing += not (_write(path, text, entry) if update else _agrees(path, text, entry))
        return Exit.NOT_PASSED if differing else Exit.FINE
    finally:
        await client.close()


def _write(path: Path, text: str, entry: Entry) -> bool:
    if path.is_file() and same_text(path.read_text(encoding="utf-8"), text):
        click.echo(f"ok  {entry.id}: {path} is up to date")
        return True
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandFailure(f"{path} cannot be written: {error.strerror}.") from error
    click.echo(f"ok  {entry.id}: {path} is written")
    return True


def _agrees(path: Path, text: str, entry: Entry) -> bool:
    if not path.is_file():
        click.echo(f"NO  {entry.id}: there is no {path}; `--update` writes it.")
        return False
    recorded = path.read_text(encoding="utf-8")
    if same_text(recorded, text):
        click.echo(f"ok  {entry.id}: as recorded")
        return True
    lines = [
        *difflib.unified_diff(recorded.splitlines(), text.splitlines(), str(path), "now", n=1, lineterm="")
    ]
    click.echo(f"NO  {entry.id}: a learner would see something else; `--update` records it.")
    for line in lines[:MOST_LINES]:
        click.echo(printable(f"    {line}"))
    if len(lines) > MOST_LINES:
        click.echo(f"    … {len(lines) - MOST_LINES} more lines")
    return False
