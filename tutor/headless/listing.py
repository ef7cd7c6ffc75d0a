"""`pytorch-tutor list`: the course with progress, for people and for programs."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import click

from tutor.failures import Exit
from tutor.headless.course import open_catalog, open_record, warn
from tutor.lesson.catalog import Catalog, Entry
from tutor.lesson.faults import printable
from tutor.progress.contract import StepRecord
from tutor.settings import Settings
from tutor.terminal import choose_look


@dataclass(frozen=True, slots=True)
class Line:
    """One lesson of the course."""

    id: str
    title: str
    track: str
    steps: int
    """How many it has."""
    done: int
    """How many of them are passed."""
    broken: bool


def show_course(settings: Settings, as_json: bool) -> int:
    """Print the course; what is wrong with lesson files goes to standard error and hinders nothing."""
    catalog = open_catalog(settings)
    store = open_record(settings, catalog)
    records = store.records()
    store.close()
    lines = {entry.id: _line(catalog, entry, records.get(entry.id, {})) for entry in catalog.entries()}
    if as_json:
        for line in lines.values():
            click.echo(json.dumps(asdict(line)))
    else:
        _print(catalog, lines, settings)
    for fault in catalog.all_faults():
        warn(fault.sentence)
    return Exit.FINE


def _line(catalog: Catalog, entry: Entry, records: Mapping[str, StepRecord]) -> Line:
    lesson = catalog.lesson(entry.id)
    steps = [step.id for step in lesson.steps] if lesson is not None else []
    done = sum(1 for step in steps if step in records and records[step].passed)
    return Line(entry.id, entry.title, entry.head.track, len(steps), done, lesson is None)


def _print(catalog: Catalog, lines: Mapping[str, Line], settings: Settings) -> None:
    look = choose_look(os.environ, color=settings.color, ascii=settings.ascii)
    color = None if settings.color and "NO_COLOR" not in os.environ else False
    width = max(len(name) for name in lines)
    finished = sum(1 for line in lines.values() if 0 < line.steps == line.done)
    click.echo(f"{printable(catalog.title)}: {finished} of {len(lines)} lessons done", color=color)
    for track in catalog.tracks:
        if not track.lessons:
            continue
        click.echo()
        click.echo(click.style(printable(track.title), bold=True), color=color)
        for name in track.lessons:
            click.echo(_row(lines[name], width, look.ascii), color=color)
    click.echo()
    click.echo("`pytorch-tutor LESSON` opens one.", color=color)


def _row(line: Line, width: int, ascii: bool) -> str:
    todo, started, done, broken = "-+x!" if ascii else "○◐●!"
    mark = broken if line.broken else todo if not line.done else done if line.done >= line.steps else started
    count = "broken" if line.broken else f"{line.done}/{line.steps}"
    shown = f"  {mark} {printable(line.id):{width}}  {count:>6}  {printable(line.title)}"
    return click.style(shown, fg="red") if line.broken else shown
