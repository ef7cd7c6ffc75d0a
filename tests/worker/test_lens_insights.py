"""Silent bugs are seen, and correct programs are left in peace."""

from __future__ import annotations

import pytest

from tests.fakes.lens_host import Outcome, ask_host
from tests.worker.programs.silent import BUGS, CORRECT, HEAD
from tests.worker.programs.tensors import TENSORS
from tests.worker.programs.training import TRAINING

CONTROLS = {**{name: HEAD + source for name, source in CORRECT.items()}, **TRAINING, **TENSORS}
pytestmark = pytest.mark.torch


@pytest.fixture(scope="module")
def faulty() -> dict[str, Outcome]:
    return ask_host({name: HEAD + source for name, (_, source) in BUGS.items()})


@pytest.fixture(scope="module")
def correct() -> dict[str, Outcome]:
    return ask_host(CONTROLS)


@pytest.mark.parametrize("name", BUGS)
def test_the_bug_is_seen_once_and_nothing_else(name: str, faulty: dict[str, Outcome]) -> None:
    found = faulty[name].of("insight")
    assert [insight["code"] for insight in found] == [BUGS[name][0]], faulty[name].traceback
    assert found[0]["message"].endswith(".")
    assert found[0]["evidence"]


@pytest.mark.parametrize("name", CONTROLS)
def test_a_correct_program_raises_no_insight(name: str, correct: dict[str, Outcome]) -> None:
    assert correct[name].of("insight") == []
    if name in CORRECT:
        assert correct[name].traceback == ""


def test_there_are_more_controls_than_bugs() -> None:
    assert len(CORRECT) >= 40
    assert len(BUGS) >= 20
