"""`pytorch-tutor progress`: the learner's record shown, exported, imported, reset and brought back."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

import click

from tutor.failures import CommandFailure, Exit
from tutor.headless.course import find_place, open_catalog, open_record, warn
from tutor.lesson.catalog import Catalog
from tutor.progress import exchange
from tutor.progress.contract import StepRecord
from tutor.progress.store import Store
from tutor.settings import Settings

AHEAD = 365 * 86_400.0
"""Reviews further away than this are not looked for."""


def show_record(settings: Settings, as_json: bool) -> int:
    """Print what was done: a line for each step with `--json`, a summary without."""
    catalog = None if as_json else open_catalog(settings)
    store = open_record(settings, catalog)
    if store.read_only:
        warn(store.read_only)
    if catalog is None:
        _print_lines(store)
    else:
        _print_summary(store, catalog)
    store.close()
    return Exit.FINE


def _print_lines(store: Store) -> None:
    due = {(item.lesson, item.step): item.due for item in store.due(time.time() + AHEAD)}
    for steps in store.records().values():
        for record in steps.values():
            line = {name: getattr(record, name) for name in StepRecord.__slots__}
            click.echo(json.dumps({**line, "due": due.get((record.lesson, record.step))}))


def _print_summary(store: Store, catalog: Catalog) -> None:
    passed = [record for steps in store.records().values() for record in steps.values() if record.passed]
    lessons = {record.lesson for record in passed}
    alone = sum(1 for record in passed if not record.assisted)
    click.echo(
        f"Steps passed: {len(passed)}, of them {alone} without the solution, in {len(lessons)} lessons."
    )
    place = store.place()
    if place is not None:
        click.echo(f"You left off at {place.lesson}/{place.step}.")
    due = store.due(time.time())
    if due:
        click.echo(f"To review: {', '.join(f'{item.lesson}/{item.step}' for item in due)}.")
    unknown = sorted(lessons - set(catalog.order))
    if unknown:
        click.echo(f"Of lessons that are not in this course: {', '.join(unknown)}.")
    click.echo(f"Kept in {store.path}.")


def export_record(file: str, settings: Settings) -> int:
    """Write the record as one JSON document; a file is replaced whole or not at all."""
    store = open_record(settings)
    text = json.dumps(store.export(), indent=1) + "\n"
    store.close()
    if file == "-":
        sys.stdout.write(text)
    else:
        _replace(Path(file), text)
    return Exit.FINE


def import_record(file: str, settings: Settings) -> int:
    """Merge an exported record into the learner's."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        document = exchange.read(json.loads(text))
    except OSError as fault:
        raise CommandFailure(f"{file} cannot be read: {fault.strerror}.") from fault
    except (ValueError, RecursionError) as fault:
        raise CommandFailure(
            f"{file} is not JSON as `pytorch-tutor progress export` writes it: {fault}."
        ) from fault
    except exchange.NotARecord as fault:
        raise CommandFailure(f"{file} is not a record of pytorch-tutor: {fault}.") from fault
    store = _writable(settings)
    store.merge(document)
    passed = sum(record.passed for steps in store.records().values() for record in steps.values())
    store.close()
    click.echo(f"The record now holds {passed} passed steps.")
    return Exit.FINE


def reset_record(place: str | None, settings: Settings) -> int:
    """Forget a step, a lesson or everything."""
    store = _writable(settings)
    lesson, step = (None, None) if place is None else _meant(place, store, settings)
    token = store.reset(lesson, step)
    store.close()
    what = "Everything" if lesson is None else f"{lesson}/{step}" if step else lesson
    click.echo(f"{what} is reset. `pytorch-tutor progress undo {token}` brings it back.")
    return Exit.FINE


def undo_reset(token: str, settings: Settings) -> int:
    """Bring back what a reset took away."""
    store = _writable(settings)
    try:
        store.undo(token)
    except KeyError as fault:
        raise CommandFailure(
            f"No reset goes by {token!r}: the last twenty are kept, each undone once."
        ) from fault
    finally:
        store.close()
    click.echo("It is back, beside what was done since.")
    return Exit.FINE


def _meant(place: str, store: Store, settings: Settings) -> tuple[str, str | None]:
    """A place of the course, or one only the record still knows."""
    lesson, _, step = place.partition("/")
    known = store.records().get(lesson, {})
    if known and (not step or step in known):
        return lesson, step or None
    return find_place(open_catalog(settings), place)


def _writable(settings: Settings) -> Store:
    store = open_record(settings)
    if store.read_only:
        raise CommandFailure(store.read_only, Exit.LACKING)
    return store


def _replace(path: Path, text: str) -> None:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as fault:
        raise CommandFailure(f"{path} cannot be written: {fault.strerror}.") from fault
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, path)
    except OSError as fault:
        Path(name).unlink(missing_ok=True)
        raise CommandFailure(f"{path} cannot be written: {fault.strerror}.") from fault
