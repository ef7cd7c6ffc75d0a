"""Opens the tutor, on a screen or line by line: what can be wrong is said before it, on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from tutor.failures import CommandFailure, Exit
from tutor.headless.course import open_catalog
from tutor.lesson.catalog import UnknownPlace
from tutor.lesson.faults import did_you_mean, quoted
from tutor.settings import Settings
from tutor.terminal import draws_nothing


def open_lessons(
    settings: Settings, place: str | None, commands: Sequence[str] = (), *, plain: bool = False
) -> int:
    """Open the tutor at a place, or where the learner left off; `commands` may have been meant instead.

    Line by line when that is asked for, or when the terminal draws no screen.
    """
    found = None if place is None else _place(settings, place, commands)
    if not plain and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise CommandFailure(
            "The tutor needs a terminal for its screen, and standard input or output is none;"
            " --plain goes through a lesson line by line, and `pytorch-tutor list`, `show` and `check` work without.",
            Exit.LACKING,
        )
    if plain or draws_nothing(os.environ):
        from tutor.headless.plain.course import open_plain  # deferred: the screen needs none of it

        return open_plain(settings, found)
    from tutor.app import open_tutor  # deferred: Textual is for the screen alone

    return open_tutor(settings, found)


def _place(settings: Settings, place: str, commands: Sequence[str]) -> str:
    try:
        lesson, step = open_catalog(settings).place(place)
    except UnknownPlace as unknown:
        meant = did_you_mean(place, commands).replace("mean", "mean the command")
        if meant and "mean" not in str(unknown):
            raise CommandFailure(f"There is no lesson and no command {quoted(place)}. {meant}") from unknown
        raise CommandFailure(str(unknown)) from unknown
    return lesson if step is None else f"{lesson}/{step}"
