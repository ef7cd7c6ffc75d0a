from __future__ import annotations

import threading
from pathlib import Path

from tests.fakes.progress import FakeProgress
from tests.ui.stage import on_stage
from tutor.events import Asked, Output
from tutor.screens.drafts import Drafts


async def test_keys_typed_before_the_lesson_stands_reach_its_editor_in_their_order(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double", early="abc") as stage:
        await stage.until(lambda: stage.workspace.code.editor.text.startswith("abcdef double"), "the letters")


async def test_keys_typed_right_after_going_on_reach_the_next_step(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="say") as stage:
        await stage.pilot.press("ctrl+n", "x", "y", "z")
        await stage.at("double")
        await stage.until(lambda: stage.workspace.code.editor.text.startswith("xyzdef double"), "the letters")


async def test_a_program_that_asks_takes_the_focus_from_nobody_who_types(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="try", scripts=[[Output(text="go\n")]], hold=True) as stage:
        await stage.press("ctrl+r", "a")
        stage.workspace.route(Asked(prompt="name? "))
        await stage.press("b")
        assert stage.workspace.code.editor.text.startswith("abx")
        await stage.sees("The program waits for a line: ^O goes there.")
        await stage.press("ctrl+o")
        await stage.press("o", "k", "enter")
        assert stage.runner.lines[0][1] == "ok"
        stage.runner.release()


async def test_a_program_that_asks_gets_the_focus_when_nothing_is_typed_and_gives_it_back(
    tmp_path: Path,
) -> None:
    async with on_stage(tmp_path, step="try", hold=True) as stage:
        await stage.press("ctrl+r")
        stage.workspace.route(Asked(prompt="name? "))
        await stage.press("o", "k", "enter")
        assert stage.runner.lines[0][1] == "ok"
        await stage.until(lambda: stage.workspace.code.editor.has_focus, "the editor's focus")
        stage.runner.release()


class SlowDisk(FakeProgress):
    """Writes a draft only once it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may_write = threading.Event()

    def keep_draft(self, lesson: str, step: str, code: str) -> None:
        """Wait, then write."""
        self.may_write.wait()
        super().keep_draft(lesson, step, code)


async def test_a_slow_disk_holds_up_no_key_and_drafts_are_written_in_order() -> None:
    progress, told = SlowDisk(), threading.Event()
    drafts = Drafts(progress, told.set)
    assert drafts.open("small", "double", "start") == "start"
    drafts.keep("one")
    drafts.keep("two")
    assert drafts.differs("two")
    assert drafts.open("small", "double", "start") == "two"
    progress.may_write.set()
    drafts.keep_now("three")
    assert progress.draft("small", "double") == "three"
    assert not drafts.differs("three")


async def test_a_draft_taken_back_before_it_was_written_is_written_as_it_stands() -> None:
    progress = SlowDisk()
    drafts = Drafts(progress, lambda: None)
    drafts.open("small", "double", "start")
    drafts.keep("typed")
    progress.may_write.set()
    drafts.keep_now("start")
    assert progress.draft("small", "double") == "start"
