from __future__ import annotations

from collections.abc import Sequence

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tutor.cell_diff import Front, Piece

WIDTH, HEIGHT = 12, 4
STYLES = [
    Style(),
    Style(color="#ff0000"),
    Style(bgcolor="#0000ff", bold=True),
    Style(color="cyan", underline=True),
    Style(reverse=True),
]
TEXTS = st.text(alphabet="ab |→●漢字", max_size=6)
SEGMENTS = st.lists(st.tuples(TEXTS, st.sampled_from(STYLES)), max_size=4)
FRAMES = st.lists(st.lists(SEGMENTS, min_size=HEIGHT, max_size=HEIGHT), min_size=1, max_size=6)

Look = list[list[tuple[object, ...]]]


def frame(rows: Sequence[Sequence[tuple[str, Style]]]) -> list[Piece]:
    strips = [
        Strip([Segment(text, style) for text, style in row]).adjust_cell_length(WIDTH, Style())
        for row in rows
    ]
    return [(number, 0, strip) for number, strip in enumerate(strips)]


def look(screen: pyte.Screen) -> Look:
    return [
        [
            (cell.data, cell.fg, cell.bg, cell.bold, cell.underscore, cell.reverse)
            for cell in (screen.buffer[row][column] for column in range(WIDTH))
        ]
        for row in range(HEIGHT)
    ]


def terminal() -> tuple[pyte.Screen, pyte.Stream]:
    screen = pyte.Screen(WIDTH, HEIGHT)
    return screen, pyte.Stream(screen)


@settings(max_examples=300, deadline=None)
@given(FRAMES)
def test_a_terminal_that_gets_only_changes_shows_what_one_shows_that_gets_everything(
    frames: list[list[list[tuple[str, Style]]]],
) -> None:
    screen, stream = terminal()
    front = Front(WIDTH, HEIGHT, ColorSystem.TRUECOLOR)
    for rows in frames:
        stream.feed(front.draw(frame(rows)))
        fresh, fresh_stream = terminal()
        fresh_stream.feed(Front(WIDTH, HEIGHT, ColorSystem.TRUECOLOR).draw(frame(rows)))
        assert look(screen) == look(fresh)
        assert [line.rstrip() for line in screen.display] == [
            "".join(text for text, _ in row)[:WIDTH].rstrip() if not wide(row) else line.rstrip()
            for row, line in zip(rows, screen.display, strict=True)
        ]


def wide(row: Sequence[tuple[str, Style]]) -> bool:
    return any(character in "漢字" for text, _ in row for character in text)


def test_what_did_not_change_sends_nothing() -> None:
    front = Front(WIDTH, HEIGHT, ColorSystem.TRUECOLOR)
    rows = [[("abc", STYLES[1])]] * HEIGHT
    assert front.draw(frame(rows)) != ""
    assert front.draw(frame(rows)) == ""


def test_one_changed_character_costs_one_move_one_colour_and_itself() -> None:
    front = Front(WIDTH, HEIGHT, ColorSystem.TRUECOLOR)
    front.draw(frame([[("abc", STYLES[1])]] * HEIGHT))
    sent = front.draw(frame([[("abc", STYLES[1])]] * 3 + [[("axc", STYLES[1])]]))
    assert sent == "\x1b[4;2H\x1b[0;38;2;255;0;0mx\x1b[0m"


def test_a_few_unchanged_cells_are_sent_again_rather_than_jumped_over() -> None:
    front = Front(WIDTH, 1, ColorSystem.TRUECOLOR)
    front.draw(frame([[("abcdefgh", STYLES[1])]]))
    assert "xbx" in front.draw(frame([[("xbxdefgh", STYLES[1])]]))
    assert "\x1b[6C" in front.draw(frame([[("ybxdefgy", STYLES[1])]]))
