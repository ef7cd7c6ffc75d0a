"""Every row of the table of explanations, against what torch and Python really say."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from tests.fakes.lens_host import Outcome, ask_host
from tests.worker.programs.failing import Failing, programs

PROGRAMS = programs()
pytestmark = pytest.mark.torch


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    return ask_host({name: source for name, (_, source) in PROGRAMS.items()})


def only_error(outcome: Outcome) -> dict[str, Any]:
    assert len(outcome.of("error")) == 1, outcome.traceback or outcome.printed
    return outcome.of("error")[0]


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_right_rule_speaks_with_the_right_numbers(name: str, outcomes: dict[str, Outcome]) -> None:
    failing, error = PROGRAMS[name][0], only_error(outcomes[name])
    assert error["rule"] == failing.rule, error["message"]
    said = error["explanation"] + " " + error["next"]
    for part in failing.says:
        assert part in said
    assert "{" not in error["explanation"]
    assert error["explanation"].endswith((".", ")")) or failing.rule in ("worker-error", "assertion")


@pytest.mark.parametrize("name", [n for n in PROGRAMS if PROGRAMS[n][0].at])
def test_the_exact_expression_is_marked(name: str, outcomes: dict[str, Outcome]) -> None:
    failing, error = PROGRAMS[name][0], only_error(outcomes[name])
    if sys.version_info >= (3, 11):
        assert error["expression"] == failing.at
    else:
        assert failing.at in error["expression"]


@pytest.mark.parametrize("name", [n for n in PROGRAMS if PROGRAMS[n][0].shapes])
def test_operands_are_reported_with_their_shapes(name: str, outcomes: dict[str, Outcome]) -> None:
    failing, error = PROGRAMS[name][0], only_error(outcomes[name])
    found = {row["expression"]: row["value"] for row in error["operands"] if row["value"]}
    for expression, shape in failing.shapes.items():
        assert found[expression]["shape"] == shape


def test_every_row_of_the_table_that_can_happen_here_has_its_program() -> None:
    shown = {failing.rule for failing, _ in PROGRAMS.values()}
    assert len(shown) >= 90
    assert all(isinstance(failing, Failing) for failing, _ in PROGRAMS.values())
