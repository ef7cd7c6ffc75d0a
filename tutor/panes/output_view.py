"""What the program printed, and the line `input()` waits for."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from tutor.panes.output_log import OutputLog


class OutputView(Vertical):
    """The output log, with a line to type into below."""

    @dataclass
    class LineTyped(Message):
        """The learner answered `input()`."""

        text: str

    def compose(self) -> ComposeResult:
        """The log, and the line while the program waits for it."""
        yield OutputLog(id="output-log")
        yield Input(id="output-search", placeholder="find in the output; then n and N")
        yield Input(id="stdin")

    def on_mount(self) -> None:
        """Begin with nothing but the log."""
        self.ask_line(None)
        self.query_one("#output-search").display = False

    # Search

    @on(OutputLog.SearchAsked)
    def ask_words(self) -> None:
        """Offer a line for the words."""
        line = self.query_one("#output-search", Input)
        line.value = ""
        line.display = True
        self.screen.set_focus(line)

    @on(Input.Submitted, "#output-search")
    def look_for(self, event: Input.Submitted) -> None:
        """Go to the last line with the words."""
        event.stop()
        if event.value and not self.log_pane.seek(event.value):
            event.input.placeholder = f"nowhere: {event.value}"
            event.input.value = ""
            return
        event.input.display = False
        self.screen.set_focus(self.log_pane)

    def key_escape(self, event: events.Key) -> None:
        """Out of the search."""
        line = self.query_one("#output-search")
        if line.display:
            event.stop()
            line.display = False
            self.log_pane.seek("")
            self.screen.set_focus(self.log_pane)

    # The program

    @property
    def log_pane(self) -> OutputLog:
        """What was printed."""
        return self.query_one(OutputLog)

    def ask_line(self, prompt: str | None) -> None:
        """Offer a line to `input()`, or take it away."""
        line = self.query_one("#stdin", Input)
        line.display = prompt is not None
        if prompt is not None:
            line.placeholder = "the program waits for a line"

    @property
    def waits_for_line(self) -> bool:
        """Whether the program waits in `input()`."""
        return bool(self.query_one("#stdin").display)

    def focus_target(self) -> Widget:
        """What takes the focus: the line the program waits for, else the log."""
        return self.query_one("#stdin") if self.waits_for_line else self.log_pane

    @on(Input.Submitted, "#stdin")
    def pass_line_on(self, event: Input.Submitted) -> None:
        """A line was typed."""
        event.stop()
        line = event.value
        event.input.value = ""
        self.post_message(self.LineTyped(line))
