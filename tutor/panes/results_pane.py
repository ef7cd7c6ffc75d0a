"""What a run did, one view at a time; a view has a name in the row only when it has something to show."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tutor.editor.annotated_area import AnnotatedArea
from tutor.events import Output
from tutor.panes.output_view import OutputView
from tutor.panes.printed import without_escapes
from tutor.panes.verdict_text import verdict_text
from tutor.panes.view_tabs import Tabs, ViewTabs
from tutor.panes.views import ORDER, ViewName, draw, views_of
from tutor.renderables.charset import Charset
from tutor.renderables.run_record import RunRecord
from tutor.runner.outcome import Verdict

ASIDE = 5
"""Cells beside a picture: its margins and the scroll bar."""


class ResultsPane(Vertical):
    """Tabs in one line, and the open view below."""

    def __init__(self, charset: Charset, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._charset = charset
        self._record = RunRecord()
        self._verdict: Verdict | None = None
        self._solution = ""
        self._open: ViewName = "output"
        self._shows: tuple[ViewName, ...] = ()
        self._remark = ""
        self._chosen = False
        """Whether the learner picked the view that is open."""

    def compose(self) -> ComposeResult:
        """The row of names, the output, a picture for most views, and our code."""
        yield ViewTabs(id="views")
        yield Static(id="look", markup=False)
        yield OutputView(id="output", classes="view")
        with VerticalScroll(id="picture-view", classes="view"):
            yield Static(id="picture", markup=False)
        yield AnnotatedArea(id="solution", read_only=True, classes="view")

    def on_mount(self) -> None:
        """Open the output."""
        self.open_view("output")

    @property
    def open_name(self) -> ViewName:
        """The view that is open."""
        return self._open

    @property
    def names(self) -> tuple[ViewName, ...]:
        """Views with something to show, in their order."""
        found = {*views_of(self._record)}
        if self._verdict is not None:
            found.add("check")
        if self._solution:
            found.add("solution")
        return tuple(name for name in ORDER if name in found)

    @property
    def has_something(self) -> bool:
        """Whether there is anything to show at all."""
        return bool(self.names)

    def begin(self, record: RunRecord, shows: Sequence[ViewName] = (), remark: str = "") -> None:
        """A run began: forget the last one; the first of `shows` that has something opens by itself."""
        self._record = record
        self._remark = remark
        self._shows = tuple(shows)
        self._verdict = None
        self.output.log_pane.clear()
        self.look_at("")
        if self._open in ("check", "solution"):
            self._chosen = False
        self.refresh_views()

    def clear(self) -> None:
        """A step was opened: nothing has run yet."""
        self._solution = ""
        self._chosen = False
        self.begin(RunRecord())
        self.open_view("output")

    @property
    def output(self) -> OutputView:
        """What was printed and what went wrong."""
        return self.query_one(OutputView)

    def print_text(self, event: Output) -> None:
        """Take what the program wrote."""
        self.output.log_pane.feed(event.text)

    def refresh_views(self) -> None:
        """Show what the record says now; called at most ten times a second while a program runs."""
        names = self.names
        wished = next((name for name in self._shows if name in names), None)
        if not self._chosen and (wished or self._open not in names):
            fallback: ViewName = names[0] if names else "output"
            if (wished or fallback) != self._open:
                self.open_view(wished or fallback)
        tabs = self.query_one(ViewTabs)
        tabs.tabs = Tabs(names or ("output",), self._open, self._remark)
        self._draw()

    def look_at(self, text: str) -> None:
        """Say what is worth looking at; nothing when there is nothing to say."""
        line = self.query_one("#look", Static)
        line.display = bool(text)
        line.update(Content(without_escapes(text.strip().replace("`", ""))))
        self.call_after_refresh(self._draw)

    def finish(self) -> None:
        """The run ended: open the view that the step, or what happened, asks for."""
        self.output.log_pane.flush()
        names = self.names
        if not self._chosen or self._open not in names:
            wished = [name for name in self._shows if name in names]
            failed: list[ViewName] = ["error"] if self._record.error is not None else []
            self.open_view([*failed, *wished, *names, "output"][0])
        self.refresh_views()

    def show_verdict(self, verdict: Verdict) -> None:
        """Show what the checks said."""
        self._verdict = verdict
        self.open_view("check")

    def show_solution(self, code: str, *, open_it: bool = True) -> None:
        """Put our code beside theirs."""
        self._solution = code
        self.query_one("#solution", AnnotatedArea).load_text(code)
        if open_it:
            self.open_view("solution")
        else:
            self.refresh_views()

    def open_view(self, name: ViewName) -> None:
        """Show one view."""
        self._open = name
        self.output.display = name == "output"
        self.query_one("#picture-view").display = name not in ("output", "solution")
        self.query_one("#solution").display = name == "solution"
        tabs = self.query_one(ViewTabs)
        tabs.tabs = Tabs(self.names or ("output",), name, self._remark)
        self.query_one("#picture-view", VerticalScroll).scroll_home(animate=False)
        self._draw()
        self.call_after_refresh(self._draw)

    def choose_view(self, name: str) -> None:
        """Open a view and stay with it, if it has something to show."""
        for known in self.names:
            if known == name:
                self._chosen = True
                self.open_view(known)

    def next_view(self) -> None:
        """Show the next view that has something."""
        names = self.names
        if names:
            at = names.index(self._open) if self._open in names else -1
            self._chosen = True
            self.open_view(names[(at + 1) % len(names)])

    @on(ViewTabs.Chosen)
    def open_chosen(self, event: ViewTabs.Chosen) -> None:
        """A name was clicked."""
        event.stop()
        self.choose_view(event.name)

    def focus_target(self) -> Widget:
        """What takes the focus when the results are looked at."""
        match self._open:
            case "output":
                return self.output.focus_target()
            case "solution":
                return self.query_one("#solution")
            case _:
                return self.query_one("#picture-view")

    def on_resize(self) -> None:
        """Pictures are made for the width there is."""
        self._draw()

    def _draw(self) -> None:
        if self._open in ("output", "solution"):
            return
        width = max(20, self.size.width - ASIDE)
        height = max(6, self.query_one("#picture-view").size.height or self.size.height - 3)
        picture = self.query_one("#picture", Static)
        if self._open == "check":
            picture.update(verdict_text(self._verdict, width, self._charset) if self._verdict else "")
        else:
            picture.update(draw(self._open, self._record, width, height, self._charset))
