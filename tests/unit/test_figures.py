from __future__ import annotations

import pytest

from tutor.authoring.figures import (
    Measured,
    Told,
    expressions,
    read_results,
    same_figure,
    source_of,
    told_by,
    untrue,
)
from tutor.authoring.trials import complaint, number_trials
from tutor.events import Bound, Event, Output
from tutor.facts import ScalarFacts
from tutor.lesson.model import Code, Figure, Run

PROSE = "It stops at 2.67, prints −957243 and counts 16 777 216; 133 of 200 arrive."


def step(**numbers: str | Figure) -> Run:
    return Run(
        id="s", code="x = 1", text=PROSE, numbers={key.strip("_"): value for key, value in numbers.items()}
    )


def answered(number: float) -> Event:
    return Bound(
        line=0, name="x", how="asked", value=ScalarFacts(type="float", number=number, text=str(number))
    )


@pytest.mark.parametrize(
    ("told", "given"),
    [
        ("2.67", "2.6663"),
        ("2.67", "2.665000001"),
        ("−8", "-8.2"),
        ("-957243", "-957243.1"),
        ("16 777 216", "16777216"),
        ("16\u202f777\u202f216", "16777216"),
        ("2.75e+19", "2.7512e19"),
        ("0", "False"),
        ("12.", "12"),
    ],
)
def test_a_number_is_as_told_when_rounding_gives_the_told_digits(told: str, given: str) -> None:
    assert same_figure(told, given)


@pytest.mark.parametrize(
    ("told", "given"),
    [
        ("2.67", "2.68"),
        ("2.67", "2.6"),
        ("3", "2.4"),
        ("−8", "8"),
        ("133", "[1, 2]"),
        ("133", "nan"),
        ("0.5", ""),
    ],
)
def test_any_other_number_is_not(told: str, given: str) -> None:
    assert not same_figure(told, given)


def test_a_promise_that_the_text_does_not_make_is_found() -> None:
    assert "does not stand" in untrue(step(), [Told("2.6", "x")], [answered(2.6)], {})
    assert "does not stand" in untrue(step(), [Told("77", "x")], [answered(77.0)], {})


def test_answers_are_taken_in_the_order_of_their_questions() -> None:
    told = [Told("2.67", "w"), Told("−957243", "printed"), Told("133", "solved")]
    events = [Output(stream="stdout", text="at last -957243.1\n"), answered(2.6663), answered(133.0)]
    assert expressions(told) == ("w", "solved")
    assert untrue(step(), told, events, {}) == ""
    assert "`solved` gives 200" in untrue(step(), told, [*events[:2], answered(200.0)], {})


def test_a_number_that_is_not_printed_or_not_answered_is_found() -> None:
    assert "prints nothing" in untrue(
        step(), [Told("2.67", "printed")], [Output(stream="stdout", text="2.7")], {}
    )
    assert "gives nothing" in untrue(step(), [Told("2.67", "w")], [], {})


def test_measurements_are_compared_with_what_was_recorded() -> None:
    recorded = read_results(b"xor: {value: 133.0, what: solved starts, script: xor.py}")
    assert recorded == {"xor": Measured(value=133.0, what="solved starts", script="xor.py")}
    assert untrue(step(), [Told("133", "measured xor")], [], recorded) == ""
    assert "gives 133" in untrue(step(), [Told("200", "measured xor")], [], recorded)
    assert "does not hold" in untrue(step(), [Told("133", "measured lost")], [], recorded)


def test_numbers_of_one_program_are_asked_in_one_run() -> None:
    code = Code(
        id="c", goal="g", starter="w = 1", solution="w = 2", checks=[], text="At 1, 2, 3 and 4.",
        numbers={"1": Figure(of="w", in_="starter"), "2": "w", "4": "w + 2", "3": Figure(of="w", then="w += 1")},
    )  # fmt: skip
    told = told_by(code)
    assert {place: [one.text for one in group] for place, group in told.items()} == {
        ("starter", ""): ["1"],
        ("solution", ""): ["2", "4"],
        ("solution", "w += 1"): ["3"],
    }
    assert source_of(code, "solution", "w += 1") == "w = 2\nw += 1"
    trials = list(number_trials(code, {}))
    assert [trial.asks for trial in trials] == [("w",), ("w", "w + 2"), ("w",)]
    assert complaint(trials[1], [answered(2.0), answered(4.0)], 1.0) == ""
    assert "the text says 4" in complaint(trials[1], [answered(2.0), answered(5.0)], 1.0)
