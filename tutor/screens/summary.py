"""The end of a lesson: what was done, what to keep, and what comes next."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from tutor.lesson.catalog import Entry
from tutor.lesson.model import Lesson
from tutor.panes.glyphs import glyphs_for
from tutor.panes.hint_bar import HintBar, Hints
from tutor.panes.lesson_end import LessonEnd, lesson_end
from tutor.panes.status_line import Status, StatusLine
from tutor.screens.messages import OpenLesson, ShowContents
from tutor.services import Services

AHEAD = 365 * 86_400.0
"""Seconds; reviews further away than this are not looked for."""
HINTS = (("Enter", "next lesson"), ("Esc", "back to the lesson"), ("m", "contents"), ("^Q", "quit"))


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
        self.query_one("#summary", Static).update(lesson_end(self._told(), self._glyphs))
        self.query_one("#summary-page").focus()

    def _told(self) -> LessonEnd:
        services, lesson = self._services, self._lesson
        now = services.clock()
        reviews = [due.due for due in services.progress.due(now + AHEAD) if due.lesson == lesson.id]
        return LessonEnd(
            lesson=lesson,
            records=services.progress.records().get(lesson.id, {}),
            diary=services.keepsakes.diary(lesson.id),
            review=min(reviews) - now if reviews else None,
            following=self._following(),
        )

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
