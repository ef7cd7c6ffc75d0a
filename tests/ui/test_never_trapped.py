from __future__ import annotations

from pathlib import Path

import pytest
from textual.widget import Widget

from tests.ui.stage import Stage, on_stage
from tutor.events import Output

STEPS = ("read", "try", "guess", "say", "double", "pick", "sort")


async def _open_everything(stage: Stage) -> None:
    """Run, and have the find bar open where there is code: as many places to be caught in as there can be."""
    if not stage.workspace.query_one("#code").has_class("absent"):
        await stage.press("ctrl+r")
        await stage.until(lambda: not stage.workspace.session.busy, "the end of the run")
        await stage.press("ctrl+f")


def _places(stage: Stage) -> list[Widget]:
    return [each for each in stage.workspace.focus_chain if each.focusable]


async def _focused(stage: Stage, place: Widget) -> None:
    place.focus()
    await stage.until(lambda: bool(place.has_focus), f"the focus on {place}")


@pytest.mark.parametrize("step", STEPS)
async def test_from_wherever_the_keyboard_is_the_next_pane_is_one_key_away(tmp_path: Path, step: str) -> None:
    async with on_stage(tmp_path, step=step, scripts=[[Output(text="words\n")]]) as stage:
        await _open_everything(stage)
        places = _places(stage)
        assert places
        for key in ("ctrl+o", "f6"):
            for place in places:
                await _focused(stage, place)
                before = stage.workspace.panes.current
                await stage.press(key)
                alone = len(stage.workspace.panes.shown) == 1
                assert alone or stage.workspace.panes.current != before, f"{key} does not leave {place}"


@pytest.mark.parametrize("step", STEPS)
async def test_escape_always_leads_to_where_letters_act(tmp_path: Path, step: str) -> None:
    async with on_stage(tmp_path, step=step, scripts=[[Output(text="words\n")]]) as stage:
        await _open_everything(stage)
        for place in _places(stage):
            await _focused(stage, place)
            # One for what is open beside the cursor, one for the bar, one for the editor.
            await stage.press("escape", "escape", "escape")
            assert not stage.workspace.panes.typing, f"escape does not leave {place}"
        await stage.press("m")
        await stage.sees("The second lesson")
