from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

from tutor.editor.notes import Annotations, Note, Underline, follow, moved_lines, paint_mark, paint_note
from tutor.lesson.tuning import touched_line

LINES = st.lists(st.sampled_from(["a", "b", "c", "d = 1", ""]), max_size=12)


def fixed(words: str) -> Note:
    return Note(lambda room: Text(words[:room], end=""))


def painted(code: str, words: str, *, column: int = 0, width: int = 40) -> str:
    strip = Strip([Segment(code.ljust(width))])
    return paint_note(strip, fixed(words), Style(), line_end=len(code), column=column, width=width).text


@given(LINES, LINES)
def test_a_line_that_moved_is_the_same_line_and_order_is_kept(ran: list[str], now: list[str]) -> None:
    moved = moved_lines(ran, now)
    assert all(ran[old] == now[new] for old, new in moved.items())
    assert list(moved.values()) == sorted(moved.values())


@given(LINES)
def test_lines_added_above_carry_every_note_down(ran: list[str]) -> None:
    notes = {line: fixed(str(line)) for line in range(len(ran))}
    said = Annotations("\n".join(ran), notes, {}, [Underline(line) for line in notes])
    if not ran:
        return
    shown = follow(said, ["new line", *ran])
    assert sorted(shown.notes) == [line + 1 for line in range(len(ran))]
    assert [span.line for span in shown.underlines] == sorted(shown.notes)


def test_a_changed_line_loses_its_note_and_gets_it_back_by_undo() -> None:
    said = Annotations("x = 1\ny = 2", {0: fixed("one"), 1: fixed("two")})
    assert sorted(follow(said, ["x = 9", "y = 2"]).notes) == [1]
    assert sorted(follow(said, ["x = 1", "y = 2"]).notes) == [0, 1]


def test_notes_stand_in_their_column_and_move_left_when_they_need_the_room() -> None:
    assert painted("x = 1", "→ one", column=20).index("→") == 20
    assert painted("x = 1", "→ " + "o" * 20, column=30).index("→") == 18
    assert painted("x" * 37, "→ one").rstrip() == "x" * 37
    assert len(painted("x", "→ " + "o" * 99)) == 40


def test_a_mark_takes_a_cell_of_the_gutter_and_moves_nothing() -> None:
    strip = paint_mark(Strip([Segment(" 12  x = 1")]), "●", Style(), 5)
    assert strip.text == " 12● x = 1"


def test_only_the_given_numbers_may_change() -> None:
    code = "lr = 0.1\nsteps = 10\nprint(lr)\n"
    given_numbers = {"lr": 0.1, "steps": 10.0}
    assert touched_line(code, "lr = 5\nsteps = 3\nprint(lr)\n", given_numbers) is None
    assert touched_line(code, "lr = 5\nsteps = 3\nprint(7)\n", given_numbers) == 3
    assert touched_line(code, code + "x = 1\n", given_numbers) == 4
