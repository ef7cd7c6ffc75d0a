"""The one-line row of names above the results: those that have something to show, the open one bright."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tutor.panes.one_line import Piece, one_line

GAP = 3


@dataclass(frozen=True, slots=True)
class Tabs:
    """Names in a row."""

    names: tuple[str, ...] = ()
    open: str = ""
    remark: str = ""
    """At the right end of the row."""


class ViewTabs(Widget):
    """Shows `Tabs`; a click opens one."""

    tabs: reactive[Tabs] = reactive(Tabs())

    @dataclass
    class Chosen(Message):
        """A name was clicked."""

        name: str
        """Which."""

    def render(self) -> Content:
        """The row."""
        pieces: list[Piece] = [(" ", "")]
        for name in self.tabs.names:
            pieces.append((name.capitalize(), "bold $accent" if name == self.tabs.open else "dim"))
            pieces.append((" " * GAP, ""))
        right: list[Piece] = [(f"{self.tabs.remark} ", "dim")] if self.tabs.remark else []
        return one_line(pieces, right, self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Open the name under the mouse."""
        start = 1
        for name in self.tabs.names:
            if start <= event.x < start + len(name):
                self.post_message(self.Chosen(name))
            start += len(name) + GAP
