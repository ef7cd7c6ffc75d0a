"""Pictures against golden files. After a change that was meant and looked at: `UPDATE_PICTURES=1 pytest tests/snapshots/test_pictures.py`."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from tests.snapshots.gallery import CHARSETS, PICTURES

GOLDEN = Path(__file__).parent / "pictures"
CASES = [(name, width, kind) for name in PICTURES for width in (80, 120) for kind in CHARSETS]


def in_a_terminal(picture: Text, color: bool) -> str:
    """What a true-colour terminal is sent, with the escape character spelled `<`."""
    console = Console(
        file=io.StringIO(),
        width=200,
        force_terminal=True,
        color_system="truecolor" if color else None,
        legacy_windows=False,
    )
    with console.capture() as capture:
        console.print(picture, soft_wrap=True)
    return capture.get().replace("\x1b", "<").rstrip("\n") + "\n"


@pytest.mark.parametrize(("name", "width", "kind"), CASES, ids=[f"{n}-{w}-{k}" for n, w, k in CASES])
def test_a_picture_is_drawn_as_it_was_when_somebody_looked_at_it(name: str, width: int, kind: str) -> None:
    charset = CHARSETS[kind]
    drawn = in_a_terminal(PICTURES[name](width, charset), charset.color)
    golden = GOLDEN / f"{name}-{width}-{kind}.txt"
    if os.environ.get("UPDATE_PICTURES"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(drawn, encoding="utf-8")
    assert drawn == golden.read_text(encoding="utf-8")


def test_no_golden_file_is_left_behind_by_a_picture_that_is_gone() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{n}-{w}-{k}.txt" for n, w, k in CASES}


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("name", PICTURES)
def test_no_line_is_wider_than_it_may_be(name: str, width: int) -> None:
    for charset in CHARSETS.values():
        lines = PICTURES[name](width, charset).plain.split("\n")
        assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize("name", PICTURES)
def test_ascii_pictures_are_ascii_and_uncoloured_ones_have_no_colour(name: str) -> None:
    assert PICTURES[name](100, CHARSETS["ascii"]).plain.isascii()
    for kind in ("plain", "ascii"):
        picture = PICTURES[name](100, CHARSETS[kind])
        console = Console()
        styles = [picture.style, *(span.style for span in picture.spans)]
        assert all(console.get_style(style).color is None for style in styles)


@pytest.mark.parametrize("name", PICTURES)
def test_no_picture_lets_a_control_character_through(name: str) -> None:
    for charset in CHARSETS.values():
        assert all(sign == "\n" or sign.isprintable() for sign in PICTURES[name](80, charset).plain)
