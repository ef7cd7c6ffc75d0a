from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.stage import on_stage
from tutor.commands import COMMANDS, put_in_force
from tutor.key_map import with_keys


@pytest.fixture
def own_keys() -> Iterator[None]:
    put_in_force(with_keys(COMMANDS, {"run": ("f7", "x"), "move_lines(1)": ("ctrl+y",), "hint": ()}))
    yield
    put_in_force(COMMANDS)


@pytest.mark.usefixtures("own_keys")
async def test_the_learners_keys_act_and_are_shown_and_the_former_ones_rest(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        editor = stage.workspace.code.editor
        await stage.sees("F7 run")
        assert "^G hint" not in stage.text
        await stage.press("ctrl+r", "ctrl+g")
        assert not stage.runner.requests
        await stage.press("f7")
        await stage.until(lambda: len(stage.runner.requests) == 1, "the run")
        await stage.press("ctrl+y")
        await stage.until(lambda: editor.text.startswith("    ...\ndef"), "the moved line")
        await stage.press("escape", "r", "x")
        await stage.until(lambda: len(stage.runner.requests) == 2, "the second run")
        await stage.press("question_mark")
        await stage.sees("your own")
