"""The course and the record together, as the commands without a screen need them."""

from __future__ import annotations

import click

from tutor.failures import CommandFailure
from tutor.lesson.catalog import Catalog, UnknownPlace
from tutor.progress.location import open_store
from tutor.progress.store import Store
from tutor.settings import Settings


def open_catalog(settings: Settings) -> Catalog:
    """The lessons meant; ends the command when there are none."""
    catalog = Catalog(settings.lessons)
    if not catalog.order:
        fault = catalog.faults[0].sentence if catalog.faults else "no lesson file was found"
        raise CommandFailure(f"There are no lessons: {fault}")
    return catalog


def find_place(catalog: Catalog, place: str) -> tuple[str, str | None]:
    """`LESSON` or `LESSON/STEP` as ids; ends the command for an unknown one."""
    try:
        return catalog.place(place)
    except UnknownPlace as unknown:
        raise CommandFailure(str(unknown)) from unknown


def open_record(settings: Settings, catalog: Catalog | None = None) -> Store:
    """The learner's record, with that of lessons' former ids moved along."""
    store = open_store(settings.data_dir)
    if catalog is not None:
        known = store.records()
        for entry in catalog.entries():
            for former in entry.head.aliases:
                if former in known and former not in catalog.order:
                    store.adopt(former, entry.id)
    return store


def warn(sentence: str) -> None:
    """One sentence for the person, on standard error."""
    click.echo(f"pytorch-tutor: {sentence}", err=True)
