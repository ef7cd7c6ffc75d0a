"""Two lines below the code: what to look for, and what to put in its place; or the number of a line to go to."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

Seeking = Literal["text", "line"]
LABELS: dict[Seeking, str] = {"text": "Find", "line": "Line"}


class FindBar(Vertical):
    """Asks what to look for; the code pane looks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "back", show=False),
        Binding("down", "further(1)", "next", show=False),
        Binding("up", "further(-1)", "previous", show=False),
        Binding("tab,shift+tab", "other_field", "replace", show=False),
        Binding("ctrl+y", "replace_all", "all", show=False),
    ]

    class Sought(Message):
        """Other words to look for were typed."""

        def __init__(self, wanted: str, seeking: Seeking) -> None:
            super().__init__()
            self.wanted = wanted
            self.seeking = seeking

    class Further(Message):
        """The next (1) or previous (-1) place is wanted."""

        def __init__(self, way: int) -> None:
            super().__init__()
            self.way = way

    class Replaced(Message):
        """The selected place, or every place, is to be replaced."""

        def __init__(self, by: str, everywhere: bool) -> None:
            super().__init__()
            self.by = by
            self.everywhere = everywhere

    class Closed(Message):
        """The learner is done."""

    seeking: Seeking = "text"

    def compose(self) -> ComposeResult:
        """What to find, and what to put there."""
        with Horizontal(id="find-row"):
            yield Static("Find", id="find-label", classes="find-label", markup=False)
            yield Input(id="wanted", compact=True, select_on_focus=True)
            yield Static(id="find-count", markup=False)
        with Horizontal(id="replace-row"):
            yield Static("With", classes="find-label", markup=False)
            yield Input(id="replacement", compact=True)
            yield Static(Content.styled("Enter one  ^Y all", "dim"), id="replace-keys", markup=False)

    @property
    def wanted(self) -> Input:
        """What to look for."""
        return self.query_one("#wanted", Input)

    @property
    def replacement(self) -> Input:
        """What to put in its place."""
        return self.query_one("#replacement", Input)

    def open(self, seeking: Seeking, selected: str, read_only: bool) -> None:
        """Ask; what is selected in the code is looked for at once."""
        self.seeking = seeking
        self.display = True
        self.query_one("#find-label", Static).update(LABELS[seeking])
        self.query_one("#replace-row").display = seeking == "text" and not read_only
        with self.prevent(Input.Changed):
            self.wanted.value = selected if seeking == "text" and "\n" not in selected else ""
        self.tell("")
        self.wanted.focus()
        self.post_message(self.Sought(self.wanted.value, seeking))

    def tell(self, words: str) -> None:
        """Say what was found."""
        self.query_one("#find-count", Static).update(Content.styled(words, "dim"))

    @on(Input.Changed, "#wanted")
    def seek(self, event: Input.Changed) -> None:
        """Look while one types."""
        event.stop()
        self.post_message(self.Sought(event.value, self.seeking))

    @on(Input.Submitted)
    def act(self, event: Input.Submitted) -> None:
        """Enter goes on, replaces, or is done."""
        event.stop()
        if self.seeking == "line":
            self.post_message(self.Closed())
        elif event.input is self.replacement:
            self.post_message(self.Replaced(event.value, everywhere=False))
        else:
            self.post_message(self.Further(1))

    def action_further(self, way: int) -> None:
        """Go to another place."""
        if self.seeking == "text":
            self.post_message(self.Further(way))

    def action_replace_all(self) -> None:
        """Replace every place."""
        if self.query_one("#replace-row").display:
            self.post_message(self.Replaced(self.replacement.value, everywhere=True))

    def action_other_field(self) -> None:
        """From what to find to what to put there, and back."""
        other = self.replacement if self.wanted.has_focus else self.wanted
        if self.query_one("#replace-row").display:
            other.focus()

    def action_close(self) -> None:
        """Be done."""
        self.post_message(self.Closed())

    @on(events.Paste)
    def keep_to_itself(self, event: events.Paste) -> None:
        """What is pasted here is not meant for the code."""
        event.stop()
