"""`author pack`: a folder of lessons that load without a fault becomes one file for `--lessons`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tutor.failures import CommandFailure, Exit
from tutor.lesson.catalog import Catalog
from tutor.lesson.pack import write_pack
from tutor.lesson.shelf import COURSE_FILE, data_folder


def pack(folder: Path, out: Path) -> int:
    """Check the lessons of a folder and write them, with their data, into one file."""
    if not folder.is_dir():
        raise CommandFailure(f"{folder} is no folder; expected a folder of lessons.")
    catalog = Catalog((folder,))
    faults = catalog.all_faults()
    for fault in faults:
        click.echo(str(fault), err=True)
    if faults or not catalog.order:
        found = f"{len(faults)} faults" if faults else "no lesson"
        raise CommandFailure(f"{folder} holds {found}; expected lessons that load. Nothing was written.")
    files = _files(folder.resolve(), catalog)
    beside = out.with_name(out.name + ".part")
    try:
        write_pack(beside, catalog.title, files)
        os.replace(beside, out)
    except OSError as error:
        raise CommandFailure(f"{out} cannot be written: {error.strerror}.") from error
    finally:
        beside.unlink(missing_ok=True)
    click.echo(f"{out} holds {len(catalog.order)} lessons, {len(files)} files, {out.stat().st_size:,} bytes.")
    return Exit.FINE


def _files(folder: Path, catalog: Catalog) -> dict[str, bytes]:
    """The course, its lessons and the data they lay out, by their place in the folder."""
    paths = [folder / COURSE_FILE, *(entry.path.resolve() for entry in catalog.entries())]
    for entry in catalog.entries():
        lesson = catalog.lesson(entry.id)
        data = data_folder(entry.path)
        if lesson is not None and any(step.files for step in lesson.steps) and data.is_dir():
            paths += [data / name for step in lesson.steps for name in step.files]
            paths += [path for path in data.iterdir() if path.suffix in ("", ".md", ".txt")]
    inside = [
        path for path in dict.fromkeys(paths) if path.is_file() and path.resolve().is_relative_to(folder)
    ]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in inside}
