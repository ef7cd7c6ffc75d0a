"""Which pane one is in, whether one types, and which pane has the whole screen."""

from __future__ import annotations

from typing import Literal

from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Input

from tutor.editor.code_editor import CodeEditor
from tutor.panes.code_pane import CodePane
from tutor.panes.reading_pane import ReadingPane
from tutor.panes.results_pane import ResultsPane

PaneName = Literal["read", "code", "results"]
PANES: tuple[PaneName, ...] = ("read", "code", "results")


class PaneFocus:
    """Moves between the panes of a screen."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self.current: PaneName = "code"

    @property
    def typing(self) -> bool:
        """Whether letters go into a text."""
        focused = self._screen.focused
        return isinstance(focused, Input) or (isinstance(focused, CodeEditor) and not focused.read_only)

    @property
    def shown(self) -> tuple[PaneName, ...]:
        """Panes that are on the screen, or would be without the zoom."""
        return tuple(name for name in PANES if not self._screen.query_one(f"#{name}").has_class("absent"))

    def go(self, name: PaneName, *, typing: bool) -> None:
        """Go to a pane; in the code one types, unless one came by single letters.

        The focus moves at once: `Widget.focus` asks for it behind the keys that already wait, which would then be lost.
        """
        if name not in self.shown:
            return
        self.current = name
        self._mark()
        match name:
            case "read":
                self._screen.set_focus(self._screen.query_one(ReadingPane).focus_target())
            case "code":
                code = self._screen.query_one(CodePane)
                takes_keys = typing or code.sorting or code.editor.read_only
                self._screen.set_focus(code.focus_target() if takes_keys else None)
            case "results":
                self._screen.set_focus(self._screen.query_one(ResultsPane).focus_target())

    def go_on(self) -> None:
        """Go to the next pane; whoever types goes on typing."""
        shown = self.shown
        at = shown.index(self.current) if self.current in shown else -1
        self.go(shown[(at + 1) % len(shown)], typing=self.typing or self._screen.focused is not None)

    def follow(self) -> None:
        """Notice that the focus went elsewhere, by the mouse for one."""
        focused = self._screen.focused
        if focused is None:
            return
        for name in PANES:
            if self._screen.query_one(f"#{name}") in focused.ancestors_with_self:
                self.current = name
        self._mark()

    @property
    def zoomed(self) -> bool:
        """Whether one pane has the whole screen."""
        return self._screen.query_one("#panes", Container).has_class("zoomed")

    def zoom(self, on: bool | None = None) -> None:
        """Give the pane the whole screen, or take it back."""
        self._screen.query_one("#panes", Container).set_class(not self.zoomed if on is None else on, "zoomed")

    def _mark(self) -> None:
        for name in PANES:
            self._screen.query_one(f"#{name}").set_class(name == self.current, "current")
