"""Opens the screen: what can be wrong is said before it, on standard error."""

from __future__ import annotations

import sys

from tutor.failures import CommandFailure, Exit
from tutor.headless.course import find_place, open_catalog
from tutor.settings import Settings


def open_screen(settings: Settings, place: str | None) -> int:
    """Open the tutor at a place, or where the learner left off."""
    if place is not None:
        lesson, step = find_place(open_catalog(settings), place)
        place = lesson if step is None else f"{lesson}/{step}"
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise CommandFailure(
            "The tutor needs a terminal for its screen, and standard input or output is none;"
            " `pytorch-tutor list`, `show` and `check` work without.",
            Exit.LACKING,
        )
    from tutor.app import open_tutor  # deferred: Textual is for the screen alone

    return open_tutor(settings, place)
