from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tutor.panes.printed import KEEP, LONGEST, PrintedLines, without_escapes


def printed(*chunks: str) -> list[str]:
    lines = PrintedLines()
    for chunk in chunks:
        lines.feed(chunk)
    return list(lines.lines)


def test_a_progress_bar_overwrites_its_line() -> None:
    assert printed(" 10%|#\r 50%|##\r100%|###\n", "done") == ["100%|###", "done"]
    assert printed("long line\rshort") == ["shortline"]
    assert printed("10%", "\r", "20%") == ["20%"]


def test_colours_stay_and_every_other_escape_goes() -> None:
    assert printed("\x1b[31mred\x1b[0m\n") == ["\x1b[31mred\x1b[0m"]
    assert printed("a\x1b[2Jb\x1b]0;title\x07c\x1b[?25ld\x1bPq\x1b\\e\n") == ["abcde"]
    assert printed("a\x9b31mb\x07\x00c\n") == ["a31mbc"]


def test_an_escape_sequence_split_between_chunks_is_still_one() -> None:
    assert printed("a\x1b", "[31", "mb\n") == ["a\x1b[31mb"]
    assert printed("a\x1b]0;ti", "tle\x07b\n") == ["ab"]


def test_backspace_tabs_and_windows_line_ends() -> None:
    assert printed("ab\bc\n") == ["ac"]
    assert printed("ab\b\b\b\bc\n") == ["c"]
    assert printed("a\x1b[31m\b\bc\n") == ["\x1b[31mc"]
    assert printed("a b \b" * 50_000 + "\n") == [("a b" * 50_000)[:LONGEST]]
    assert printed("a\tb\n") == ["a       b"]
    assert printed("one\r\ntwo\r\n") == ["one", "two"]


def test_a_million_lines_leave_the_last_ten_thousand() -> None:
    lines = PrintedLines()
    for start in range(0, 1_000_000, 10_000):
        lines.feed("\n".join(str(number) for number in range(start, start + 10_000)) + "\n")
    assert len(lines.lines) == KEEP
    assert lines.lines[-1] == "999999"
    assert (lines.total, lines.forgotten) == (1_000_000, 990_000)


def test_an_endless_line_is_cut() -> None:
    lines = PrintedLines()
    for _ in range(100):
        lines.feed("x" * 10_000)
    assert len(lines.lines[0]) <= 4_000


def test_what_becomes_an_escape_only_when_something_goes_is_none() -> None:
    assert printed("\x1b\x1b", "\n") == [""]
    assert printed("\x1b\x00[2Ja\n") == ["[2Ja"]
    assert printed("x" * (LONGEST - 3) + "\x1b[31m\n") == ["x" * (LONGEST - 3)]


@given(st.lists(st.text(alphabet="ab\n\r\x1b[]m0;\x07\b\t?", max_size=20), max_size=8))
def test_nothing_a_terminal_would_obey_but_colour_gets_through(chunks: list[str]) -> None:
    for line in printed(*chunks):
        left = without_escapes(line) if "\x1b[" in line else line
        assert "\x1b" not in left
        assert all(character.isprintable() for character in left)
