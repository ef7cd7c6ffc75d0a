from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.editor.brackets import bracket_pairs, partner
from tutor.editor.seeking import Place, index_before, index_from, places, replaced

LINES = ["x = Tensor(a, b)", "y = tensor(x)", "", "x.add_(x)"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("tensor", [(0, 4, 10), (1, 4, 10)]),
        ("Tensor", [(0, 4, 10)]),
        ("x", [(0, 0, 1), (1, 11, 12), (3, 0, 1), (3, 7, 8)]),
        ("", []),
        ("zz", []),
    ],
)
def test_a_text_is_found_everywhere_and_capitals_count_only_when_typed(
    wanted: str, found: list[tuple[int, int, int]]
) -> None:
    assert places(LINES, wanted) == [Place(*each) for each in found]


def test_the_search_goes_on_from_the_cursor_and_round_the_ends() -> None:
    found = places(LINES, "x")
    assert index_from(found, (1, 0)) == 1
    assert index_from(found, (3, 8)) == 0
    assert index_before(found, (1, 11)) == 0
    assert index_before(found, (0, 0)) == 3


@given(
    st.lists(st.text("abAB. (", max_size=12), min_size=1, max_size=5),
    st.text("abAB.", min_size=1, max_size=3),
)
def test_replacing_a_text_by_itself_in_its_own_case_changes_no_length_and_no_other_text(
    lines: list[str], wanted: str
) -> None:
    found = places(lines, wanted)
    marked = replaced(lines, found, "\x00" * len(wanted))
    assert [len(line) for line in marked] == [len(line) for line in lines]
    assert sum(line.count("\x00") for line in marked) == len(found) * len(wanted)


def test_a_letter_that_grows_when_folded_does_not_shift_what_is_found() -> None:
    assert places(["İ ab"], "ab") == [Place(0, 2, 4)]


@pytest.mark.parametrize(
    ("cursor", "there"),
    [
        ((0, 1), (2, 0)),
        ((2, 0), (0, 1)),
        ((2, 1), (0, 1)),
        ((1, 6), (1, 4)),
        ((1, 0), (0, 1)),
        ((3, 0), None),
        ((3, 4), None),
    ],
)
def test_the_partner_of_a_bracket_or_the_opener_around_the_cursor(
    cursor: tuple[int, int], there: tuple[int, int] | None
) -> None:
    assert partner(["f(", '    [")"],  # )', ")", "s = '('"], cursor) == there


def test_brackets_that_do_not_fit_are_in_no_pair() -> None:
    assert bracket_pairs(["(]", "[)"]) == []
