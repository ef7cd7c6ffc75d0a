from __future__ import annotations

from pathlib import Path

import pytest

from tutor.progress.store import Store


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Store:
    return Store(tmp_path / "progress.db", clock)


def codes(store: Store) -> list[str]:
    return [draft.code for draft in store.history("a", "s")]


def test_typing_on_refreshes_one_draft_instead_of_keeping_every_key(store: Store, clock: Clock) -> None:
    for text in ("x", "x =", "x = 1"):
        store.keep_draft("a", "s", text)
        clock.now += 1
    assert codes(store) == ["x = 1"]


def test_a_minute_of_typing_makes_one_draft_of_the_history(store: Store, clock: Clock) -> None:
    store.keep_draft("a", "s", "x = 1")
    clock.now += 61
    store.keep_draft("a", "s", "x = 12")
    assert codes(store) == ["x = 12", "x = 1"]


def test_emptying_the_editor_keeps_what_stood_there_as_history(store: Store, clock: Clock) -> None:
    store.keep_draft("a", "s", "for i in range(3):\n    print(i)\n")
    clock.now += 1
    store.keep_draft("a", "s", "")
    assert store.draft("a", "s") == ""
    assert codes(store) == ["", "for i in range(3):\n    print(i)\n"]


def test_two_tutors_typing_in_turns_keep_both_drafts_and_the_latest_wins(
    tmp_path: Path, clock: Clock
) -> None:
    one = Store(tmp_path / "progress.db", clock)
    two = Store(tmp_path / "progress.db", clock)
    one.keep_draft("a", "s", "from one")
    clock.now += 1
    two.keep_draft("a", "s", "from two")
    clock.now += 1
    one.keep_draft("a", "s", "from one, again")
    assert one.draft("a", "s") == two.draft("a", "s") == "from one, again"
    assert codes(two) == ["from one, again", "from two", "from one"]


def test_a_draft_kept_while_the_clock_went_back_is_still_the_latest(store: Store, clock: Clock) -> None:
    store.keep_draft("a", "s", "first")
    clock.now -= 500
    store.keep_draft("a", "s", "completely different")
    assert store.draft("a", "s") == "completely different"


def test_the_history_of_a_step_is_bounded(store: Store, clock: Clock) -> None:
    for number in range(150):
        clock.now += 100
        store.keep_draft("a", "s", f"x = {number}")
    assert codes(store) == [f"x = {number}" for number in range(149, 49, -1)]


def test_text_that_is_not_valid_unicode_is_kept_as_far_as_it_goes(store: Store) -> None:
    store.keep_draft("a", "s", "x = '\ud800'\x00")
    assert store.draft("a", "s") == "x = '?'\x00"
