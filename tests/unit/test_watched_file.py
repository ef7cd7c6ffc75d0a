from __future__ import annotations

import os
from pathlib import Path

from tutor.screens.watched_file import Saved, WatchedFile


def _watched(folder: Path, code: str = "a = 1\n") -> WatchedFile:
    watched = WatchedFile(folder / "lesson" / "step.py")
    watched.follow(code)
    return watched


def test_the_file_has_the_code_and_follows_what_is_typed(tmp_path: Path) -> None:
    watched = _watched(tmp_path)
    assert watched.path.read_text() == "a = 1\n"
    watched.follow("a = 2\n")
    assert watched.path.read_text() == "a = 2\n"
    assert watched.look("a = 2\n") is None
    assert [each.name for each in watched.path.parent.iterdir()] == ["step.py"]


def test_a_save_elsewhere_is_seen_once_whether_written_in_place_or_put_in_its_place(tmp_path: Path) -> None:
    watched = _watched(tmp_path)
    watched.path.write_text("b = 1\n")
    assert watched.look("a = 1\n") == Saved("b = 1\n", clashes=False)
    watched.settle("b = 1\n")
    assert watched.look("b = 1\n") is None
    beside = watched.path.with_name("other")
    beside.write_text("b = 2\n")
    os.replace(beside, watched.path)
    assert watched.look("b = 1\n") == Saved("b = 2\n", clashes=False)


def test_a_save_that_changes_nothing_is_no_save(tmp_path: Path) -> None:
    watched = _watched(tmp_path)
    watched.path.write_text("a = 1\n")
    assert watched.look("a = 1\n") is None


def test_what_both_sides_changed_clashes_and_neither_is_written_over_the_other(tmp_path: Path) -> None:
    watched = _watched(tmp_path)
    watched.path.write_text("theirs\n")
    watched.follow("mine\n")
    assert watched.path.read_text() == "theirs\n"
    assert watched.look("mine\n") == Saved("theirs\n", clashes=True)
    watched.settle("mine\n")
    assert watched.path.read_text() == "mine\n"


def test_a_file_left_from_an_earlier_day_that_differs_clashes(tmp_path: Path) -> None:
    _watched(tmp_path, "old\n")
    watched = _watched(tmp_path, "new\n")
    assert watched.path.read_text() == "old\n"
    assert watched.look("new\n") == Saved("old\n", clashes=True)


def test_a_file_that_is_empty_for_a_moment_is_being_written_one_that_stays_empty_is_meant(
    tmp_path: Path,
) -> None:
    watched = _watched(tmp_path)
    watched.path.write_text("")
    assert watched.look("a = 1\n") is None
    assert watched.look("a = 1\n") == Saved("", clashes=False)


def test_a_file_that_is_gone_says_nothing_and_comes_back_with_the_next_letter(tmp_path: Path) -> None:
    watched = _watched(tmp_path)
    watched.path.unlink()
    assert watched.look("a = 1\n") is None
    watched.follow("a = 2\n")
    assert watched.path.read_text() == "a = 2\n"
