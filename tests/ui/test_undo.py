from __future__ import annotations

import asyncio
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual import events
from textual.app import App, ComposeResult

from tutor.editor.code_editor import CodeEditor

KEYS = ("a", "(", ")", "'", "enter", "tab", "backspace", "delete", "up", "down", "left", "right", "home", "end",
        "shift+up", "shift+right", "shift+tab", "ctrl+z", "ctrl+y", "ctrl+k", "ctrl+u", "ctrl+w", "ctrl+x",
        "ctrl+home", "ctrl+end")  # fmt: skip
PASTES = ("x", "one\ntwo", ">>> a = 1\n... b", "\n\n\n", "    if a:\n        b\n", "\r\nöß→\t")
ACTIONS = ("toggle_comment", "indent", "dedent", "match_bracket", "move_lines(1)", "move_lines(-1)")

Deed = tuple[str, str]
DEEDS = st.one_of(
    st.tuples(st.just("key"), st.sampled_from(KEYS)),
    st.tuples(st.just("paste"), st.sampled_from(PASTES)),
    st.tuples(st.just("action"), st.sampled_from(ACTIONS)),
    st.tuples(st.just("replace"), st.sampled_from(("a", "(", "\n"))),
)


class _Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield CodeEditor("def f(a):\n    return a\n")


async def _do(deeds: Sequence[Deed]) -> list[str]:
    """What the text was in between, the last one after everything was undone."""
    app = _Bare()
    async with app.run_test(size=(40, 12)) as pilot:
        editor = app.query_one(CodeEditor)
        editor.focus()
        for kind, what in deeds:
            match kind:
                case "key":
                    await pilot.press(what)
                case "paste":
                    editor.post_message(events.Paste(what))
                    await pilot.pause()
                case "action":
                    await editor.run_action(what)
                case _:
                    editor.look_for("a")
                    editor.replace_all_found(what)
                    editor.look_for("")
            row, column = editor.cursor_location
            assert 0 <= row < editor.document.line_count
            assert 0 <= column <= len(editor.document.get_line(row))
        texts = [editor.text]
        while editor.history.undo_stack:
            editor.action_undo()
        texts.append(editor.text)
        while editor.history.redo_stack:
            editor.action_redo()
        texts.append(editor.text)
        assert app.return_code is None or app.return_code == 0
        return texts


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DEEDS, max_size=25))
def test_whatever_is_typed_pasted_moved_and_undone_everything_can_be_undone_and_redone(
    deeds: list[Deed],
) -> None:
    after, undone, redone = asyncio.run(_do(deeds))
    assert undone == "def f(a):\n    return a\n"
    if ("key", "ctrl+z") not in deeds and ("key", "ctrl+y") not in deeds:
        assert redone == after


def test_undoing_a_paste_does_not_end_the_tutor() -> None:
    texts = asyncio.run(
        _do([("key", "ctrl+end"), ("paste", "one\ntwo\nthree"), ("key", "ctrl+z"), ("key", "up")])
    )
    assert texts[1] == "def f(a):\n    return a\n"
