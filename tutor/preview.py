"""`author preview`: one step in the real screen, with a record that is thrown away, read again whenever its file is saved."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from tutor.failures import CommandFailure, Exit
from tutor.headless.course import find_place, open_catalog
from tutor.settings import Settings
from tutor.terminal import choose_look, prepare_terminal


def preview(settings: Settings, place: str) -> int:
    """Open a step, by `LESSON/STEP` or as `FILE[/STEP]`, for its author."""
    settings, place = _with_file(settings, place)
    catalog = open_catalog(settings)
    lesson, step = find_place(catalog, place or catalog.order[0])
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise CommandFailure(
            "A preview needs a terminal; `pytorch-tutor author transcript` shows a lesson without.",
            Exit.LACKING,
        )
    look = choose_look(os.environ, color=settings.color, ascii=settings.ascii)
    prepare_terminal(look, color=settings.color)
    # Textual reads its theme from the environment while it is imported: all of this comes after `prepare_terminal`.
    from tutor.preview_app import PreviewApp
    from tutor.progress.location import open_store
    from tutor.runner.client import WorkerClient
    from tutor.runner.interpreter import choose
    from tutor.services import Services

    with tempfile.TemporaryDirectory(prefix="pytorch-tutor-preview-") as folder:
        services = Services(
            catalog=catalog,
            runner=WorkerClient(choose(settings)),
            progress=open_store(Path(folder)),
            clock=time.time,
            settings=settings,
            look=look,
        )
        shown = lesson if step is None else f"{lesson}/{step}"
        app = PreviewApp(lambda: services, look, shown, full_redraw=settings.full_redraw)
        app.run()
    return app.return_code or 0


def _with_file(settings: Settings, place: str) -> tuple[Settings, str]:
    """`row-means.yaml/write` names the file itself, and `--lessons` is not needed."""
    for ending in (".yaml", ".yml"):
        file, found, step = place.partition(ending)
        path = Path(file + ending)
        if found and path.is_file():
            settings = replace(settings, lessons=(path,))
            first = open_catalog(settings).order[0]
            return settings, first + step
    return settings, place
