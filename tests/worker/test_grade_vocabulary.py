from __future__ import annotations

import pytest

from tests.worker.grading_bench import Graded, grade_all
from tests.worker.vocabulary import Entry, deep, plain, program, training
from tutor.lesson.model import CHECK_KINDS

pytestmark = pytest.mark.torch

ENTRIES: tuple[Entry, ...] = (*plain.ENTRIES, *deep.ENTRIES, *training.ENTRIES)
RIGHT = [(entry, place) for entry in ENTRIES for place in range(len(entry.right))]
WRONG = [(entry, place) for entry in ENTRIES for place in range(len(entry.wrong))]


@pytest.fixture(scope="module")
def results() -> dict[tuple[str, str], Graded]:
    sources = {
        (entry.kind, source): {"step": entry.step(), "source": program(source)}
        for entry in ENTRIES
        for source in (*entry.right, *entry.wrong)
    }
    return dict(zip(sources, grade_all(sources.values()), strict=True))


def _name(value: object) -> str:
    return value.kind.replace(" ", "-") if isinstance(value, Entry) else str(value)


@pytest.mark.parametrize(("entry", "place"), RIGHT, ids=_name)
def test_right_answers_pass_whatever_their_style(
    entry: Entry, place: int, results: dict[tuple[str, str], Graded]
) -> None:
    answer = results[entry.kind, entry.right[place]]
    assert answer.passed, (entry.right[place], answer)


@pytest.mark.parametrize(("entry", "place"), WRONG, ids=_name)
def test_wrong_answers_fail_with_a_sentence(
    entry: Entry, place: int, results: dict[tuple[str, str], Graded]
) -> None:
    answer = results[entry.kind, entry.wrong[place]]
    assert answer.graded == 1, answer
    assert answer.statuses == ("failed",)
    assert answer.message.endswith((".", "?", entry.says[place] if place < len(entry.says) else "."))
    assert "could not be compared" not in answer.message
    assert "at fault" not in answer.message
    if place < len(entry.says):
        assert entry.says[place] in answer.message


def test_every_check_of_the_vocabulary_is_in_the_table_with_three_right_and_three_wrong_answers() -> None:
    told = {key for entry in ENTRIES for key in entry.check}
    assert set(CHECK_KINDS) <= told
    assert all(len(set(entry.right)) >= 3 and len(set(entry.wrong)) >= 3 for entry in ENTRIES)
