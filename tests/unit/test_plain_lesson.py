from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.plain_talk import PlainTalk
from tests.unit.plain_course import lessons, talk
from tutor.events import Asked, Bound, Check, Finished, Output
from tutor.facts import ScalarFacts
from tutor.headless.plain_markdown import plain

__all__ = ["lessons", "talk"]

TWO = Bound(line=1, name="x", how="asked", value=ScalarFacts(type="int", text="2", number=2))
PASS = [Check(id="made", status="passed"), Finished(status="ok", graded=1)]
FAIL = [Check(id="made", status="failed", message="y is None."), Finished(status="ok", graded=1)]


async def test_a_step_is_said_with_heading_text_and_numbered_code(talk: PlainTalk) -> None:
    said = await talk.type("q", at="kinds/write")
    assert "Lesson: All kinds\n" in said
    assert "Because each is needed." in said
    assert "Step 6 of 8: Write\n\nYour turn: Make y.\n\nCode:\n  1  y = None\n  2  z = 2\n" in said
    assert "[r]un, [c]heck, [h]int, [n]ext, [p]revious, [e]dit, [s]how solution, [l]ist, [q]uit: q" in said


async def test_markup_in_a_lesson_is_said_as_it_stands(talk: PlainTalk) -> None:
    assert "Some bold words about a[i] and [/] and [b." in await talk.type("q", at="kinds/read")


async def test_reading_on_is_what_passes_an_explanation(talk: PlainTalk) -> None:
    await talk.type("n", "q", at="kinds/read")
    assert talk.passed() == {"read"}


async def test_only_what_applies_to_a_step_is_offered(talk: PlainTalk) -> None:
    said = await talk.type("c", "q", at="kinds/read")
    assert "\n[n]ext, [p]revious, [l]ist, [q]uit: " in said
    assert "c means nothing here; a question mark says what does." in said


async def test_a_run_counts_once_the_code_was_changed(lessons: Path) -> None:
    talk = PlainTalk(lessons, [[Output(text="one\n")], [Output(text="half a line")]])
    said = await talk.type("r", "e 1", "x = 2", "r", "q", at="kinds/try")
    first, second = said.split("Now change the code, and run it again.")
    assert "one\n" in first
    assert "half a line\n" in second
    assert "Done.\n\nKeep that.\n" in second
    assert [request.source for request in talk.runner.requests] == ["x = 1\n", "x = 2\n"]
    assert talk.passed() == {"try"}
    assert talk.code("try") == "x = 2\n"


async def test_input_is_answered_with_the_next_line(lessons: Path) -> None:
    talk = PlainTalk(lessons, [[Output(text="name? "), Asked(prompt="name? ")]])
    said = await talk.type("r", "Ada", "q", at="kinds/try")
    assert "name? Ada\n" in said
    assert [text for _, text in talk.runner.lines] == ["Ada"]


async def test_a_program_that_waits_for_input_is_stopped_when_there_is_no_more(lessons: Path) -> None:
    talk = PlainTalk(lessons, [[Asked(prompt="name? ")]])
    await talk.type("r", at="kinds/try")
    assert len(talk.runner.stops) == 1


async def test_a_prediction_is_answered_by_number_and_run_only_then(lessons: Path) -> None:
    talk = PlainTalk(lessons, [[TWO, Output(text="it ran\n")]])
    said = await talk.type("r", "7", "3", "2", "q", at="kinds/guess")
    before, _, after = said.partition("Right.")
    assert "Question: What is the value of x?" in before
    assert "Type a number from 1 to 2" in before
    assert "it ran" not in before
    assert "it ran\n" in after
    assert "Two it was." in after
    assert talk.passed() == {"guess"}


async def test_a_wrong_choice_is_told_why_and_counts_as_an_attempt(lessons: Path) -> None:
    talk = PlainTalk(lessons, [[TWO]])
    said = await talk.type("q", at="kinds/guess")
    wrong = next(line[0] for line in said.splitlines() if line.endswith(". 3"))
    talk = PlainTalk(lessons, [[TWO]])
    assert "Not that one. That is one more." in await talk.type(wrong, "q", at="kinds/guess")
    assert talk.progress.outcomes == [("kinds", "guess", "not_yet")]


async def test_an_answer_that_is_also_a_command_follows_an_equals_sign(lessons: Path) -> None:
    talk = PlainTalk(lessons, [[Output(text="n\n")]])
    said = await talk.type("= n", "q", at="kinds/typed")
    assert "Right." in said
    assert talk.passed() == {"typed"}


async def test_an_answer_given_away_counts_as_helped(lessons: Path) -> None:
    talk = PlainTalk(lessons, [[TWO]])
    assert "The answer is: 2" in await talk.type("h", "q", at="kinds/guess")
    record = talk.progress.record("kinds", "guess")
    assert (record.passed, record.assisted) == (True, True)


async def test_a_choice_is_answered_by_its_number_or_its_words(talk: PlainTalk) -> None:
    said = await talk.type("2", "this", "q", at="kinds/pick")
    assert "Not that one. The other one." in said
    assert "Right." in said
    assert talk.progress.outcomes == [("kinds", "pick", "not_yet"), ("kinds", "pick", "passed")]


async def test_a_check_says_what_failed_then_what_passed_and_our_own_answer(lessons: Path) -> None:
    talk = PlainTalk(lessons, [FAIL, PASS])
    said = await talk.type("c", "c", "q", at="kinds/write")
    first, _, second = said.partition("Correct.")
    assert "Not yet.\n\ny is None.\n\nCheck made: failed." in first
    assert "the solution" not in first
    assert "Now you have y." in second
    assert '  1  y = "the solution"' in second
    assert [outcome for *_, outcome in talk.progress.outcomes] == ["not_yet", "passed"]


async def test_hints_come_one_by_one_and_are_counted_then_the_solution_counts_as_help(
    talk: PlainTalk,
) -> None:
    said = await talk.type("h", "h", "q", at="kinds/write")
    assert "Hint 1 of 2: first rung" in said
    assert "Hint 2 of 2: second rung" in said
    assert (
        talk.progress.record("kinds", "write").hints,
        talk.progress.record("kinds", "write").assisted,
    ) == (2, False)
    assert '  1  y = "the solution"' in await talk.type("s", "q", at="kinds/write")
    assert talk.progress.record("kinds", "write").assisted


async def test_without_a_worker_the_lesson_can_be_read_and_the_reason_is_said(lessons: Path) -> None:
    from tests.fakes.runner import MISSING, FakeRunner

    talk = PlainTalk(lessons)
    talk.runner = FakeRunner(after_start=MISSING)
    said = await talk.type("n", "r", "n", "q", at="kinds/read")
    assert f"The code cannot be run. {MISSING.reason} {MISSING.advice}" in said
    assert "Step 3 of 8" in said


async def test_a_record_that_cannot_be_written_is_said_once_and_at_the_end(talk: PlainTalk) -> None:
    talk.progress.reason = "The record cannot be written."
    said = await talk.type("n", "n", "q", at="kinds/read")
    assert said.count("The record cannot be written.") == 2
    assert "everything is kept" not in said


@pytest.mark.parametrize("where", ["g 6", "g write"])
async def test_one_can_go_to_any_step_and_is_found_there_again(talk: PlainTalk, where: str) -> None:
    assert "Step 6 of 8" in await talk.type(where, "q", at="kinds/read")
    assert "Step 6 of 8" in await talk.type("q")


async def test_the_end_of_a_lesson_sums_it_up_and_leads_into_the_next(talk: PlainTalk) -> None:
    said = await talk.type("n", "n", "n", "q", at="kinds/turn")
    assert "End of the lesson: All kinds" in said
    assert "- Keep this in mind." in said
    assert "Still open: 1. Read, 2. Try" in said
    assert "Next lesson: The lesson after, 10 minutes.\nIt comes next." in said
    assert "Lesson: The lesson after\n" in said
    assert "All steps are done." in said


async def test_input_that_ends_leaves_the_lesson_at_any_point(talk: PlainTalk) -> None:
    assert (await talk.type("n", at="kinds/read")).endswith("You are out; everything is kept.\n")


async def test_escape_sequences_of_lessons_and_programs_reach_nobody(lessons: Path) -> None:
    path = lessons / "kinds.yaml"
    path.write_text(path.read_text().replace("Some **bold**", "Some \\e]0;title\\a bold"), encoding="utf-8")
    talk = PlainTalk(lessons, [[Output(text="\x1b[31mred\x1b[0m \x1b[2J\x07 10%\r 20%\r100%\nend\x9b1m")]])
    said = await talk.type("a", "n", "r", "w 1", "\x1b[A", "q", at="kinds/read")
    assert "100%\nend" in said
    assert " 20%" not in said
    assert not [sign for sign in said if sign != "\n" and not sign.isprintable()]


async def test_ascii_is_all_that_is_said_when_that_is_all_the_terminal_shows(lessons: Path) -> None:
    talk = PlainTalk(lessons, [[Output(text="→ ü\n")]])
    talk.ascii = True
    assert (await talk.type("r", "q", at="kinds/try")).isascii()


def test_emphasis_that_goes_on_in_the_next_line_loses_its_marks() -> None:
    text = "It asks: *if I nudge it,\nhow far?* And `a * b\n\n* one\n* two\n\n```python\nx *y*\n```"
    assert plain(text) == "It asks: if I nudge it,\nhow far? And `a * b\n\n* one\n* two\n\n    x *y*"
