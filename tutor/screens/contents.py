"""The course map: tracks and lessons, what is done, what cannot be opened and why."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tutor.lesson.glossary import Glossary
from tutor.panes.course_rows import (
    count_line,
    due_content,
    found_content,
    lesson_row,
    row_content,
    track_content,
)
from tutor.panes.course_search import Found, lessons_called, search
from tutor.panes.glyphs import glyphs_for
from tutor.panes.hint_bar import HintBar, Hints
from tutor.panes.lesson_card import lesson_card
from tutor.panes.status_line import Status, StatusLine
from tutor.runner.contract import WorkerState
from tutor.screens.messages import OpenLesson
from tutor.screens.reviews import reviews
from tutor.services import Services

HINTS = (
    ("Enter", "open"),
    ("/", "search"),
    ("↑↓", "walk"),
    ("Esc", "back"),
    ("^P", "palette"),
    ("^Q", "quit"),
)


class ContentsScreen(Screen[None]):
    """All lessons in order."""

    CSS_PATH = "contents.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+f", "search", "search", show=False),
        Binding("escape,f3,m", "back", "back", show=False),
        Binding("j", "walk('down')", "down", show=False),
        Binding("k", "walk('up')", "up", show=False),
    ]

    def __init__(self, services: Services, here: str) -> None:
        super().__init__()
        self.services = services
        self._here = here
        self._glyphs = glyphs_for(services.look.ascii)
        self._broken: set[str] = set()
        self._glossary = Glossary(services.catalog)
        self._searched = ""
        self._found: list[Found] = []

    def compose(self) -> ComposeResult:
        """The map, and beside it the lesson one stands on."""
        yield StatusLine(self._glyphs, id="status")
        with Container(id="map"):
            with Vertical(id="list"):
                yield Input(id="search", placeholder="a lesson, a step, a word")
                yield OptionList(id="course", markup=False)
            with VerticalScroll(id="beside", can_focus=False):
                yield Static(id="card", markup=False)
        yield HintBar(id="hints")

    @on(events.Mount)
    def begin(self) -> None:
        """Draw the map from the heads of the lessons; those that are broken are found afterwards."""
        records = self.services.progress.records()
        self.services.runner.watch(self._tell_worker)
        self._tell_worker(self.services.runner.state)
        remark = count_line(self.services.catalog, records)
        self.query_one(HintBar).hints = Hints(only=HINTS, remark=remark)
        self.query_one("#search").display = False
        self.query_one("#course").focus()
        self.find_broken()

    def _tell_worker(self, state: WorkerState) -> None:
        if self.is_attached:
            self.query_one(StatusLine).status = Status(title=self.services.catalog.title, worker=state)

    @on(events.Resize)
    def draw(self) -> None:
        """Draw the rows for the width there is."""
        course = self.query_one("#course", OptionList)
        options = self._options(max(40, course.scrollable_content_region.width))
        at = course.highlighted
        course.set_options(options)
        ids = [option.id for option in options]
        if at is None or at >= len(ids) or ids[at] is None:
            at = ids.index(self._here) if self._here in ids and not self._searched else self._first(options)
        course.highlighted = at

    @staticmethod
    def _first(options: list[Option]) -> int | None:
        return next((index for index, option in enumerate(options) if not option.disabled), None)

    def _options(self, width: int) -> list[Option]:
        if self._searched:
            shown = [Option(found_content(found, width), id=found.place) for found in self._found]
            return _unlike(shown) or [Option(Content("  Nothing fits."), disabled=True)]
        options = [*self._due_options(width), *self._course_options(width)]
        nothing = Content("There are no lessons here. --lessons DIR names a folder of them.")
        return options or [Option(nothing, disabled=True)]

    def _due_options(self, width: int) -> list[Option]:
        """At most two steps to review; whoever does not feel like it walks past them."""
        rows = [
            Option(due_content(review.title, review.lesson_title, review.days, width), id=review.place)
            for review in reviews(self.services)
        ]
        return [Option(track_content("To review", "", width), disabled=True), *rows] if rows else []

    def _course_options(self, width: int) -> list[Option]:
        records = self.services.progress.records()
        options: list[Option] = []
        for track in self.services.catalog.tracks:
            if not track.lessons:
                continue
            options += [
                Option("", disabled=True),
                Option(track_content(track.title, track.about, width), disabled=True),
            ]
            for lesson in track.lessons:
                entry = self.services.catalog.entry(lesson)
                row = lesson_row(
                    entry, records.get(lesson, {}), broken=lesson in self._broken, here=lesson == self._here
                )
                options.append(Option(row_content(row, width, self._glyphs), id=lesson))
        return options[1:]

    # Search

    def action_search(self) -> None:
        """Type a few words."""
        line = self.query_one("#search", Input)
        line.display = True
        self.set_focus(line)

    @on(Input.Changed, "#search")
    @work(exclusive=True, group="search")
    async def look_for(self, event: Input.Changed) -> None:
        """Show what fits; the lessons are read aside the first time."""
        text = event.value
        self._show_found(text, lessons_called(self.services.catalog, text))
        if text.strip():
            found = await asyncio.to_thread(search, self.services.catalog, self._glossary, text)
            self._show_found(text, found)

    def _show_found(self, text: str, found: list[Found]) -> None:
        self._searched, self._found = text.strip(), found
        self.query_one("#course", OptionList).highlighted = None
        self.draw()

    @on(Input.Submitted, "#search")
    def go_to_first(self) -> None:
        """Walk what was found."""
        self.set_focus(self.query_one("#course"))

    @work(exclusive=True, group="broken")
    async def find_broken(self) -> None:
        """Read every lesson, a little at a time, so that the map stays quick."""
        found = set()
        for lesson in self.services.catalog.order:
            await asyncio.sleep(0.005)
            if self.services.catalog.broken(lesson):
                found.add(lesson)
        if found != self._broken:
            self._broken = found
            self.draw()

    @on(OptionList.OptionHighlighted, "#course")
    def show_card(self, event: OptionList.OptionHighlighted) -> None:
        """Say more about the lesson one stands on."""
        if event.option_id is not None:
            lesson = _place_of(event.option_id)[0]
            records = self.services.progress.records().get(lesson, {})
            entry = self.services.catalog.entry(lesson)
            loaded = self.services.catalog.loaded(lesson)
            self.query_one("#card", Static).update(lesson_card(entry, loaded, records, self._glyphs))

    @on(OptionList.OptionSelected, "#course")
    def open_chosen(self, event: OptionList.OptionSelected) -> None:
        """Open a lesson; a broken one says what is wrong."""
        if event.option_id is None:
            return
        lesson, step = _place_of(event.option_id)
        if self.services.catalog.broken(lesson):
            self.notify(
                "This lesson cannot be opened: its file has the faults named beside it.", markup=False
            )
        else:
            self.post_message(OpenLesson(lesson, step))

    def action_back(self) -> None:
        """Out of the search, or back to the lesson one came from."""
        line = self.query_one("#search", Input)
        if line.display:
            line.value = ""
            line.display = False
            self.set_focus(self.query_one("#course"))
        elif len(self.app.screen_stack) > 2:
            self.dismiss()

    def action_walk(self, way: str) -> None:
        """Go up or down."""
        course = self.query_one("#course", OptionList)
        if way == "down":
            course.action_cursor_down()
        else:
            course.action_cursor_up()


def _place_of(id: str) -> tuple[str, str | None]:
    """The lesson and the step of a row."""
    lesson, _, step = id.split("#")[0].partition("/")
    return lesson, step or None


def _unlike(options: list[Option]) -> list[Option]:
    """Rows with ids of their own: a lesson may be found by its name and by a word it explains."""
    return [Option(option.prompt, id=f"{option.id}#{index}") for index, option in enumerate(options)]
