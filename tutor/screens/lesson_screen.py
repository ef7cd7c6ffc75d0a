"""A lesson on the screen: its panes, its steps, and keeping what is typed. Running and grading stand on top of this."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import TextArea

from tutor.editor.code_editor import CodeEditor
from tutor.lesson.model import Explain, Lesson, Order, Step
from tutor.lesson.task import code_of
from tutor.panes.code_pane import CodePane
from tutor.panes.glyphs import glyphs_for
from tutor.panes.hint_bar import HintBar, Hints
from tutor.panes.line_sorter import LineSorter
from tutor.panes.reading_pane import ReadingPane
from tutor.panes.results_pane import ResultsPane
from tutor.panes.status_line import Status, StatusLine
from tutor.progress.contract import Place
from tutor.renderables.charset import Charset
from tutor.runner.contract import WorkerState
from tutor.screens.columns import grid_columns, widest_drawn
from tutor.screens.drafts import DELAY, Drafts
from tutor.screens.lesson_walk import LessonWalk
from tutor.screens.pane_focus import PaneFocus, PaneName
from tutor.screens.run_session import RunSession
from tutor.services import Services

FIRST_REMARK = "Esc, then ? shows all keys"


class LessonScreen(Screen[None]):
    """Explanation, code and results of one step after the other."""

    def __init__(self, services: Services, lesson: Lesson, step: str | None = None) -> None:
        super().__init__()
        self.services = services
        self.charset = Charset.of(services.look.ascii, services.settings.color)
        self.glyphs = glyphs_for(services.look.ascii)
        self.walk = LessonWalk(lesson, services.progress)
        self.walk.go_to(step)
        self.drafts = Drafts(services.progress, self._draft_kept)
        self._fault_told = ""
        self.session = RunSession(services.runner)
        self.panes = PaneFocus(self)
        self.ready = False
        """Whether the first step is on the screen."""
        self.running: float | None = None
        """Seconds the program has been running."""
        self.pace: float | None = None
        """Optimizer steps a second."""
        self.ran_for: float | None = None
        """Seconds the last run at this step took."""
        self._remark = ""
        self._draft_timer: Timer | None = None

    # What is on the screen

    def compose(self) -> ComposeResult:
        """A line, three panes, a line."""
        yield StatusLine(self.glyphs, id="status")
        with Container(id="panes"):
            yield ReadingPane(self.services.look.ascii, id="read", classes="pane")
            yield CodePane(self.glyphs.mark, id="code", classes="pane")
            yield ResultsPane(self.charset, id="results", classes="pane")
        yield HintBar(id="hints")

    @property
    def reading(self) -> ReadingPane:
        """The explanation."""
        return self.query_one(ReadingPane)

    @property
    def code(self) -> CodePane:
        """The learner's code."""
        return self.query_one(CodePane)

    @property
    def results(self) -> ResultsPane:
        """What runs did."""
        return self.query_one(ResultsPane)

    @property
    def lesson(self) -> Lesson:
        """The lesson that is open."""
        return self.walk.lesson

    @property
    def step(self) -> Step:
        """The step that is open."""
        return self.walk.step

    @on(events.Mount)
    async def begin(self) -> None:
        """Show the step and begin to listen to the worker."""
        if self.services.progress.place() is None:
            self._remark = FIRST_REMARK
        self.services.runner.watch(self._worker_changed)
        await self.open_step()
        self.ready = True
        self._worker_changed(self.services.runner.state)

    def _worker_changed(self, state: WorkerState) -> None:
        if not self.is_attached:
            return
        self.tell_status()
        if state.phase in ("missing", "failed"):
            self.notify(
                f"{state.reason} {state.advice}".strip(), severity="warning", timeout=20, markup=False
            )

    # Steps

    async def open_step(self) -> None:
        """Show the step one is at, as it was left."""
        lesson, step = self.lesson, self.step
        place = self.services.progress.lesson_place(lesson.id)
        here = place if place is not None and place.step == step.id else None
        starter = code_of(step)
        code = self.drafts.open(lesson.id, step.id, starter)
        self.results.clear()
        self.show_panes(code=bool(starter) or isinstance(step, Order), results=False)
        self.code.show_step(step, code, here.cursor if here is not None else (0, 0))
        await self.reading.show_step(lesson, step)
        self._fit_columns()
        self.query_one("#panes").set_class(self.reading.question.display, "asking")
        await self.step_opened()
        self.ran_for = None
        self.panes.zoom(False)
        self.panes.go(self.first_pane(), typing=True)
        self.show_last_run()
        if here is None:
            self.keep_place()
        else:
            self._take_place(here)
        self.tell_status()

    def _take_place(self, place: Place) -> None:
        """Be where one was: the same pane, the same view, the same lines."""
        pane, _, view = place.pane.partition(":")
        self.results.choose_view(view)
        for name in self.panes.shown:
            if name == pane:
                self.panes.go(name, typing=True)
        scroller = self.reading.scroller
        self.call_after_refresh(scroller.scroll_to, y=place.scroll, animate=False, force=True)

    def show_last_run(self) -> None:
        """What the step's last run said, where it is known."""

    async def step_opened(self) -> None:
        """What a kind of step needs beyond its words and its code."""

    def first_pane(self) -> PaneName:
        """Where one begins at a step."""
        has_code = not self.query_one("#code").has_class("absent")
        return (
            "code"
            if has_code and not isinstance(self.step, Explain) and not self.reading.question.display
            else "read"
        )

    def show_panes(self, *, code: bool | None = None, results: bool | None = None) -> None:
        """Show a pane, or take it away; None leaves it as it is."""
        for name, shown in (("code", code), ("results", results)):
            if shown is not None:
                self.query_one(f"#{name}").set_class(not shown, "absent")
        panes = self.query_one("#panes")
        panes.set_class(self.query_one("#code").has_class("absent"), "without-code")
        results = not self.query_one("#results").has_class("absent")
        panes.set_class(results, "with-results")
        panes.set_class(not results, "without-results")
        self._fit_columns()

    @on(events.Resize)
    def _fit_columns(self) -> None:
        panes = self.query_one("#panes")
        grid = not panes.has_class("without-code") and not self.panes.zoomed
        columns = grid_columns(
            widest_drawn(self.reading.markdown), self.size.width, results=panes.has_class("with-results")
        )
        panes.styles.grid_columns = columns if grid and columns else None

    # Status and hints

    def tell_status(self) -> None:
        """Bring both lines up to date."""
        tracks = self.services.catalog.tracks
        self.query_one(StatusLine).status = Status(
            track=next((track.title for track in tracks if track.id == self.lesson.track), ""),
            title=self.lesson.title,
            step=self.walk.index + 1,
            dots=self.walk.dots(),
            worker=self.services.runner.state,
            running=self.running,
            pace=self.pace,
            ran=self.ran_for,
            pane=self.panes.current.upper() if self.panes.zoomed else "",
        )
        self.tell_hints()

    def tell_hints(self) -> None:
        """Bring the line at the bottom up to date."""
        unsaved = self.drafts.differs(self.code.code)
        self.query_one(HintBar).hints = Hints(
            typing=self.panes.typing,
            running=self.session.busy,
            saved="not saved" if self.drafts.fault else "" if unsaved else "saved",
            remark=self._remark,
        )

    def remark(self, text: str) -> None:
        """Say something in the line at the bottom until the next step."""
        self._remark = text
        self.tell_hints()

    @on(events.DescendantFocus)
    def follow_focus(self) -> None:
        """Letters mean something else now, perhaps."""
        if self.ready:
            self.panes.follow()
            self.tell_hints()

    @on(events.DescendantBlur)
    def notice_blur(self) -> None:
        """Letters mean something else now, perhaps."""
        if self.ready:
            self.tell_hints()

    # Keeping what is typed

    @on(TextArea.Changed, "#editor")
    @on(LineSorter.Moved)
    def keep_soon(self) -> None:
        """Keep the draft within a second, even of a learner who types without a pause."""
        if not self.ready:
            return
        if self._draft_timer is None:
            self._draft_timer = self.set_timer(DELAY, self.keep_draft)
        self.tell_hints()

    def keep_draft(self) -> None:
        """Keep the code now, without waiting for the disk."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None
        if not self.code.editor.read_only:
            self.drafts.keep(self.code.code)
        self.tell_hints()

    def _draft_kept(self) -> None:
        """The draft is on the disk, or could not be written: that is said once for each reason."""
        if not self.is_attached:
            return
        if self.drafts.fault and self.drafts.fault != self._fault_told:
            self.notify(self.drafts.fault, severity="error", timeout=10, markup=False)
        self._fault_told = self.drafts.fault
        self.tell_hints()

    def keep_place(self) -> None:
        """Remember where the learner is."""
        self.services.progress.keep_place(
            Place(
                self.lesson.id,
                self.step.id,
                scroll=round(self.reading.scroller.scroll_offset.y),
                cursor=self.code.editor.cursor_location,
                pane=f"{self.panes.current}:{self.results.open_name}",
            )
        )

    def keep_everything(self) -> None:
        """Keep draft and place: the screen is about to go."""
        if self.ready:
            if not self.code.editor.read_only:
                self.drafts.keep_now(self.code.code)
            self.keep_place()

    # Modes

    @on(CodeEditor.Left)
    def leave_editor(self) -> None:
        """From typing to single letters."""
        if self._remark == FIRST_REMARK:
            self._remark = ""
        self.set_focus(None)
        self.tell_hints()

    @on(events.ScreenResume)
    def come_back(self) -> None:
        """Another screen was closed: what it changed shows here."""
        if self.ready:
            self.tell_status()
