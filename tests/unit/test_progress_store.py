from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.progress import FakeProgress
from tutor.progress.contract import Place, Progress, StepRecord
from tutor.progress.store import Store

DAY = 86_400.0


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


Opener = Callable[[], Progress]


@pytest.fixture(params=["store", "fake"])
def progress(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Progress:
    return Store(tmp_path / "progress.db", clock) if request.param == "store" else FakeProgress(clock=clock)


def test_nothing_is_known_of_a_step_that_was_never_seen(progress: Progress) -> None:
    assert progress.record("first-tensors", "read") == StepRecord("first-tensors", "read")
    assert progress.place() is None
    assert progress.draft("first-tensors", "read") is None
    assert progress.records() == {}


def test_a_pass_stays_a_pass_after_a_later_failure(progress: Progress, clock: Clock) -> None:
    progress.keep_attempt("a", "s", "not_yet")
    progress.keep_attempt("a", "s", "passed", content="abc")
    first = clock.now
    clock.now += 5
    progress.keep_attempt("a", "s", "error")
    assert progress.record("a", "s") == StepRecord(
        "a", "s", passed=True, attempts=3, first_passed=first, last_seen=clock.now, content="abc"
    )


def test_a_program_that_was_not_attempted_or_was_stopped_is_no_attempt(progress: Progress) -> None:
    progress.keep_attempt("a", "s", "not_attempted")
    progress.keep_attempt("a", "s", "stopped")
    assert progress.record("a", "s").attempts == 0


def test_a_step_solved_after_its_solution_was_shown_is_assisted(progress: Progress) -> None:
    progress.keep_hint("a", "s", 2)
    assert progress.record("a", "s").hints == 2
    assert not progress.record("a", "s").assisted
    progress.keep_hint("a", "s", 3, solution=True)
    progress.keep_attempt("a", "s", "passed")
    assert progress.record("a", "s").assisted


def test_looking_at_the_solution_after_passing_does_not_make_the_step_assisted(progress: Progress) -> None:
    progress.keep_attempt("a", "s", "passed")
    progress.keep_hint("a", "s", 3, solution=True)
    assert not progress.record("a", "s").assisted


def test_the_latest_place_is_where_one_left_off_and_each_lesson_has_its_own(progress: Progress) -> None:
    first = Place("a", "s", scroll=3, cursor=(4, 5), pane="read")
    second = Place("b", "t")
    progress.keep_place(first)
    progress.keep_place(second)
    assert progress.place() == second
    assert progress.lesson_place("a") == first
    progress.keep_place(first)
    assert progress.place() == first


def test_a_place_kept_after_the_clock_went_back_is_still_the_latest(progress: Progress, clock: Clock) -> None:
    progress.keep_place(Place("a", "s"))
    clock.now -= 3600
    progress.keep_place(Place("b", "t"))
    assert progress.place() == Place("b", "t")


def test_a_passed_step_comes_back_after_one_three_seven_and_twenty_one_days(
    progress: Progress, clock: Clock
) -> None:
    progress.keep_attempt("a", "s", "passed")
    waits = []
    for _ in range(4):
        due = progress.due(clock.now + 100 * DAY)[0].due
        waits.append((due - clock.now) / DAY)
        clock.now = due
        progress.keep_attempt("a", "s", "passed")
    assert waits == [1, 3, 7, 21]
    assert progress.due(clock.now + 1000 * DAY) == []


def test_passing_again_before_the_review_is_due_does_not_postpone_it(
    progress: Progress, clock: Clock
) -> None:
    progress.keep_attempt("a", "s", "passed")
    due = progress.due(clock.now + 100 * DAY)
    clock.now += 0.5 * DAY
    progress.keep_attempt("a", "s", "passed")
    assert progress.due(clock.now + 100 * DAY) == due


def test_a_step_that_fails_at_its_review_comes_back_sooner(progress: Progress, clock: Clock) -> None:
    progress.keep_attempt("a", "s", "passed")
    for days in (1, 3):
        clock.now += days * DAY
        progress.keep_attempt("a", "s", "passed")
    clock.now += 7 * DAY
    progress.keep_attempt("a", "s", "not_yet")
    progress.keep_attempt("a", "s", "passed")
    assert progress.due(clock.now + 3 * DAY) != []
    assert progress.due(clock.now + 2.9 * DAY) == []


def test_a_learnt_step_that_fails_later_comes_back_tomorrow(progress: Progress, clock: Clock) -> None:
    for days in (0, 1, 3, 7, 21):
        clock.now += days * DAY
        progress.keep_attempt("a", "s", "passed")
    assert progress.due(clock.now + 1000 * DAY) == []
    progress.keep_attempt("a", "s", "error")
    assert [due.due for due in progress.due(clock.now + DAY)] == [clock.now + DAY]


def test_a_step_solved_with_the_solution_comes_back_sooner_than_one_solved_alone(
    progress: Progress, clock: Clock
) -> None:
    progress.keep_hint("a", "helped", 3, solution=True)
    progress.keep_attempt("a", "helped", "passed")
    progress.keep_attempt("a", "alone", "passed")
    assert [due.step for due in progress.due(clock.now + 0.6 * DAY)] == ["helped"]
    assert [due.step for due in progress.due(clock.now + DAY)] == ["helped", "alone"]


def test_reset_forgets_one_step_and_undo_brings_it_back(progress: Progress) -> None:
    for step in ("s", "t"):
        progress.keep_attempt("a", step, "passed", content=step)
        progress.keep_draft("a", step, f"code of {step}")
    before = progress.records()
    token = progress.reset("a", "s")
    assert progress.draft("a", "s") is None
    assert not progress.record("a", "s").passed
    assert progress.record("a", "t").passed
    progress.undo(token)
    assert progress.records() == before
    assert progress.draft("a", "s") == "code of s"


def test_undo_of_a_reset_keeps_what_was_done_since(progress: Progress, clock: Clock) -> None:
    progress.keep_draft("a", "s", "before")
    progress.keep_attempt("a", "t", "passed")
    token = progress.reset()
    assert progress.records() == {}
    clock.now += 1
    progress.keep_draft("a", "s", "after")
    progress.keep_attempt("a", "u", "passed")
    progress.undo(token)
    assert progress.draft("a", "s") == "after"
    assert progress.record("a", "t").passed
    assert progress.record("a", "u").passed


def test_undo_with_an_unknown_token_is_a_key_error(progress: Progress) -> None:
    with pytest.raises(KeyError):
        progress.undo("never given")


def test_everything_is_found_again_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "progress.db"
    store = Store(path)
    store.keep_attempt("a", "s", "passed", content="c")
    store.keep_draft("a", "s", "x = 1\n")
    store.keep_place(Place("a", "s", 1, (2, 3), "read"))
    kept = (store.records(), store.draft("a", "s"), store.place())
    store.close()
    again = Store(path)
    assert (again.records(), again.draft("a", "s"), again.place()) == kept
    assert again.read_only == ""


def test_a_lesson_with_a_former_id_takes_its_record_along(tmp_path: Path) -> None:
    store = Store(tmp_path / "progress.db")
    store.keep_attempt("old", "s", "passed")
    store.keep_draft("old", "s", "x = 1\n")
    store.keep_place(Place("old", "s"))
    store.adopt("old", "new")
    assert store.record("new", "s").passed
    assert store.record("new", "s").attempts == 1
    assert store.draft("new", "s") == "x = 1\n"
    assert store.place() == Place("new", "s")
    assert "old" not in store.records()
