"""Runs the code of a step and shows what it says, line by line, while it says it."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from textual import events, on, work
from textual.widgets import Input, TextArea
from textual.worker import Worker, WorkerState

from tutor.events import Asked, Event, Finished, Output
from tutor.lesson.model import Code, Explain, Order, Run, Step, Tune
from tutor.panes.output_view import OutputView
from tutor.renderables.run_events import RunEvents
from tutor.renderables.run_record import RunRecord
from tutor.runner.outcome import judge
from tutor.runner.request import Grading, RunRequest
from tutor.screens.annotating import annotations_of
from tutor.screens.last_run import ago, keep_run, kept_run
from tutor.screens.lesson_screen import LessonScreen
from tutor.screens.run_session import request_of

FRAMES = 10
"""Redraws of the pictures a second while a program runs."""
READABLE = 0.5
"""Seconds between two changes of the numbers beside the code and in the status line."""


class RunningScreen(LessonScreen):
    """A lesson whose code can be run."""

    record: RunRecord = RunRecord()

    @on(events.Mount)
    def begin_ticking(self) -> None:
        """Redraw in batches while a program runs."""
        self._began = 0.0
        self._told = 0.0
        self._dirty = False
        self._typed = False
        """Whether the learner typed code since the run began."""
        self._ticker = self.set_interval(1 / FRAMES, self._tick, pause=True)

    def make_request(self, *, grading: Grading | None = None, asks: tuple[str, ...] = ()) -> RunRequest:
        """The request for the code as it stands."""
        return request_of(self.services, self.lesson, self.step, self.code.code, grading=grading, asks=asks)

    def action_run(self) -> None:
        """Run the code."""
        if self.query_one("#code").has_class("absent"):
            self.remark("There is no code to run here; ^N goes on.")
            return
        if not self.session.busy:
            self.keep_draft()
            self.run_code()

    @work(exclusive=True, group="run", exit_on_error=False)
    async def run_code(self) -> None:
        """Run the code and keep what the step counts."""
        step = self.step
        record = await self.perform(self.make_request())
        self.results.finish()
        if isinstance(step, Run):
            await self.ran(step, record)
        elif isinstance(step, Explain):
            self.results.look_at(step.look)

    async def perform(self, request: RunRequest) -> RunRecord:
        """Run a program to its end, showing what it says."""
        self.record = record = RunRecord(source=request.source)
        self._begin()
        step, heard = self.step, RunEvents()
        async for event in self.session.events(request):
            record.add(event)
            heard.add(event)
            self.route(event)
        self.finish_run()
        await self.run_ended(step, record, heard.events())
        return record

    async def run_ended(self, step: Step, record: RunRecord, heard: list[Event]) -> None:
        """Keep what is worth finding again."""
        await keep_run(self.services, self.lesson.id, step.id, record.source, heard)

    def show_last_run(self) -> None:
        """What the step's last run said, as it was shown then."""
        passed = self.services.progress.record(self.lesson.id, self.step.id).passed
        found = kept_run(self.services, self.lesson.id, self.step, passed=passed)
        if found is None:
            return
        run, heard = found
        self.record = record = RunRecord(source=run.source)
        self.show_panes(results=True)
        when = ago(self.services.clock() - run.at)
        self.results.begin(record, self.step.show, f"last run, {when}")
        for event in heard:
            record.add(event)
            if isinstance(event, Output):
                self.results.print_text(event)
        record.question = None
        self.code.editor.annotate(annotations_of(record, self.charset))
        if record.checks and isinstance(self.step, Code | Order | Tune):
            self.results.show_verdict(judge(self.step, record.told()))
        self.results.finish()

    async def ran(self, step: Run, record: RunRecord) -> None:
        """A step that counts when it has been run was run."""

    def _begin(self) -> None:
        self._typed = False
        self._began = time.monotonic()
        self.show_panes(results=True)
        self.results.begin(self.record, self.step.show)
        self.code.editor.clear_annotations()
        self.running, self.pace, self._told = 0.0, None, -READABLE
        self.tell_status()
        self._ticker.resume()

    def route(self, event: Event) -> None:
        """Pass an event to the pane that shows it."""
        self._dirty = True
        match event:
            case Output():
                self.results.print_text(event)
            case Asked():
                self._ask_for_line(event.prompt)
            case Finished():
                self._take_line_away()

    # A line for `input()`

    def _ask_for_line(self, prompt: str) -> None:
        """Offer a line; the focus goes there only when nothing is being typed elsewhere."""
        self.results.open_view("output")
        self.results.output.ask_line(prompt)
        if self._typed or isinstance(self.focused, Input):
            self.remark("The program waits for a line: ^O goes there.")
        else:
            self.panes.go("results", typing=True)

    def _take_line_away(self) -> None:
        answering = self.focused is not None and self.focused.id == "stdin"
        self.results.output.ask_line(None)
        if answering:
            self.panes.go("code", typing=True)

    @on(TextArea.Changed, "#editor")
    @on(TextArea.SelectionChanged, "#editor")
    def notice_typing(self) -> None:
        """While a program runs, what is typed must not be led astray."""
        self._typed = self._typed or (self.session.busy and self.code.editor.has_focus)

    def _tick(self) -> None:
        """Pictures move at every tick; numbers only as often as one can read them, for the line's sake."""
        if not self.session.busy:
            return
        self.running = time.monotonic() - self._began
        readable = self.running - self._told >= READABLE
        if readable:
            self._told = self.running
            step = self.record.step
            self.pace = step.n / self.running if step is not None and self.running > 1 else None
            self.tell_status()
        if self._dirty:
            self._dirty = not readable
            self.results.refresh_views()
            if readable:
                self.code.editor.annotate(annotations_of(self.record, self.charset))

    def finish_run(self) -> None:
        """The run came to its end."""
        self._ticker.pause()
        finished = self.record.finished
        self.code.editor.annotate(annotations_of(self.record, self.charset))
        self.running = None
        self.ran_for = finished.seconds if finished is not None else None
        self.tell_status()
        if finished is not None and finished.status not in ("ok", "error"):
            self.results.output.log_pane.feed(f"{finished.message or finished.status}\n")

    def leave_step(self) -> None:
        """Keep what was typed, and let nothing of this step run on into the next."""
        self.keep_draft()
        self.keep_place()
        for group in ("run", "question"):
            self.workers.cancel_group(self, group)
        self._ticker.pause()
        self.running = None

    def action_copy_output(self) -> None:
        """Copy all that was printed."""
        text = self.results.output.log_pane.printed.text
        self.app.copy_to_clipboard(text)
        self.remark(f"Copied {text.count(chr(10))} lines, if the terminal allows it.")

    async def action_write_output(self) -> None:
        """Write all that was printed into a file where the tutor was started."""
        path = Path.cwd() / f"{self.step.id}-output.txt"
        text = self.results.output.log_pane.printed.text
        try:
            await asyncio.to_thread(path.write_text, text, encoding="utf-8", errors="replace")
        except OSError as error:
            self.notify(f"{path} could not be written: {error.strerror}.", severity="error", markup=False)
        else:
            self.notify(f"The output is in {path}.", markup=False)

    async def action_stop(self) -> None:
        """Stop the program."""
        await self.session.stop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a running program can be stopped: otherwise ^C copies."""
        return self.session.busy if action == "stop" else True

    @on(OutputView.LineTyped)
    async def answer_input(self, event: OutputView.LineTyped) -> None:
        """Pass a typed line to the program."""
        self._take_line_away()
        self.results.output.log_pane.feed(f"{event.text}\n")
        await self.session.send_line(event.text)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault of ours must not pass unseen."""
        if event.state is WorkerState.ERROR and event.worker.group == "run":
            self._ticker.pause()
            self.running = None
            self.tell_status()
            self.notify(
                f"The run could not be finished: {event.worker.error}",
                severity="error",
                timeout=20,
                markup=False,
            )
