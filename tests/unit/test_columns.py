from __future__ import annotations

import pytest

from tutor.screens.columns import ASIDE, grid_columns, widest_drawn

FENCED = (
    "Long words that may be broken anywhere, however long the line is.\n\n```\n" + "x" * 64 + "\n```\nmore\n"
)


def test_only_what_must_not_be_broken_counts() -> None:
    assert widest_drawn(FENCED) == 64
    assert widest_drawn("| a | b |\n|---|---|\n") == 9
    assert widest_drawn("~~~\n``` inside\n~~~\nprose beyond everything\n") == 10
    assert widest_drawn("prose") == 0


@pytest.mark.parametrize("width", range(100, 160))
def test_two_columns_give_a_picture_its_room_within_bounds_and_the_code_the_rest(width: int) -> None:
    plain, drawn = (int(grid_columns(widest, width, results=True).split()[0]) for widest in (0, 64))
    assert plain == width * 5 // 12
    assert drawn >= min(64 + ASIDE, round(width * 0.6))
    assert drawn <= round(width * 0.6)


def test_narrow_screens_have_no_columns_and_wide_ones_three() -> None:
    assert grid_columns(64, 99, results=True) == ""
    assert grid_columns(64, 200, results=True) == "69 6fr 5fr"
    assert grid_columns(64, 200, results=False) == "69 1fr"
