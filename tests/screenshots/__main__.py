"""`make screenshots`: the pictures of the README, taken from the real program in a real terminal."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.terminal import Terminal
from tests.screenshots.cast import record
from tests.screenshots.cells import draw

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"


CAST = FOLDER / "run.cast"


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture."""

    name: str
    place: str
    columns: int
    rows: int
    keys: tuple[str, ...]
    shows: str
    """What must be on the screen before the picture is taken."""


SCENES = (
    Scene("lesson-80x24", "first-tensors", 80, 24, ("ctrl+r",), "ran "),
    Scene("lesson-120x40", "training-loop/1", 120, 40, ("ctrl+r",), "ran "),
    Scene("lesson-200x60", "training-loop/watch-it-bend", 200, 60, ("ctrl+r",), "ran "),
    Scene("contents-120x40", "first-tensors", 120, 40, ("F3",), "lessons"),
)


def main(wanted: list[str]) -> int:
    """Take the pictures named, or all."""
    for scene in SCENES:
        if not wanted or scene.name in wanted:
            take(scene)
            print(FOLDER / f"{scene.name}.png")
    if not wanted or CAST.stem in wanted:
        with tempfile.TemporaryDirectory(prefix="tutor-pictures-") as home:
            record("training-loop/watch-it-bend", Path(home), CAST)
        print(CAST)
    return 0


def take(scene: Scene) -> None:
    """Open the tutor, press the keys, wait, and draw."""
    with tempfile.TemporaryDirectory(prefix="tutor-pictures-") as home:
        arguments = ["--data-dir", home, scene.place]
        with Terminal(arguments, Path(home), columns=scene.columns, rows=scene.rows) as terminal:
            terminal.wait(" cpu")
            terminal.settle()
            terminal.press(*scene.keys)
            terminal.wait(scene.shows)
            terminal.settle(1.0)
            draw(terminal.screen, FOLDER / f"{scene.name}.png")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
