"""The pane of what the program printed: only visible lines are drawn, at most fifteen times a second."""

from __future__ import annotations

from rich.segment import Segment
from rich.text import Text
from textual import events, on
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollTo, ScrollUp
from textual.strip import Strip

from tutor.panes.printed import PrintedLines

FRAMES = 15
"""Redraws a second while something is printed."""


class OutputLog(ScrollView, can_focus=True):
    """Follows the program's output as long as it is scrolled to the end."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.printed = PrintedLines()
        self._dirty = False
        self._forgotten = 0
        self._following = True

    def on_mount(self) -> None:
        """Begin to redraw in batches."""
        self.set_interval(1 / FRAMES, self.flush)

    def feed(self, text: str) -> None:
        """Take what was printed next."""
        self.printed.feed(text)
        self._dirty = True

    def clear(self) -> None:
        """Forget everything."""
        self.printed = PrintedLines()
        self._forgotten = 0
        self._following = True
        self._dirty = True
        self.flush()

    def flush(self) -> None:
        """Show what came since the last time."""
        if not self._dirty:
            return
        self._dirty = False
        height = len(self.printed.lines)
        if self.virtual_size.height != height:
            self.virtual_size = Size(self.scrollable_content_region.width, height)
        if self._following:
            self.scroll_end(animate=False, immediate=True, force=True, x_axis=False)
        elif gone := self.printed.forgotten - self._forgotten:
            self.scroll_to(y=max(0, self.scroll_offset.y - gone), animate=False, immediate=True, force=True)
        self._forgotten = self.printed.forgotten
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow again once the learner has come back to the end."""
        super().watch_scroll_y(old_value, new_value)
        if new_value > old_value and round(new_value) >= self.max_scroll_y:
            self._following = True

    @on(events.Resize)
    def stay_at_the_end(self) -> None:
        """A pane that grew or shrank still shows the last line."""
        self._dirty = True
        self.flush()

    @on(events.MouseScrollUp)
    @on(ScrollTo)
    @on(ScrollUp)
    def stop_following(self) -> None:
        """The learner looks back: new output must not carry them away."""
        self._following = False

    def action_scroll_up(self) -> None:
        """Look back by a line."""
        self.stop_following()
        super().action_scroll_up()

    def action_page_up(self) -> None:
        """Look back by a page."""
        self.stop_following()
        super().action_page_up()

    def action_scroll_home(self) -> None:
        """Look at the beginning."""
        self.stop_following()
        super().action_scroll_home()

    def render_line(self, y: int) -> Strip:
        """One visible line, colours and all."""
        width = self.scrollable_content_region.width
        index = self.scroll_offset.y + y
        lines = self.printed.lines
        if index >= len(lines):
            return Strip.blank(width, self.rich_style)
        line = lines[index]
        if "\x1b" not in line:
            return Strip([Segment(line, self.rich_style)]).adjust_cell_length(width, self.rich_style)
        text = Text.from_ansi(line, end="")
        strip = Strip(text.render(self.app.console)).apply_style(self.rich_style)
        return strip.adjust_cell_length(width, self.rich_style)
