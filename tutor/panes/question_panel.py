"""A question and its answer: choices to walk through, or a line to type; then what was right and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tutor.panes.printed import without_escapes


class QuestionPanel(Vertical):
    """Hidden until a step asks something."""

    @dataclass
    class Answered(Message):
        """The learner gave an answer."""

        answer: str
        index: int | None = None
        """Which choice it was; None: it was typed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._choices: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Question, choices, line to type, verdict; only what is needed is shown."""
        yield Static(id="asked", markup=False)
        yield OptionList(id="choices", markup=False)
        yield Input(id="typed", placeholder="your answer, then Enter")
        yield Static(id="reply", markup=False)

    async def ask(self, question: str) -> None:
        """Ask without offering anything yet; an empty question hides the panel."""
        self.display = bool(question)
        self._choices = ()
        self.query_one("#asked", Static).update(Content(question.replace("`", "")))
        self.query_one("#choices").display = False
        self.query_one("#typed").display = False
        self.query_one("#reply").display = False

    def offer(self, choices: Sequence[str]) -> None:
        """Let the learner choose."""
        self._choices = tuple(choices)
        shown = self.query_one("#choices", OptionList)
        shown.set_options([Option(Content(without_escapes(choice))) for choice in choices])
        shown.highlighted = 0
        shown.display = True

    def offer_line(self, written: str = "") -> None:
        """Let the learner type."""
        line = self.query_one("#typed", Input)
        line.value = written
        line.display = True

    def reply(self, text: RenderableType | Content) -> None:
        """Say what was right and why."""
        shown = self.query_one("#reply", Static)
        shown.update(text)
        shown.display = True

    def close_question(self) -> None:
        """Take no more answers."""
        self.query_one("#choices").disabled = True
        self.query_one("#typed").disabled = True

    @property
    def closed(self) -> bool:
        """Whether no more answers are taken."""
        return bool(self.query_one("#typed").disabled)

    def open_question(self) -> None:
        """Take answers again."""
        self.query_one("#choices").disabled = False
        self.query_one("#typed").disabled = False

    @property
    def answerable(self) -> Widget | None:
        """What an answer is given with; None when there is nothing to answer."""
        for selector in ("#choices", "#typed"):
            widget = self.query_one(selector)
            if self.display and widget.display and not widget.disabled:
                return widget
        return None

    @on(OptionList.OptionSelected, "#choices")
    def answer_by_choice(self, event: OptionList.OptionSelected) -> None:
        """A choice was taken."""
        event.stop()
        self.post_message(self.Answered(self._choices[event.option_index], event.option_index))

    @on(Input.Submitted, "#typed")
    def answer_by_line(self, event: Input.Submitted) -> None:
        """A line was typed."""
        event.stop()
        if event.value.strip():
            self.post_message(self.Answered(event.value.strip()))
