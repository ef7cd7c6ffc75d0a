"""Opens the tutor: looks at the terminal first, then imports Textual, makes the services and runs the interface."""

from __future__ import annotations

import os
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

from tutor.settings import Settings
from tutor.terminal import Look, choose_look, prepare_terminal

if TYPE_CHECKING:
    from tutor.services import Services


def open_tutor(settings: Settings, place: str | None) -> int:
    """Open the tutor at `LESSON[/STEP]`, or where the learner left off; returns the exit code."""
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        print(
            "The tutor needs a terminal; `pytorch-tutor show LESSON` reads a lesson without one.",
            file=sys.stderr,
        )
        return 3
    look = choose_look(os.environ, color=settings.color, ascii=settings.ascii)
    prepare_terminal(look, color=settings.color)
    return _run(settings, place, look)


def _run(settings: Settings, place: str | None, look: Look) -> int:
    # Textual reads its theme from the environment while it is imported: this comes after `prepare_terminal`.
    from tutor.interface import TutorApp

    app = TutorApp(partial(_services, settings, look), look, place, full_redraw=settings.full_redraw)
    app.run()
    return app.return_code or 0


def _services(settings: Settings, look: Look) -> Services:
    # Deferred until something is on the screen.
    from tutor.commands import COMMANDS, put_in_force
    from tutor.key_map import FILE, read_keys, with_keys
    from tutor.lesson.catalog import Catalog
    from tutor.progress.keepsakes import Keepsakes
    from tutor.progress.location import folder, open_store
    from tutor.runner.client import WorkerClient
    from tutor.runner.interpreter import choose
    from tutor.services import Services

    own = read_keys(folder(settings.data_dir) / FILE, COMMANDS)
    put_in_force(with_keys(COMMANDS, own.keys))
    return Services(
        catalog=Catalog(settings.lessons),
        runner=WorkerClient(choose(settings)),
        progress=open_store(settings.data_dir),
        clock=time.time,
        settings=settings,
        keepsakes=Keepsakes(folder(settings.data_dir) / "keepsakes"),
        notices=own.faults,
        look=look,
    )
