import pytest

from tutor.events import Check, CheckStatus, Error, Event, Finished, FinishedStatus
from tutor.lesson.model import Check as CheckModel
from tutor.lesson.model import Code, Order, Run, Tune
from tutor.runner.grading import SAME_OUTPUT, check_ids, grading_of
from tutor.runner.outcome import judge

STEP = Code(
    id="loop",
    goal="",
    starter="x = 0\n",
    solution="x = 1\n",
    checks=[CheckModel(id="made", defines="x"), CheckModel(id="style", avoids="add", required=False)],
)


def said(made: CheckStatus, style: CheckStatus, message: str = "") -> list[Event]:
    return [Check(id="made", status=made, message=message), Check(id="style", status=style, required=False)]


def ended(status: FinishedStatus = "ok", graded: int | None = 2, message: str = "") -> list[Event]:
    return [Finished(status=status, graded=graded, message=message)]


def test_a_pass_needs_every_check_and_a_counted_end() -> None:
    assert judge(STEP, said("passed", "passed") + ended()).outcome == "passed"


@pytest.mark.parametrize(
    "events",
    [
        said("passed", "passed") + ended(graded=None),
        said("passed", "passed") + ended(graded=1),
        said("passed", "passed")[:1] + ended(graded=1),
        said("passed", "passed")[:1] * 2 + ended(),
        said("passed", "passed") * 2 + ended(graded=4),
        said("not_reached", "passed") + ended(),
        ended(graded=0),
        ended(),
    ],
)
def test_a_record_that_is_not_whole_is_never_a_pass(events: list[Event]) -> None:
    verdict = judge(STEP, events)
    assert verdict.outcome == "crashed"
    assert not verdict.done


def test_no_end_at_all_is_a_crash() -> None:
    assert judge(STEP, said("passed", "passed")).outcome == "crashed"


def test_a_failed_required_check_speaks() -> None:
    verdict = judge(STEP, said("failed", "not_reached", "`x` is None.") + ended())
    assert (verdict.outcome, verdict.message) == ("not_yet", "`x` is None.")


def test_failed_technique_passes_with_a_note() -> None:
    advice = [
        Check(id="made", status="passed"),
        Check(id="style", status="failed", required=False, message="Use mul."),
    ]
    verdict = judge(STEP, advice + ended())
    assert (verdict.outcome, verdict.note, verdict.done) == ("not_as_taught", "Use mul.", True)


def test_an_untouched_starter_is_not_attempted_even_when_it_raises() -> None:
    events = [*said("not_attempted", "not_attempted"), Error(type="ValueError"), *ended("error")]
    assert judge(STEP, events).outcome == "not_attempted"


def test_an_exception_gives_the_explanation_with_what_to_try() -> None:
    error = Error(
        type="ValueError", message="bad", line=3, explanation="The shapes differ.", next="Transpose one."
    )
    verdict = judge(STEP, [error, *said("not_reached", "not_reached"), *ended("error")])
    assert (verdict.outcome, verdict.message) == ("error", "The shapes differ. Transpose one.")


def test_an_exception_without_explanation_is_named_with_its_line() -> None:
    verdict = judge(STEP, [Error(type="ValueError", message="bad", line=3), *ended("error", None)])
    assert verdict.message == "ValueError on line 3: bad"


def test_a_recognised_mistake_that_raises_is_told_by_its_own_sentence() -> None:
    events = [
        Check(id="made", status="not_reached", message="Backward twice.", wrong="twice"),
        *ended("error"),
    ]
    verdict = judge(STEP, events)
    assert (verdict.outcome, verdict.message, verdict.wrong) == ("error", "Backward twice.", "twice")


def test_passed_checks_do_not_turn_a_program_that_exits_with_an_error_into_a_pass() -> None:
    assert (
        judge(STEP, [*said("passed", "passed"), Finished(status="error", graded=2, exit_code=1)]).outcome
        == "error"
    )


@pytest.mark.parametrize("status", ["timeout", "memory", "stopped", "crashed"])
def test_the_end_of_a_run_that_was_cut_short_is_its_outcome(status: FinishedStatus) -> None:
    verdict = judge(STEP, said("passed", "passed") + ended(status, 2, "Ten seconds were over."))
    assert (verdict.outcome, verdict.message) == (status, "Ten seconds were over.")


def test_a_step_to_run_is_done_when_it_has_run_to_its_end() -> None:
    step = Run(id="try", code="print(1)\n")
    assert judge(step, [Finished(status="ok")]).done
    assert not judge(step, [Finished(status="error")]).done


def test_the_payload_of_a_tune_step_has_the_solutions_numbers_in_the_lessons_code() -> None:
    step = Tune(
        id="t",
        goal="",
        code="lr = 1.5  # rate\nprint(lr)\n",
        given={"lr": 1.5},
        solution={"lr": 0.1},
        checks=[],
    )
    payload = grading_of(step).step
    assert payload["solution"] == "lr = 0.1  # rate\nprint(lr)\n"
    assert payload["starter"] == step.code


def test_an_order_step_without_checks_must_print_what_the_solution_prints() -> None:
    step = Order(id="o", goal="", solution="print(1)\nprint(2)\n")
    assert grading_of(step, "print(2)\n").step["checks"] == [{"id": SAME_OUTPUT, "output": True}]
    assert check_ids(step) == (SAME_OUTPUT,)
    assert judge(step, [Check(id=SAME_OUTPUT, status="passed"), *ended(graded=1)]).done
