from __future__ import annotations

from pathlib import Path

from tests.ui.stage import Stage, on_stage
from tutor.screens.both_changed import BothChanged
from tutor.settings import Settings

STARTER = "def double(n):\n    ...\n"


def _settings(folder: Path, *, watch: bool = True) -> Settings:
    return Settings(data_dir=folder / "kept", watch=watch)


def _file(folder: Path) -> Path:
    return folder / "kept" / "watched" / "small" / "double.py"


async def _asked(stage: Stage) -> None:
    await stage.until(lambda: isinstance(stage.app.screen, BothChanged), "the question")


async def test_the_code_stands_in_a_file_and_what_is_saved_there_is_loaded_and_run(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double", settings=_settings(tmp_path)) as stage:
        file = _file(tmp_path)
        await stage.sees("Edit ")
        assert file.read_text() == STARTER
        file.write_text("x = 1\n")
        await stage.until(lambda: [one.source for one in stage.runner.requests] == ["x = 1\n"], "the run")
        assert stage.workspace.code.code == "x = 1\n"
        assert stage.progress.draft("small", "double") == "x = 1\n"
        await stage.press("ctrl+z")
        assert stage.workspace.code.code == STARTER


async def test_what_is_typed_here_comes_into_the_file(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double", settings=_settings(tmp_path)) as stage:
        await stage.press("x")
        await stage.until(lambda: _file(tmp_path).read_text() == "x" + STARTER, "the file")
        assert not stage.runner.requests


async def test_when_both_changed_the_learner_is_asked_and_the_file_may_be_taken(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double", settings=_settings(tmp_path)) as stage:
        await stage.press("x")
        _file(tmp_path).write_text("theirs\n")
        await _asked(stage)
        await stage.sees("+theirs")
        await stage.press("f")
        await stage.until(lambda: len(stage.runner.requests) == 1, "the run")
        assert stage.workspace.code.code == "theirs\n"
        assert "x" + STARTER in stage.progress.drafts["small", "double"]
        await stage.press("ctrl+z")
        assert stage.workspace.code.code == "x" + STARTER


async def test_or_ones_own_code_is_kept_and_the_files_stays_in_the_history(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double", settings=_settings(tmp_path)) as stage:
        await stage.press("x")
        _file(tmp_path).write_text("theirs\n")
        await _asked(stage)
        await stage.press("escape")
        await stage.until(lambda: _file(tmp_path).read_text() == "x" + STARTER, "the file")
        assert stage.workspace.code.code == "x" + STARTER
        assert "theirs\n" in stage.progress.drafts["small", "double"]
        assert stage.progress.draft("small", "double") == "x" + STARTER
        assert not stage.runner.requests


async def test_watching_is_switched_on_and_off_in_the_palette_and_each_step_has_its_file(
    tmp_path: Path,
) -> None:
    async with on_stage(tmp_path, step="try", settings=_settings(tmp_path, watch=False)) as stage:
        folder = _file(tmp_path).parent
        assert not folder.exists()
        stage.workspace.action_watch_file()
        await stage.until(lambda: (folder / "try.py").exists(), "the file")
        stage.workspace.action_watch_file()
        (folder / "try.py").write_text("late = 1\n")
        await stage.press("ctrl+n")
        await stage.at("guess")
        stage.workspace.action_watch_file()
        assert [each.name for each in folder.iterdir()] == ["try.py"]


async def test_a_folder_that_cannot_be_written_ends_the_watch_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file where the folder would be")
    async with on_stage(tmp_path, step="double", settings=_settings(tmp_path)) as stage:
        await stage.sees("no longer watched")
        await stage.press("x")
        assert stage.workspace.code.code == "x" + STARTER
