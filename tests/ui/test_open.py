from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.progress import FakeProgress
from tests.fakes.runner import MISSING
from tests.ui.stage import on_stage
from tutor.events import Bound, Finished, Output
from tutor.facts import TensorFacts
from tutor.progress.contract import Place
from tutor.progress.keepsakes import Keepsakes
from tutor.terminal import Look

ZEROS = TensorFacts(shape=(2, 3), dtype="torch.float32")
SIZES = [(80, 24), (120, 40), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
async def test_a_step_with_code_shows_its_words_its_code_and_both_lines_at_every_size(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with on_stage(tmp_path, step="try", size=size) as stage:
        await stage.sees("Run this.")
        assert "x = torch.zeros(2, 3)" in stage.text
        assert "A small lesson" in stage.text.splitlines()[0]
        assert "^R run" in stage.text.splitlines()[-1]


async def test_text_of_a_lesson_is_literal(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="read") as stage:
        await stage.sees("a[i], [/], tensor([1.]) and [b.")


async def test_the_first_time_one_page_says_how_it_works_and_then_the_first_lesson_opens(
    tmp_path: Path,
) -> None:
    async with on_stage(tmp_path) as stage:
        await stage.sees("Learn PyTorch by doing")
        assert "^R" in stage.text
        await stage.press("enter")
        await stage.sees("It shows every kind of step.")
        assert "Esc, then ? shows all keys" in stage.text


async def test_it_reopens_at_the_step_the_draft_and_the_cursor_one_left(tmp_path: Path) -> None:
    progress = FakeProgress()
    progress.keep_place(Place("small", "double", cursor=(1, 4)))
    progress.keep_draft("small", "double", "def double(n):\n    return n + n\n")
    async with on_stage(tmp_path, progress=progress) as stage:
        await stage.at("double")
        assert "return n + n" in stage.text
        assert stage.workspace.code.editor.cursor_location == (1, 4)


async def test_without_torch_the_tutor_opens_and_says_which_python_it_tried(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="try", worker=MISSING) as stage:
        await stage.sees("/usr/bin/python3 has no torch.")
        await stage.sees("--python")
        assert "no torch" in stage.text.splitlines()[0]
        assert "Run this." in stage.text


async def test_ascii_draws_nothing_beyond_ascii_of_its_own(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="try", look=Look(ascii=True)) as stage:
        await stage.sees("Run this.")
        assert stage.text.isascii()


async def test_the_record_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    progress = FakeProgress(read_only="The folder is read-only, so nothing is saved.")
    async with on_stage(tmp_path, step="try", progress=progress) as stage:
        await stage.sees("The folder is read-only")


async def test_what_is_typed_is_kept_when_the_terminal_hangs_up(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        stage.workspace.code.editor.load_text("def double(n):\n    return 7\n")
        stage.app.hang_up()
        assert stage.progress.draft("small", "double") == "def double(n):\n    return 7\n"
        assert stage.app.return_code == 129


async def test_what_is_typed_is_kept_soon_after_the_last_key(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        await stage.press("p", "a", "s", "s")
        await stage.until(
            lambda: (stage.progress.draft("small", "double") or "").startswith("pass"), "the draft"
        )
        await stage.sees("saved")


async def test_reopening_finds_the_scroll_place_the_view_and_the_last_results(tmp_path: Path) -> None:
    progress, keepsakes = FakeProgress(), Keepsakes(tmp_path / "kept")
    script = [Output(text="printed before\n"), Bound(line=1, name="x", value=ZEROS), Finished(status="ok")]
    async with on_stage(
        tmp_path, step="try", progress=progress, scripts=[script], keepsakes=keepsakes
    ) as stage:
        await stage.press("ctrl+r")
        await stage.until(lambda: keepsakes.run("small", "try") is not None, "the kept run")
        stage.workspace.results.choose_view("tensors")
        await stage.press("escape", "3", "ctrl+q")
    async with on_stage(tmp_path, progress=progress, keepsakes=keepsakes) as stage:
        await stage.at("try")
        await stage.sees("last run, just now")
        await stage.sees("→ (2, 3)")
        assert stage.workspace.results.open_name == "tensors"
        assert stage.workspace.panes.current == "results"
        stage.workspace.results.open_view("output")
        await stage.sees("printed before")


async def test_the_explanation_is_scrolled_to_where_one_was(tmp_path: Path) -> None:
    progress = FakeProgress()
    progress.keep_place(Place("small", "double", scroll=2))
    async with on_stage(tmp_path, progress=progress, size=(80, 10)) as stage:
        await stage.at("double")
        scroller = stage.workspace.reading.scroller
        await stage.until(lambda: round(scroller.scroll_offset.y) == min(2, scroller.max_scroll_y), "it")
        assert scroller.max_scroll_y > 0
