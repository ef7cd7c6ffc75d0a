"""All keys, from the table of commands."""

from __future__ import annotations

import textwrap
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tutor.bindings import own_keys
from tutor.commands import Command, in_force, shown_keys
from tutor.panes.hint_bar import HintBar, Hints

KEYS_WIDTH = 10
LETTERS_WIDTH = 10
LABEL_WIDTH = 20
HINTS = (("Esc", "back"), ("↑↓", "scroll"))
MODES = (
    "While you type, keys with ^ (ctrl) act. After Esc single letters act too; i or Enter goes back to typing.",
    "What a line did stands at its end. A sign in the margin marks the line an error or a remark is about.",
)
OWN_KEYS = (
    "Keys of your own go into keys.yaml in the data folder, one line a command: `run: [ctrl+r, f5]`.",
    "Some of these keys are your own, from keys.yaml in the data folder.",
)
IN_EDITOR = (
    ("Tab, shift+Tab", "indent and dedent"),
    ("^Z  ^Y", "undo and redo"),
    ("^X  ^C  ^V", "cut, copy, paste; without a selection ^X takes the line"),
    ("^A  ^E", "beginning and end of the line"),
    ("^U  ^K  ^W", "delete to the beginning, to the end, the last word"),
)


def help_content(width: int) -> Content:
    """The whole page."""
    lines = [Content.styled("Keys", "bold $accent"), Content("")]
    lines += [_row(entry, width) for entry in in_force()]
    lines += [Content(""), Content.styled("In the editor", "bold $accent"), Content("")]
    lines += [Content.assemble((f"  {keys:<22}", "bold"), (words, "")) for keys, words in IN_EDITOR]
    lines[2:2] = [*(Content(words) for words in (*MODES, OWN_KEYS[bool(own_keys())])), Content("")]
    return Content("\n").join(lines)


def _row(entry: Command, width: int) -> Content:
    keys, letters = shown_keys(entry.keys), shown_keys(entry.letters)
    label = f"{entry.label:<{LABEL_WIDTH}}" if width >= 90 else ""
    margin = 2 + KEYS_WIDTH + LETTERS_WIDTH + len(label)
    first, *rest = textwrap.wrap(entry.help, max(20, width - margin)) or [""]
    head = Content.assemble(
        (f"  {keys:<{KEYS_WIDTH}}{letters:<{LETTERS_WIDTH}}", "bold"), (label, "$accent"), (first, "")
    )
    return Content("\n").join([head, *(Content(" " * margin + line) for line in rest)])


class HelpScreen(ModalScreen[None]):
    """One page of keys."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,question_mark,q,enter", "dismiss", "back", show=False),
        Binding("j", "scroll(1)", "down", show=False),
        Binding("k", "scroll(-1)", "up", show=False),
    ]

    def compose(self) -> ComposeResult:
        """The page, and the way back."""
        with VerticalScroll(id="help-page"):
            yield Static(id="help-text", markup=False)
        yield HintBar(id="hints")

    @on(events.Mount)
    def begin(self) -> None:
        """Say how to leave."""
        self.query_one(HintBar).hints = Hints(only=HINTS)
        self.query_one("#help-page").focus()

    @on(events.Resize)
    def draw(self) -> None:
        """Write the page for the width there is."""
        self.query_one("#help-text", Static).update(help_content(self.size.width - 6))

    def action_scroll(self, way: int) -> None:
        """Scroll by a line."""
        self.query_one("#help-page", VerticalScroll).scroll_relative(y=way, animate=False)
