"""Where nothing on the machine holds a run back from the person's files, only lessons that came with the program run unasked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tutor.lesson.shelf import default_lessons

WALLS = ("landlock", "namespaces")
"""Either bounds what a run can read and write; the other layers do not."""


def contained(layers: Mapping[str, str]) -> bool:
    """Whether a run on this machine is kept from the person's files; `layers` as `ready` tells them."""
    return any(layers.get(wall) == "on" for wall in WALLS)


def came_with_program(path: Path) -> bool:
    """Whether a lesson's file is one of our own."""
    return path.resolve().is_relative_to(default_lessons().resolve())


def warning(layers: Mapping[str, str]) -> str:
    """What the status line says on such a machine; empty where runs are contained."""
    if contained(layers):
        return ""
    return (
        "Runs are not kept from your files: neither Landlock nor namespaces are to be had. `doctor` says why."
    )


def question(layers: Mapping[str, str], trusted: bool) -> str:
    """What the person has to say yes to before this run; empty when it may simply run."""
    if trusted or contained(layers):
        return ""
    return (
        "This lesson did not come with the program, and on this machine neither Landlock nor namespaces keep a run "
        "from reading and changing your files. Run it all the same?"
    )


def refusal(layers: Mapping[str, str], trusted: bool) -> str:
    """Why a run that nobody said yes to is not started; empty when it may run."""
    if not question(layers, trusted):
        return ""
    return (
        "Not run: this lesson did not come with the program, and on this machine neither Landlock nor namespaces keep a "
        "run from reading and changing your files. Say yes to this run, or use a machine where `doctor` shows either as on."
    )
