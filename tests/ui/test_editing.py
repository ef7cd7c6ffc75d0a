from __future__ import annotations

from pathlib import Path

from textual.events import Key

from tests.ui.stage import Stage, on_stage
from tutor.editor.code_editor import CodeEditor

CODE = "one = 1\ntwo = (one +\n       1)\none = two\n"


def _fill(stage: Stage, code: str = CODE) -> CodeEditor:
    editor = stage.workspace.code.editor
    stage.workspace.code.replace_code(code)
    return editor


async def test_find_selects_the_first_place_counts_them_and_goes_on_both_ways(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        editor = _fill(stage)
        await stage.press("ctrl+f", *"one")
        await stage.sees("1 of 3")
        assert editor.selected_text == "one"
        await stage.press("enter")
        await stage.sees("2 of 3")
        assert editor.selection.start == (1, 7)
        await stage.press("up", "up")
        await stage.sees("3 of 3")
        await stage.press("escape")
        await stage.until(lambda: editor.has_focus, "the editor")
        assert editor.selection.start == (3, 0)
        assert not stage.workspace.code.find_bar.display


async def test_replace_changes_one_place_or_all_and_undo_takes_all_back_at_once(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        editor = _fill(stage)
        await stage.press("ctrl+f", *"one", "tab", *"uno", "enter")
        await stage.until(lambda: editor.text.startswith("uno = 1\ntwo = (one"), "one replaced")
        await stage.press("ctrl+y")
        await stage.sees("2 replaced")
        assert editor.text == CODE.replace("one", "uno")
        await stage.press("escape", "ctrl+z")
        await stage.until(lambda: editor.text == CODE.replace("one", "uno", 1), "undo")


async def test_find_works_in_code_that_is_only_for_reading_and_replaces_nothing(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="say") as stage:
        await stage.until(lambda: stage.workspace.code.editor.read_only, "the code")
        await stage.press("ctrl+f", *"1")
        await stage.sees("1 of 2")
        await stage.press("tab", "ctrl+y")
        assert stage.workspace.code.editor.text == "y = 1 + 1\n"


async def test_go_to_line_goes_there_while_one_types_the_number(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        editor = _fill(stage)
        await stage.press("ctrl+backslash", "3")
        await stage.until(lambda: editor.cursor_location == (2, 7), "line 3")
        await stage.press("enter")
        await stage.until(lambda: editor.has_focus, "the editor")
        await stage.press("escape", "g", "9", "9", "escape")
        assert editor.cursor_location == (4, 0)


async def test_lines_move_up_and_down_with_their_selection_and_not_beyond_the_ends(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        editor = _fill(stage, "a\nb\nc")
        editor.move_cursor((1, 1))
        await stage.press("ctrl+up")
        assert editor.text == "b\na\nc"
        assert editor.cursor_location == (0, 1)
        await stage.press("ctrl+up")
        assert editor.text == "b\na\nc"
        await stage.press("shift+down", "ctrl+down")
        assert editor.text == "c\nb\na"
        assert editor.selected_text == "\na"
        await stage.press("ctrl+z", "ctrl+z")
        assert editor.text == "a\nb\nc"


async def test_letters_after_escape_move_indent_and_comment_lines(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        editor = _fill(stage, "a\nb")
        await stage.press("escape", "D")
        assert editor.text == "b\na"
        await stage.press("greater_than_sign")
        assert editor.text == "b\n    a"
        await stage.press("less_than_sign", "number_sign")
        assert editor.text == "b\n# a"


async def test_the_matching_bracket_is_jumped_to_and_back(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        editor = _fill(stage)
        editor.move_cursor((1, 6))
        await stage.press("ctrl+right_square_bracket")
        assert editor.cursor_location == (2, 8)
        await stage.press("ctrl+right_square_bracket")
        assert editor.cursor_location == (1, 6)


async def test_keys_that_come_in_one_go_act_in_their_order(tmp_path: Path) -> None:
    async with on_stage(tmp_path, step="double") as stage:
        editor = _fill(stage, "one\ntwo")
        for key in (
            Key("ctrl+end", None),
            Key("x", "x"),
            Key("home", None),
            Key("y", "y"),
            Key("up", None),
            Key("z", "z"),
        ):
            stage.app.post_message(key)
        await stage.until(lambda: "z" in editor.text, "the last letter")
        assert editor.text == "ozne\nytwox"
