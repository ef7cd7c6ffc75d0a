"""The explanation: a step's text, then its hints and what to keep from it, and the question where there is one."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Markdown

from tutor.lesson.model import Choice, Lesson, Predict, Step
from tutor.panes.printed import without_escapes
from tutor.panes.question_panel import QuestionPanel
from tutor.panes.step_text import hint_markdown, question_of, step_markdown
from tutor.renderables.drawn_signs import in_ascii


class ReadingPane(Vertical):
    """Shows one step's words; what comes later is added below and scrolled to."""

    def __init__(self, ascii: bool, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._ascii = ascii
        self._markdown = ""

    def compose(self) -> ComposeResult:
        """The text, and below it room for a question."""
        with VerticalScroll(id="reading"):
            yield Markdown(id="step-text", open_links=False)
        yield QuestionPanel(id="question")

    @property
    def scroller(self) -> VerticalScroll:
        """What takes the focus when the pane is read."""
        return self.query_one("#reading", VerticalScroll)

    @property
    def question(self) -> QuestionPanel:
        """The question, where the step asks one."""
        return self.query_one(QuestionPanel)

    @property
    def markdown(self) -> str:
        """The step's words as they are shown."""
        return self._markdown

    def focus_target(self) -> Widget:
        """What takes the focus: the question as long as it can be answered, else the text."""
        return self.question.answerable or self.scroller

    async def show_step(self, lesson: Lesson, step: Step) -> None:
        """Show a step from its beginning."""
        await self.scroller.query(".added").remove()
        self._markdown = self._shown(step_markdown(lesson, step))
        await self.query_one("#step-text", Markdown).update(self._markdown)
        self.scroller.scroll_home(animate=False)
        await self.question.ask(question_of(step) if isinstance(step, Predict | Choice) else "")

    async def show_hint(self, number: int, total: int, text: str) -> None:
        """Add one rung of the ladder."""
        await self._add(hint_markdown(number, total, text), "hint")

    async def show_after(self, text: str) -> None:
        """Add what to keep; once only."""
        if not self.scroller.query(".after"):
            await self._add(without_escapes(text.strip()), "after")

    async def say(self, text: str) -> None:
        """Add a remark of our own."""
        await self._add(text, "remark")

    async def _add(self, markdown: str, kind: str) -> None:
        await self.scroller.mount(Markdown(self._shown(markdown), classes=f"added {kind}", open_links=False))
        self.scroller.scroll_end(animate=False)

    def _shown(self, markdown: str) -> str:
        return in_ascii(markdown) if self._ascii else markdown
