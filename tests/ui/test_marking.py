from __future__ import annotations

from pathlib import Path

from textual.widgets import OptionList

from tests.fakes.progress import FakeProgress
from tests.ui.stage import on_stage
from tutor.events import Bound, Check, Finished
from tutor.facts import ScalarFacts, TensorFacts

PASSED = [Check(id="twice", status="passed"), Finished(status="ok", graded=1)]
FAILED = [
    Check(id="twice", status="failed", message="double(3) gave 9, expected 6.", case="n = 3"),
    Finished(status="ok", graded=1),
]
SHAPE = [
    Bound(line=1, name="x", how="asked", value=TensorFacts(shape=(2, 3), dtype="float32")),
    Finished(status="ok"),
]
TWO = [Bound(line=1, name="y", how="asked", value=ScalarFacts("int", "2", 2.0)), Finished(status="ok")]


async def test_a_right_answer_passes_keeps_the_pass_and_puts_our_code_beside_it(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double", scripts=[PASSED]) as stage:
        stage.workspace.code.editor.load_text("def double(n):\n    return n + n\n")
        await stage.press("ctrl+t")
        await stage.sees("Correct.")
        await stage.sees("Doubling is done.")
        await stage.sees("^N goes on")
        grading = stage.runner.requests[0].grading
        assert grading is not None
        assert grading.step["id"] == "double"
        assert stage.progress.record("small", "double").passed
        assert stage.workspace.step.id == "double"
        await stage.press("escape", "v")
        await stage.until(lambda: "return 2 * n" in stage.text, "our solution")


async def test_a_wrong_answer_says_what_was_found_and_counts_as_not_yet(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double", scripts=[FAILED]) as stage:
        await stage.press("ctrl+t")
        await stage.sees("Not yet.")
        await stage.sees("double(3) gave 9, expected 6.")
        await stage.sees("✗ twice")
        assert stage.progress.outcomes == [("small", "double", "not_yet")]
        assert not stage.progress.record("small", "double").passed


async def test_hints_come_one_rung_at_a_time_and_the_solution_counts_as_assisted(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        await stage.press("ctrl+g")
        await stage.sees("Hint 1 of 2. Think of adding.")
        assert "Multiply by two." not in stage.text
        await stage.press("ctrl+g")
        await stage.sees("Hint 2 of 2. Multiply by two.")
        assert not stage.progress.record("small", "double").assisted
        await stage.press("ctrl+g")
        await stage.sees("return 2 * n")
        record = stage.progress.record("small", "double")
        assert (record.hints, record.assisted) == (2, True)


async def test_a_prediction_is_answered_by_choice_and_the_run_is_shown_only_afterwards(
    tmp_path: Path,
) -> None:
    async with on_stage(tmp_path, step="guess", scripts=[SHAPE]) as stage:
        await stage.sees("What is the shape of x?")
        await stage.sees("(3, 2)")
        choices = stage.workspace.query_one("#choices", OptionList)
        shown = [str(option.prompt) for option in choices.options]
        assert sorted(shown) == ["(2, 3)", "(3, 2)"]
        choices.highlighted = shown.index("(3, 2)")
        await stage.press("enter")
        await stage.sees("Not that one. The other way round.")
        assert not stage.progress.record("small", "guess").passed
        choices.highlighted = shown.index("(2, 3)")
        await stage.press("enter")
        await stage.sees("Right.")
        assert stage.progress.record("small", "guess").passed


async def test_a_prediction_cannot_be_run_before_it_is_answered(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="guess", scripts=[SHAPE]) as stage:
        await stage.until(
            lambda: len(stage.runner.requests) == 1 and not stage.workspace.session.busy, "choices"
        )
        await stage.press("ctrl+r")
        await stage.sees("Answer first, then see it run.")
        assert len(stage.runner.requests) == 1


async def test_lines_in_the_right_order_stay_so_when_one_comes_back(tmp_path: Path) -> None:
    progress = FakeProgress()
    progress.keep_draft("small", "sort", "a = 1\nb = a + 1\nprint(b)\n")
    async with on_stage(tmp_path, step="sort", progress=progress) as stage:
        assert stage.workspace.code.code == "a = 1\nb = a + 1\nprint(b)\n"
        await stage.workspace.action_reset_step()
        assert stage.workspace.code.code != "a = 1\nb = a + 1\nprint(b)\n"


async def test_a_run_that_is_left_behind_does_not_count_for_the_next_step(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="try", hold=True) as stage:
        await stage.press("ctrl+r")
        await stage.until(lambda: stage.workspace.session.busy, "the run")
        await stage.press("ctrl+n")
        await stage.at("guess")
        await stage.until(lambda: len(stage.runner.abandoned) == 1, "the end of the first run")
        assert stage.progress.outcomes == []


async def test_a_prediction_without_choices_is_typed(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="say", scripts=[TWO]) as stage:
        await stage.sees("What is the value of y?")
        await stage.until(lambda: stage.workspace.focused is stage.workspace.query_one("#typed"), "the focus")
        await stage.until(lambda: not stage.workspace.session.busy, "the answer")
        await stage.press("3", "enter")
        await stage.sees("Not that one.")
        await stage.press("backspace", "2", "enter")
        await stage.sees("Right.")


async def test_a_prediction_can_be_given_away(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="say", scripts=[TWO]) as stage:
        await stage.until(
            lambda: len(stage.runner.requests) == 1 and not stage.workspace.session.busy, "the answer"
        )
        await stage.press("ctrl+g")
        await stage.sees("The answer is 2")
        assert stage.progress.record("small", "say").assisted


async def test_a_choice_says_why_and_is_literal(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="pick") as stage:
        await stage.sees("a[i]")
        await stage.sees("tensor([1.])")
        await stage.press("enter")
        await stage.sees("That is an element.")
        await stage.press("down", "enter")
        await stage.sees("It says so.")
        assert stage.progress.record("small", "pick").passed


async def test_lines_are_carried_into_order_and_those_below_the_divider_are_left_out(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="sort") as stage:
        sorter = stage.workspace.code.sorter
        await stage.until(lambda: sorter.has_focus, "the focus")
        before = sorter.code
        assert sorted(before.splitlines()) == ["a = 1", "b = a + 1", "print(a)", "print(b)"]
        await stage.press("space", "down", "down", "down", "down", "space")
        assert sorter.code.splitlines() == before.splitlines()[1:]
        await stage.sees("not used")


async def test_reading_on_counts_an_explanation_as_read(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="read") as stage:
        await stage.press("n")
        await stage.at("try")
        assert stage.progress.record("small", "read").passed


async def test_the_end_of_a_lesson_is_summed_up_and_leads_to_the_next(tmp_path: Path) -> None:
    progress = FakeProgress()
    progress.keep_attempt("small", "double", "passed")
    async with on_stage(tmp_path, step="sort", progress=progress) as stage:
        await stage.press("ctrl+n")
        await stage.sees("6 steps still open")
        await stage.sees("The second lesson")
        await stage.press("enter")
        await stage.sees("There must be a next one.")
