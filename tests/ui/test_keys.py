from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.stage import on_stage
from tutor.commands import COMMANDS
from tutor.screens.workspace import WorkspaceScreen


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.id)
def test_every_command_has_help_an_action_and_keys_that_any_terminal_sends(entry: object) -> None:
    command = next(known for known in COMMANDS if known is entry)
    name = command.id.split("(")[0]
    assert command.help.endswith(".")
    assert hasattr(WorkspaceScreen, f"action_{name}") or command.global_
    for key in command.keys:
        assert key.startswith("ctrl+") or (key[0] == "f" and 1 <= int(key[1:]) <= 9)
        assert key not in ("ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+b")


def test_no_key_means_two_things() -> None:
    keys = [key for command in COMMANDS for key in (*command.keys, *command.letters)]
    assert len(keys) == len(set(keys))


async def test_escape_leaves_the_editor_letters_act_and_i_types_again(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        editor = stage.workspace.code.editor
        assert editor.has_focus
        await stage.press("escape")
        await stage.sees("i type")
        await stage.press("h")
        await stage.sees("Hint 1 of 2")
        assert editor.text.startswith("def double")
        await stage.press("i")
        assert editor.has_focus
        await stage.press("z")
        assert editor.text.startswith("zdef double")


async def test_ctrl_o_goes_round_the_panes_and_never_gets_stuck(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="try", scripts=[[]]) as stage:
        await stage.press("ctrl+r")
        await stage.until(lambda: stage.workspace.panes.shown == ("read", "code", "results"), "the results")
        seen = []
        for _ in range(6):
            await stage.press("ctrl+o")
            seen.append(stage.workspace.panes.current)
        assert seen == ["results", "read", "code"] * 2


async def test_zoom_gives_a_pane_the_screen_and_takes_it_back(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="try") as stage:
        await stage.sees("Run this.")
        await stage.press("ctrl+l")
        await stage.until(lambda: "Run this." not in stage.text, "the zoom")
        assert "CODE" in stage.text.splitlines()[0]
        await stage.press("ctrl+l")
        await stage.sees("Run this.")


async def test_help_shows_every_key_of_the_table(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="try", size=(120, 60)) as stage:
        await stage.press("escape", "question_mark")
        for command in COMMANDS:
            await stage.sees(command.help)
        await stage.press("escape")
        await stage.sees("Run this.")


async def test_the_contents_show_all_lessons_and_name_the_faults_of_a_broken_one(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="try") as stage:
        await stage.press("f3")
        await stage.sees("The second lesson")
        await stage.sees("cannot be opened")
        await stage.press("down", "down")
        await stage.sees("c.yaml")
        await stage.press("up", "enter")
        await stage.sees("There must be a next one.")


async def test_the_palette_finds_a_command_and_a_lesson(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="try") as stage:
        await stage.press("ctrl+p")
        await stage.press(*"second")
        await stage.sees("Lesson: The second lesson")
        await stage.press("enter")
        await stage.sees("There must be a next one.")


async def test_start_over_brings_the_starter_back_and_undo_the_code(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        editor = stage.workspace.code.editor
        await stage.press("x")
        await stage.workspace.action_reset_step()
        assert editor.text.startswith("def double")
        await stage.press("ctrl+z")
        assert editor.text.startswith("xdef double")


async def test_quitting_keeps_the_code_and_closes_everything(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        await stage.press("x", "ctrl+q")
    assert (stage.progress.draft("small", "double") or "").startswith("xdef")
    assert stage.progress.closed
    assert stage.runner.closed
