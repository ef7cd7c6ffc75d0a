"""What the program printed, what went wrong, and the line `input()` waits for."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static

from tutor.panes.output_log import OutputLog


class OutputView(Vertical):
    """The output log, with the error above it and a line to type into below."""

    @dataclass
    class LineTyped(Message):
        """The learner answered `input()`."""

        text: str

    def compose(self) -> ComposeResult:
        """Error, output, input; the first and the last only when there are any."""
        with VerticalScroll(id="error-card", can_focus=False):
            yield Static(id="error-text", markup=False)
        yield OutputLog(id="output-log")
        yield Input(id="stdin")

    def on_mount(self) -> None:
        """Begin with nothing but the log."""
        self.show_error(None)
        self.ask_line(None)

    @property
    def log_pane(self) -> OutputLog:
        """What was printed."""
        return self.query_one(OutputLog)

    def show_error(self, card: Text | None) -> None:
        """Show the explanation of an error, or none."""
        self.query_one("#error-card").display = card is not None
        if card is not None:
            self.query_one("#error-text", Static).update(card)

    def ask_line(self, prompt: str | None) -> None:
        """Offer a line to `input()`, or take it away."""
        line = self.query_one("#stdin", Input)
        line.display = prompt is not None
        if prompt is not None:
            line.placeholder = "the program waits for a line"
            line.focus()

    @on(Input.Submitted, "#stdin")
    def pass_line_on(self, event: Input.Submitted) -> None:
        """A line was typed."""
        event.stop()
        line = event.value
        event.input.value = ""
        self.ask_line(None)
        self.post_message(self.LineTyped(line))
