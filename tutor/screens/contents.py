"""The course map: tracks and lessons, what is done, what cannot be opened and why."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tutor.panes.course_rows import count_line, lesson_row, row_content, track_content
from tutor.panes.glyphs import glyphs_for
from tutor.panes.hint_bar import HintBar, Hints
from tutor.panes.lesson_card import lesson_card
from tutor.panes.status_line import Status, StatusLine
from tutor.screens.messages import OpenLesson
from tutor.services import Services

HINTS = (("Enter", "open"), ("↑↓", "walk"), ("Esc", "back"), ("^P", "palette"), ("^Q", "quit"))


class ContentsScreen(Screen[None]):
    """All lessons in order."""

    CSS_PATH = "contents.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f3,m", "back", "back", show=False),
        Binding("j", "walk('down')", "down", show=False),
        Binding("k", "walk('up')", "up", show=False),
    ]

    def __init__(self, services: Services, here: str) -> None:
        super().__init__()
        self._services = services
        self._here = here
        self._glyphs = glyphs_for(services.look.ascii)
        self._broken: set[str] = set()

    def compose(self) -> ComposeResult:
        """The map, and beside it the lesson one stands on."""
        yield StatusLine(self._glyphs, id="status")
        with Container(id="map"):
            yield OptionList(id="course", markup=False)
            with VerticalScroll(id="beside", can_focus=False):
                yield Static(id="card", markup=False)
        yield HintBar(id="hints")

    @on(events.Mount)
    def begin(self) -> None:
        """Draw the map from the heads of the lessons; those that are broken are found afterwards."""
        records = self._services.progress.records()
        status = Status(title=self._services.catalog.title, worker=self._services.runner.state)
        self.query_one(StatusLine).status = status
        remark = count_line(self._services.catalog, records)
        self.query_one(HintBar).hints = Hints(only=HINTS, remark=remark)
        self.query_one("#course").focus()
        self.find_broken()

    @on(events.Resize)
    def draw(self) -> None:
        """Draw the rows for the width there is."""
        course = self.query_one("#course", OptionList)
        options = self._options(max(40, course.scrollable_content_region.width))
        at = course.highlighted
        course.set_options(options)
        ids = [option.id for option in options]
        course.highlighted = (
            at if at is not None else ids.index(self._here) if self._here in ids else self._first(options)
        )

    @staticmethod
    def _first(options: list[Option]) -> int | None:
        return next((index for index, option in enumerate(options) if not option.disabled), None)

    def _options(self, width: int) -> list[Option]:
        records = self._services.progress.records()
        options: list[Option] = []
        for track in self._services.catalog.tracks:
            if not track.lessons:
                continue
            if options:
                options.append(Option("", disabled=True))
            options.append(Option(track_content(track.title, track.about, width), disabled=True))
            for lesson in track.lessons:
                entry = self._services.catalog.entry(lesson)
                row = lesson_row(
                    entry, records.get(lesson, {}), broken=lesson in self._broken, here=lesson == self._here
                )
                options.append(Option(row_content(row, width, self._glyphs), id=lesson))
        if not options:
            options.append(
                Option(
                    Content("There are no lessons here. --lessons DIR names a folder of them."), disabled=True
                )
            )
        return options

    @work(exclusive=True, group="broken")
    async def find_broken(self) -> None:
        """Read every lesson, a little at a time, so that the map stays quick."""
        found = set()
        for lesson in self._services.catalog.order:
            await asyncio.sleep(0.005)
            if self._services.catalog.broken(lesson):
                found.add(lesson)
        if found != self._broken:
            self._broken = found
            self.draw()

    @on(OptionList.OptionHighlighted, "#course")
    def show_card(self, event: OptionList.OptionHighlighted) -> None:
        """Say more about the lesson one stands on."""
        if event.option_id is not None:
            records = self._services.progress.records().get(event.option_id, {})
            entry = self._services.catalog.entry(event.option_id)
            loaded = self._services.catalog.loaded(event.option_id)
            self.query_one("#card", Static).update(lesson_card(entry, loaded, records, self._glyphs))

    @on(OptionList.OptionSelected, "#course")
    def open_chosen(self, event: OptionList.OptionSelected) -> None:
        """Open a lesson; a broken one says what is wrong."""
        if event.option_id is None:
            return
        if self._services.catalog.broken(event.option_id):
            self.notify(
                "This lesson cannot be opened: its file has the faults named beside it.", markup=False
            )
        else:
            self.post_message(OpenLesson(event.option_id))

    def action_back(self) -> None:
        """Back to the lesson one came from."""
        if len(self.app.screen_stack) > 2:
            self.dismiss()

    def action_walk(self, way: str) -> None:
        """Go up or down."""
        course = self.query_one("#course", OptionList)
        if way == "down":
            course.action_cursor_down()
        else:
            course.action_cursor_up()
