"""The end of a lesson: what was done, what to keep, and what comes next."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tutor.lesson.catalog import Entry
from tutor.lesson.model import Lesson
from tutor.lesson.task import step_title
from tutor.panes.glyphs import Glyphs, glyphs_for
from tutor.panes.hint_bar import HintBar, Hints
from tutor.panes.lesson_card import step_line
from tutor.panes.printed import without_escapes
from tutor.panes.status_line import Status, StatusLine
from tutor.progress.contract import Progress
from tutor.screens.messages import OpenLesson, ShowContents
from tutor.services import Services

HINTS = (("Enter", "next lesson"), ("Esc", "back to the lesson"), ("m", "contents"), ("^Q", "quit"))


def summary_content(lesson: Lesson, following: Entry | None, progress: Progress, glyphs: Glyphs) -> Content:
    """The page."""
    records = progress.records().get(lesson.id, {})
    lines = [Content.styled(without_escapes(lesson.title), "bold $accent"), Content("")]
    lines += [
        step_line(number, step_title(step), records.get(step.id), glyphs)
        for number, step in enumerate(lesson.steps, start=1)
    ]
    if lesson.recap:
        lines += [Content(""), Content.styled("Worth keeping", "bold"), Content("")]
        lines += [
            Content.assemble(("  " + glyphs.dot + " ", "dim"), without_escapes(line.strip()))
            for line in lesson.recap
        ]
    attempts = sum(record.attempts for record in records.values())
    hints = sum(record.hints for record in records.values())
    lines += [Content(""), Content.styled(_counted(attempts, hints), "dim")]
    open_steps = [step for step in lesson.steps if step.id not in records or not records[step.id].passed]
    if open_steps:
        lines.append(
            Content.styled(f"Still open: {', '.join(step_title(step) for step in open_steps)}", "$warning")
        )
    if following is not None:
        lines += [
            Content(""),
            Content.assemble(
                ("Next  ", "bold"),
                without_escapes(following.title),
                (f"   {following.head.minutes} min", "dim"),
            ),
            Content.styled(without_escapes(following.head.why.strip()), "dim"),
        ]
    return Content("\n").join(lines)


def _counted(attempts: int, hints: int) -> str:
    tries = "1 attempt" if attempts == 1 else f"{attempts} attempts"
    return f"{tries}, " + ("no hints" if not hints else "1 hint" if hints == 1 else f"{hints} hints")


class SummaryScreen(Screen[None]):
    """Sums a lesson up."""

    CSS_PATH = "summary.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+n,n", "go_on", "next lesson", show=False),
        Binding("escape,p,b", "dismiss", "back", show=False),
        Binding("m,f3", "contents", "contents", show=False),
    ]

    def __init__(self, services: Services, lesson: Lesson) -> None:
        super().__init__()
        self._services = services
        self._lesson = lesson
        self._glyphs = glyphs_for(services.look.ascii)

    def compose(self) -> ComposeResult:
        """One page between two lines."""
        yield StatusLine(self._glyphs, id="status")
        with VerticalScroll(id="summary-page"):
            yield Static(id="summary", markup=False)
        yield HintBar(id="hints")

    @on(events.Mount)
    def begin(self) -> None:
        """Write the page."""
        self.query_one(StatusLine).status = Status(
            title="End of the lesson", worker=self._services.runner.state
        )
        self.query_one(HintBar).hints = Hints(only=HINTS)
        page = summary_content(self._lesson, self._following(), self._services.progress, self._glyphs)
        self.query_one("#summary", Static).update(page)
        self.query_one("#summary-page").focus()

    def _following(self) -> Entry | None:
        order = self._services.catalog.order
        at = order.index(self._lesson.id) if self._lesson.id in order else len(order)
        return self._services.catalog.entry(order[at + 1]) if at + 1 < len(order) else None

    def action_go_on(self) -> None:
        """Open the next lesson; after the last one, the course."""
        following = self._following()
        if following is None:
            self.action_contents()
        else:
            self.post_message(OpenLesson(following.id))

    def action_contents(self) -> None:
        """Show the course."""
        self.post_message(ShowContents(self._lesson.id))
