"""What a newcomer sees first: one page, then the first lesson."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tutor.commands import command, shown_keys
from tutor.panes.hint_bar import HintBar, Hints

HINTS = (("Enter", "begin"), ("^Q", "quit"))
WORDS = (
    "Words on one side, code on the other. You run the code, and what it did appears beside the lines that did it:"
    " shapes, values, gradients. When it breaks, you read why in plain words.",
    "Your code runs on this machine, in a sandbox. `pytorch-tutor doctor` says what it keeps out here.",
    "What you type is saved as you type. Close the terminal at any time: you will find everything where it was.",
)
KEYS = (
    ("run", "runs the code"),
    ("check", "checks your answer"),
    ("hint", "gives a hint, and after the last one the solution"),
    ("next_step", "goes on to the next step"),
    ("next_pane", "goes to the next pane"),
    ("contents", "shows all lessons"),
    ("help", "shows all keys"),
    ("quit", "leaves"),
)


def welcome_content() -> Content:
    """The page."""
    lines = [Content.styled("Learn PyTorch by doing", "bold $accent"), Content("")]
    for words in WORDS:
        lines += [Content(words), Content("")]
    for name, does in KEYS:
        lines.append(Content.assemble((f"  {shown_keys(command(name).keys[:1]):<5}", "bold"), does))
    lines += [Content(""), Content("Nothing needs a mouse. Esc, then a single letter, does the same.")]
    return Content("\n").join(lines)


class WelcomeScreen(ModalScreen[None]):
    """One page."""

    CSS_PATH = "welcome.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space,ctrl+n", "dismiss", "begin", show=False)
    ]

    def compose(self) -> ComposeResult:
        """The page, and how to go on."""
        with VerticalScroll(id="welcome-page"):
            yield Static(welcome_content(), id="welcome", markup=False)
        yield HintBar(id="hints")

    @on(events.Mount)
    def begin(self) -> None:
        """Say how to go on."""
        self.query_one(HintBar).hints = Hints(only=HINTS)
        self.query_one("#welcome-page").focus()
