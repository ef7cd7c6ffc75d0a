from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.stage import on_stage
from tutor.events import Bound, Error, Finished, Output, Step
from tutor.facts import TensorFacts

ZEROS = Bound(line=1, name="x", value=TensorFacts(shape=(2, 3), dtype="float32"))


async def test_a_run_puts_a_note_beside_its_line_and_prints_below(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="try", scripts=[[ZEROS, Output(text="hello a[i] [/]\n")]]) as stage:
        await stage.press("ctrl+r")
        await stage.sees("→ (2, 3)")
        await stage.sees("hello a[i] [/]")
        assert stage.runner.requests[0].source == "x = torch.zeros(2, 3)\n"
        assert stage.progress.record("small", "try").passed
        await stage.sees("Zeros it was.")
        await stage.sees("ran 0.10 s")


async def test_a_note_stays_on_its_line_through_edits_above_it_and_goes_with_its_line(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="try", scripts=[[ZEROS]]) as stage:
        await stage.press("ctrl+r")
        await stage.sees("→ (2, 3)")
        await stage.press("enter")
        row = next(line for line in stage.text.splitlines() if "→ (2, 3)" in line)
        assert "x = torch.zeros" in row
        await stage.press("a")
        await stage.until(lambda: "→ (2, 3)" not in stage.text, "the note to go")


async def test_an_error_marks_its_line_and_explains_itself_in_words_first(tmp_path: Path) -> None:
    error = Error(
        type="RuntimeError",
        message="mat1 and mat2 shapes cannot be multiplied",
        line=1,
        explanation="The inner sizes 3 and 4 differ.",
        next="Transpose one of them.",
    )
    async with on_stage(tmp_path, step="try", scripts=[[error, Finished(status="error")]]) as stage:
        await stage.press("ctrl+r")
        await stage.sees("The inner sizes 3 and 4 differ.")
        await stage.sees("Transpose one of them.")
        assert stage.workspace.code.editor.shown.marks == {0: "error"}
        assert not stage.progress.record("small", "try").passed


async def test_a_running_program_shows_its_time_and_ctrl_c_stops_it(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="try", hold=True) as stage:
        await stage.press("ctrl+r")
        await stage.sees("running")
        await stage.sees("^C stop")
        await stage.press("ctrl+c")
        await stage.until(lambda: stage.runner.stops != [], "the stop")
        await stage.until(lambda: not stage.workspace.session.busy, "the end")


async def test_the_loss_is_drawn_while_the_program_still_runs(tmp_path: Path) -> None:
    steps = [Step(step=number, loss=1 / (number + 1), n=number + 1) for number in range(50)]
    async with on_stage(tmp_path, step="try", scripts=[steps], hold=True) as stage:
        await stage.press("ctrl+r")
        await stage.sees("Loss")
        assert stage.workspace.session.busy
        stage.runner.release()
        await stage.until(lambda: not stage.workspace.session.busy, "the end")
        stage.workspace.results.open_view("loss")
        await stage.sees("0.02")


async def test_output_is_followed_to_its_end_until_one_looks_back(tmp_path: Path) -> None:
    lines = [Output(text=f"line {number}\n") for number in range(300)]
    async with on_stage(tmp_path, step="try", scripts=[lines]) as stage:
        await stage.press("ctrl+r")
        await stage.sees("line 299")
        log = stage.workspace.results.output.log_pane
        log.focus()
        await stage.press("pageup", "pageup")
        seen = log.scroll_offset.y
        log.feed("one more\n" * 50)
        log.flush()
        await stage.pilot.pause()
        assert log.scroll_offset.y == seen
        await stage.press("end")
        await stage.sees("one more")
        log.feed("the very last\n")
        await stage.sees("the very last")


async def test_running_twice_at_once_starts_one_program(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="try", hold=True) as stage:
        await stage.press("ctrl+r", "ctrl+r")
        assert len(stage.runner.requests) == 1
        stage.runner.release()


async def test_without_torch_a_run_says_why_it_did_not_start(tmp_path: Path) -> None:
    script = [Finished(status="crashed", message="/usr/bin/python3 has no torch. Name another.")]
    async with on_stage(tmp_path, step="try", scripts=[script]) as stage:
        await stage.press("ctrl+r")
        await stage.sees("has no torch. Name another.")


async def test_the_output_is_searched_upwards_and_downwards_and_n_means_next_step_again_after_it(
    tmp_path: Path,
) -> None:
    ends = {7: " \x1b[31mred\x1b[0m", 207: " \x1b[31mred\x1b[0m"}
    lines = [Output(text=f"line {number}{ends.get(number, '')}\n") for number in range(300)]
    async with on_stage(tmp_path, step="try", scripts=[lines]) as stage:
        await stage.press("ctrl+r")
        await stage.sees("line 299")
        await stage.press("escape", "3", "slash", *"red", "enter")
        await stage.sees("line 207 red")
        await stage.press("n")
        await stage.sees("line 7 red")
        await stage.press("N")
        await stage.sees("line 207 red")
        await stage.press("slash", *"missing", "enter")
        await stage.sees("nowhere: missing")
        await stage.press("escape", "n")
        await stage.at("guess")


async def test_the_output_is_copied_without_colours_and_written_to_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    script = [Output(text="\x1b[31mred\x1b[0m\nplain\n")]
    async with on_stage(tmp_path, step="try", scripts=[script]) as stage:
        await stage.press("ctrl+r")
        await stage.sees("plain")
        stage.workspace.action_copy_output()
        assert stage.app.clipboard == "red\nplain\n"
        await stage.workspace.action_write_output()
        assert (tmp_path / "try-output.txt").read_text() == "red\nplain\n"
        await stage.sees("The output is in")
