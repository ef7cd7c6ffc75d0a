from __future__ import annotations

from pathlib import Path

from tests.fakes.progress import FakeProgress
from tests.ui.stage import on_stage
from tutor.progress.contract import Place
from tutor.progress.keepsakes import Keepsakes, KeptRun
from tutor.progress.review import Schedule


async def test_the_contents_find_lessons_steps_and_words_by_what_is_typed(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="try") as stage:
        await stage.press("f3", "slash", *"second")
        await stage.sees("lesson  The second lesson")
        await stage.until(lambda: "A small lesson" not in stage.text.split("\n", 1)[1], "the others gone")
        await stage.press(*(["backspace"] * 6), *"doub")
        await stage.sees("step    Double")
        await stage.press("enter", "enter")
        await stage.at("double")


async def test_escape_leaves_the_search_first_and_then_the_contents(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="try") as stage:
        await stage.press("f3", "slash", *"zzz")
        await stage.sees("Nothing fits.")
        await stage.press("escape")
        await stage.sees("The second lesson")
        await stage.press("escape")
        await stage.sees("Run this.")


def due(*steps: str) -> FakeProgress:
    progress = FakeProgress()
    for step in steps:
        progress.keep_attempt("small", step, "passed")
        progress.schedules["small", step] = Schedule(due=-90_000.0)
    progress.keep_place(Place("small", "read"))
    return progress


async def test_at_most_two_reviews_are_offered_at_the_start_and_stand_on_top_of_the_contents(
    tmp_path: Path,
) -> None:
    async with on_stage(tmp_path, progress=due("try", "double", "say")) as stage:
        await stage.sees("Due for review")
        await stage.press("f3")
        await stage.sees("To review")
        rows = [line for line in stage.text.splitlines() if "due since yesterday" in line]
        assert len(rows) == 2


async def test_what_was_forgotten_comes_back(tmp_path: Path) -> None:
    progress, keepsakes = due("double"), Keepsakes(tmp_path / "kept")
    progress.keep_draft("small", "double", "def double(n):\n    return n + n\n")
    keepsakes.keep_run("small", "double", KeptRun("x", 0.0))
    async with on_stage(tmp_path, step="double", progress=progress, keepsakes=keepsakes) as stage:
        screen = stage.workspace
        for extent in ("step", "lesson", "course"):
            await screen.run_action(f"forget('{extent}')")
            assert screen.code.code == "def double(n):\n    ...\n"
            assert not progress.record("small", "double").passed
            assert keepsakes.run("small", "double") is None
            await screen.run_action("bring_back")
            assert "return n + n" in screen.code.code
            assert progress.record("small", "double").passed
        await screen.run_action("bring_back")
        await stage.sees("Nothing was forgotten")
