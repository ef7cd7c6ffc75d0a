from __future__ import annotations

import json
from pathlib import Path

import pytest

from tutor.progress import exchange
from tutor.progress.contract import Place
from tutor.progress.store import Store


class Clock:
    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def exported(store: Store) -> object:
    return json.loads(json.dumps(store.export()))


def filled(path: Path, clock: Clock) -> Store:
    store = Store(path, clock)
    store.keep_attempt("a", "s", "not_yet")
    store.keep_attempt("a", "s", "passed", content="c")
    store.keep_hint("a", "s", 2)
    store.keep_draft("a", "s", "x = 1\n")
    store.keep_place(Place("a", "s", 1, (2, 3), "read"))
    return store


def test_an_export_read_into_an_empty_record_gives_the_same_record(tmp_path: Path) -> None:
    store = filled(tmp_path / "one.db", Clock(1_000.0))
    other = Store(tmp_path / "two.db")
    other.merge(exchange.read(exported(store)))
    assert other.export() == store.export()
    assert other.records() == store.records()
    assert other.place() == Place("a", "s", 1, (2, 3), "read")


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    store = filled(tmp_path / "one.db", Clock(1_000.0))
    before = store.export()
    store.merge(exchange.read(exported(store)))
    assert store.export() == before


def test_importing_keeps_what_is_newer_here_and_takes_what_is_newer_there(tmp_path: Path) -> None:
    here, there = Clock(1_000.0), Clock(2_000.0)
    one, two = Store(tmp_path / "one.db", here), Store(tmp_path / "two.db", there)
    one.keep_draft("a", "old here", "here")
    two.keep_draft("a", "old here", "there, later")
    here.now = 3_000.0
    one.keep_draft("a", "new here", "here, later")
    two.keep_draft("a", "new here", "there")
    one.keep_attempt("a", "s", "passed")
    two.keep_attempt("a", "s", "error")
    one.merge(exchange.read(exported(two)))
    assert one.draft("a", "old here") == "there, later"
    assert one.draft("a", "new here") == "here, later"
    assert one.record("a", "s").passed
    assert one.record("a", "s").attempts == 2


def test_a_step_passed_alone_on_one_machine_is_not_assisted_after_merging(tmp_path: Path) -> None:
    one, two = Store(tmp_path / "one.db"), Store(tmp_path / "two.db")
    one.keep_attempt("a", "s", "passed")
    two.keep_hint("a", "s", 3, solution=True)
    two.keep_attempt("a", "s", "passed")
    two.merge(exchange.read(exported(one)))
    assert not two.record("a", "s").assisted


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ([], 'it does not say "format"'),
        ({"format": "something else"}, 'it does not say "format"'),
        ({"format": exchange.FORMAT, "version": 7}, "its version is 7"),
        ({"format": exchange.FORMAT, "version": 1, "steps": 3}, '"steps" is not a list'),
        ({"format": exchange.FORMAT, "version": 1, "drafts": [3]}, 'entry 1 of "drafts" is not an object'),
        (
            {"format": exchange.FORMAT, "version": 1, "drafts": [{"lesson": "a"}]},
            'entry 1 of "drafts" has no "id"',
        ),
        ({"format": exchange.FORMAT, "version": 1, "steps": [{"lesson": 1}]}, 'has 1 as its "lesson"'),
        ({"format": exchange.FORMAT, "version": 1, "steps": [{"hints": 1 << 70}]}, 'as its "hints"'),
        ({"format": exchange.FORMAT, "version": 1, "steps": [{"due": float("inf")}]}, 'has inf as its "due"'),
        ({"format": exchange.FORMAT, "version": 1, "steps": [{"lesson": "\ud800"}]}, 'as its "lesson"'),
    ],
)
def test_a_file_that_is_no_record_is_refused_with_what_was_found(document: object, complaint: str) -> None:
    with pytest.raises(exchange.NotARecord) as refused:
        exchange.read(document)
    assert complaint in str(refused.value)


def test_unknown_columns_of_an_export_are_ignored(tmp_path: Path) -> None:
    store = Store(tmp_path / "one.db")
    row = {"lesson": "a", "step": "s", "passed": 1, "last_seen": 5.0, "mood": "fine"}
    store.merge(exchange.read({"format": exchange.FORMAT, "version": 1, "steps": [row]}))
    assert store.record("a", "s").passed
