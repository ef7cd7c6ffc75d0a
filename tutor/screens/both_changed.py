"""Asks which code to keep, when it was changed here and in the file that is watched."""

from __future__ import annotations

import difflib
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tutor.panes.hint_bar import HintBar, Hints
from tutor.panes.printed import without_escapes

HINTS = (("f", "take the file's"), ("m", "keep mine"), ("Esc", "keep mine"), ("↑↓", "scroll"))


def difference(mine: str, theirs: str) -> Content:
    """The lines that differ, mine with a minus, the file's with a plus."""
    lines = difflib.unified_diff(mine.splitlines(), theirs.splitlines(), n=2, lineterm="")
    shown = [Content(without_escapes(line)) for line in [*lines][2:]]
    styles = {"-": "$error", "+": "$success", "@": "dim"}
    return Content("\n").join(line.stylize(styles.get(line.plain[:1], "")) for line in shown)


class BothChanged(ModalScreen[bool]):
    """True: take the file's code."""

    CSS_PATH = "both_changed.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "dismiss(True)", "file", show=False),
        Binding("m,escape,q", "dismiss(False)", "mine", show=False),
    ]

    def __init__(self, path: str, mine: str, theirs: str) -> None:
        super().__init__()
        self._path = path
        self._mine, self._theirs = mine, theirs

    def compose(self) -> ComposeResult:
        """What happened, and the difference."""
        with VerticalScroll(id="both-page"):
            words = f"The code was changed here (-) and in {self._path} (+). Both are kept; ^Z brings the other one back."
            yield Static(Content.assemble((words, "bold"), "\n\n", difference(self._mine, self._theirs)))
        yield HintBar(id="hints")

    @on(events.Mount)
    def begin(self) -> None:
        """Say how to answer."""
        self.query_one(HintBar).hints = Hints(only=HINTS)
        self.query_one("#both-page").focus()
