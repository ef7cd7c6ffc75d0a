"""Lines to put in order: take one up, carry it, put it down; what stands below the divider is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Static

from tutor.lesson.task import shuffled
from tutor.panes.printed import without_escapes

DIVIDER = None
"""Stands between the lines that are used and those left out."""

Line = str | None


def arranged(lines: Sequence[str], draft: str) -> list[Line]:
    """All lines as the draft has them; those it does not use stand below the divider."""
    left = list(lines)
    used: list[Line] = []
    for line in draft.splitlines():
        if line in left:
            left.remove(line)
            used.append(line)
    return [*used, DIVIDER, *left]


class LineSorter(VerticalScroll, can_focus=True):
    """A list whose lines can be carried up and down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "walk(-1)", "up", show=False),
        Binding("down,j", "walk(1)", "down", show=False),
        Binding("space,enter", "pick", "take up or put down", show=False),
        Binding("escape", "drop", "put down", show=False),
    ]

    class Moved(Message):
        """A line was put elsewhere."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[Line] = [DIVIDER]
        self._at = 0
        self._carrying = False

    def compose(self) -> ComposeResult:
        """One text; the row one is at is drawn differently."""
        yield Static(id="sorted", markup=False)

    @property
    def code(self) -> str:
        """The used lines in their order."""
        used = self._lines[: self._lines.index(DIVIDER)]
        return "".join(f"{line}\n" for line in used)

    def open(self, lines: Sequence[str], distractors: Sequence[str], draft: str) -> None:
        """Begin with shuffled lines, or as they were left."""
        solution = [line for line in lines if line.strip()]
        every = [*solution, *distractors]
        self._lines = arranged(every, draft) if draft.strip() else [*shuffled(every, "".join(lines)), DIVIDER]
        self._at, self._carrying = 0, False
        self._draw()

    def action_walk(self, by: int) -> None:
        """Go to the next line, with the one that is carried."""
        to = self._at + by
        if not 0 <= to < len(self._lines):
            return
        if self._carrying:
            self._lines[self._at], self._lines[to] = self._lines[to], self._lines[self._at]
            self.post_message(self.Moved())
        self._at = to
        self._draw()

    def action_pick(self) -> None:
        """Take the line up, or put it down."""
        self._carrying = not self._carrying and self._lines[self._at] is not DIVIDER
        self._draw()

    def action_drop(self) -> None:
        """Put the line down."""
        self._carrying = False
        self._draw()

    def on_focus(self) -> None:
        """Show where one is."""
        self._draw()

    def on_blur(self) -> None:
        """Put down what is carried."""
        self.action_drop()

    def _draw(self) -> None:
        rows = [self._row(index, line) for index, line in enumerate(self._lines)]
        help_line = Content.styled("\n\n Space takes a line up, ↑ ↓ carry it, Space puts it down.", "dim")
        self.query_one("#sorted", Static).update(Content("\n").join(rows) + help_line)
        self.scroll_to_region(Region(0, self._at, 1, 1), animate=False)

    def _row(self, index: int, line: Line) -> Content:
        here = index == self._at and self.has_focus
        sign = ("≡ " if self._carrying else "> ") if here else "  "
        style = "bold $accent" if here else ""
        if line is None:
            return Content.assemble((sign, style), ("--- not used ---", "dim"))
        unused = index > self._lines.index(DIVIDER)
        return Content.assemble((sign, style), (without_escapes(line), style or ("dim" if unused else "")))
