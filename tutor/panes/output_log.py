"""The pane of what the program printed: only visible lines are drawn, at most fifteen times a second."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events, on
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollTo, ScrollUp
from textual.strip import Strip

from tutor.panes.printed import PrintedLines, plain_line

FRAMES = 15
"""Redraws a second while something is printed."""


class OutputLog(ScrollView, can_focus=True):
    """Follows the program's output as long as it is scrolled to the end; can be searched."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "search", show=False),
        Binding("n", "search_on(1)", "next", show=False),
        Binding("N", "search_on(-1)", "previous", show=False),
    ]

    class SearchAsked(Message):
        """The learner wants to look for something."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.printed = PrintedLines()
        self._dirty = False
        self._forgotten = 0
        self._following = True
        self._sought = ""
        self._found: int | None = None
        """The number of the line that was found, counted over all lines there ever were."""

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
        self._sought, self._found = "", None
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

    # Search

    def action_search(self) -> None:
        """Ask for the words to look for."""
        self.post_message(self.SearchAsked())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without words to look for `n` keeps the meaning it has elsewhere."""
        return bool(self._sought) if action == "search_on" else True

    def seek(self, words: str) -> bool:
        """Look for words, upwards from the end; False when they are nowhere."""
        self._sought, self._found = words.lower(), None
        self.refresh()
        return bool(words) and self.action_search_on(-1)

    def action_search_on(self, way: int) -> bool:
        """Go to the next or the previous line with the words; round the end when there is none."""
        lines, gone = self.printed.lines, self.printed.forgotten
        count = len(lines)
        at = self._found - gone if self._found is not None else (count if way < 0 else -1)
        for offset in range(1, count + 1):
            index = (at + way * offset) % count
            if self._sought in plain_line(lines[index]).lower():
                self._found = index + gone
                self.stop_following()
                middle = max(0, index - self.scrollable_content_region.height // 2)
                self.scroll_to(y=middle, animate=False, immediate=True, force=True)
                self.refresh()
                return True
        return False

    def _marked(self, text: Text, index: int) -> Text:
        """The line with what was sought standing out."""
        if self._sought and self._sought in text.plain.lower():
            here = self._found == index + self.printed.forgotten
            style = Style(reverse=True, bold=here, underline=here)
            text.highlight_words([self._sought], style, case_sensitive=False)
        return text

    def render_line(self, y: int) -> Strip:
        """One visible line, colours and all."""
        width = self.scrollable_content_region.width
        index = self.scroll_offset.y + y
        lines = self.printed.lines
        if index >= len(lines):
            return Strip.blank(width, self.rich_style)
        line = lines[index]
        if "\x1b" not in line and not self._sought:
            return Strip([Segment(line, self.rich_style)]).adjust_cell_length(width, self.rich_style)
        text = self._marked(Text.from_ansi(line, end=""), index)
        strip = Strip(text.render(self.app.console)).apply_style(self.rich_style)
        return strip.adjust_cell_length(width, self.rich_style)
