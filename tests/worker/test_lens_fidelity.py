"""What a program prints, raises, draws and computes is the same with and without the lens."""

from __future__ import annotations

import pytest

from tests.fakes.lens_host import Outcome, ask_host
from tests.worker.programs.language import LANGUAGE
from tests.worker.programs.own_business import OWN_BUSINESS
from tests.worker.programs.tensors import TENSORS
from tests.worker.programs.training import TRAINING

PROGRAMS = {**LANGUAGE, **OWN_BUSINESS, **TENSORS, **TRAINING}
pytestmark = pytest.mark.torch


@pytest.fixture(scope="module")
def plain() -> dict[str, Outcome]:
    return ask_host(PROGRAMS, lens=False)


@pytest.fixture(scope="module")
def watched() -> dict[str, Outcome]:
    return ask_host(PROGRAMS, lens=True)


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_lens_changes_nothing_a_program_can_tell(
    name: str, plain: dict[str, Outcome], watched: dict[str, Outcome]
) -> None:
    expected, found = plain[name], watched[name]
    assert found.printed == expected.printed
    assert found.traceback == expected.traceback
    assert found.random_state == expected.random_state
    assert found.tensors == expected.tensors


def test_there_are_programs_of_many_styles() -> None:
    assert len(PROGRAMS) >= 65


@pytest.mark.parametrize("name", [n for n in PROGRAMS if n not in ("syntax error", "keyboard interrupt")])
def test_the_lens_saw_something_in_every_program(name: str, watched: dict[str, Outcome]) -> None:
    assert watched[name].of("value") or watched[name].of("error")
