"""A run in a terminal: output scrolls by, below it the source fills with notes and the loss falls; at the end the whole picture stays."""

from __future__ import annotations

import time

from rich.console import Console
from rich.live import Live
from rich.text import Text

from tutor.events import Event, Finished, Output, Step
from tutor.headless.plain_report import ending
from tutor.headless.presenting import shown
from tutor.headless.source_lines import source_lines
from tutor.renderables.annotated import annotated_source
from tutor.renderables.charset import Charset
from tutor.renderables.errors import error_card
from tutor.renderables.insights import insight_card
from tutor.renderables.literal import stack
from tutor.renderables.loss import loss_plot
from tutor.renderables.notes import notes_by_line
from tutor.renderables.numbers import number_text, seconds_text, times_text
from tutor.renderables.run_record import RunRecord
from tutor.runner.contract import WorkerState

PLOT_HEIGHT = 12
WIDEST = 140
REDRAW = 0.12
"""Seconds between two drawings."""


class LiveReport:
    """Draws a few times a second while the program runs, and once when it is over."""

    def __init__(self, source: str, charset: Charset, console: Console, lens: bool = True) -> None:
        self._record = RunRecord(source)
        self._charset = charset
        self._console = console
        self._code = source_lines(source, charset)
        self._lens = lens
        self._live: Live | None = None
        self._written: list[str] = []
        self._partial = ""
        self._status = "starting"
        self._began = time.monotonic()
        self._drawn = 0.0
        self._typing = False

    def wait(self, state: WorkerState) -> None:
        """Importing torch takes a while on some machines: say so."""
        self._status = f"importing torch under {state.python}"
        self.tick()

    def take(self, event: Event) -> None:
        """Remember it; output is written in the next drawing, line by line."""
        self._record.add(event)
        self._typing = False
        match event:
            case Output():
                self._write(event)
            case Finished():
                self._status = "finished"
            case _:
                self._status = "running"

    def _write(self, event: Output) -> None:
        if event.left_out:
            self._written.append(f"({event.left_out:,} bytes left out)\n")
        whole, end, rest = (self._partial + shown(event.text, self._console.file)).rpartition("\n")
        self._partial = rest.rpartition("\r")[2]
        if end:
            self._written.append(
                "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in whole.split("\n")) + "\n"
            )

    def tick(self) -> None:
        """Draw, unless that was done a moment ago."""
        now = time.monotonic()
        if self._typing or now - self._drawn < REDRAW:
            return
        self._drawn = now
        self._flush()
        if self._live is None:
            self._live = Live(
                console=self._console, auto_refresh=False, transient=True, vertical_overflow="crop"
            )
            self._live.start()
        self._live.update(self._moving_picture(), refresh=True)

    def _flush(self) -> None:
        """Write what came, past Rich: it would take a minute for what a program prints in a second."""
        if self._written:
            self._stop()
            self._console.file.write("".join(self._written))
            self._console.file.flush()
            self._written.clear()

    def _moving_picture(self) -> Text:
        """What is not yet a whole line of output, the source if it fits, the plot, one line of status."""
        width, height = self._size()
        parts: list[Text] = [Text(self._partial[-width:], no_wrap=True)] if self._partial else []
        plotted = [curve for curve in self._record.curves.values() if curve.n > 1]
        plot = PLOT_HEIGHT + 1 if plotted and height > PLOT_HEIGHT + 4 else 0
        if self._lens and len(self._code) + len(self._record.insights) * 2 + plot + 3 <= height:
            parts.extend([Text(), self._source(width)])
        if plot:
            parts.extend([Text(), loss_plot(plotted, width, PLOT_HEIGHT, self._charset)])
        parts.append(Text(self._status_line(), style=self._charset.style("muted"), no_wrap=True))
        return stack(parts)

    def _size(self) -> tuple[int, int]:
        size = self._console.size
        return min(size.width, WIDEST), size.height

    def _source(self, width: int) -> Text:
        record = self._record
        notes = notes_by_line(record.bound.values())
        return annotated_source(self._code, notes, record.insights, record.error, width, self._charset)

    def _status_line(self) -> str:
        seconds = time.monotonic() - self._began
        parts = [f"{self._status} {seconds_text(seconds)}"]
        step = self._record.step
        if step is not None:
            parts.append(step_text(step))
        return "   ".join([*parts, "ctrl+c stops it"])

    def pause(self) -> None:
        """The person types: the moving picture goes away, the prompt stays."""
        self._typing = True
        self._written.append(self._partial)
        self._partial = ""
        self._stop()
        self._flush()

    def _stop(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

    def close(self) -> None:
        """Replace the moving picture by the last one."""
        self._stop()
        if self._partial:
            self._written.append(self._partial + "\n")
        self._flush()
        for part in self._last_picture():
            self._console.print()
            self._console.print(part, soft_wrap=True)

    def _last_picture(self) -> list[Text]:
        """Source with notes, curves, what is worth a look, the error, how it ended."""
        record, (width, _), charset = self._record, self._size(), self._charset
        parts: list[Text] = []
        if self._lens and (record.bound or record.insights or record.error is not None):
            parts.append(self._source(width))
        plotted = [curve for curve in record.curves.values() if curve.n > 1]
        if plotted:
            parts.append(loss_plot(plotted, width, PLOT_HEIGHT + 2, charset))
        elsewhere = [
            one for one in record.insights if not self._lens or one.line not in range(1, len(self._code) + 1)
        ]
        parts.extend(insight_card(insight, width, charset) for insight in elsewhere)
        if record.error is not None and not self._was_stopped():
            stopped = next((model for model in record.modules.values() if model.stopped_at), None)
            parts.append(error_card(record.error, width, charset, stopped, record.source))
        return [*parts, *self._ending()]

    def _was_stopped(self) -> bool:
        """True when the person stopped it: what Python raised then is no mistake."""
        finished = self._record.finished
        return finished is not None and finished.status == "stopped"

    def _ending(self) -> list[Text]:
        finished = self._record.finished
        if finished is None:
            return []
        lines = [Text(finished.message, style=self._charset.style("warning"))] if finished.message else []
        return [*lines, Text(ending(self._record), style=self._charset.style("muted"))]


def step_text(step: Step) -> str:
    """`step 1,200 of 5,000, 640 a second, 6 s left`."""
    done = max(step.n, step.step + 1)
    rate = done / step.t if step.t > 0 else 0.0
    text = f"step {done:,} of {step.total:,}" if step.total else times_text(done, "step")
    if rate:
        text += f", {number_text(rate, 3)} a second"
        if step.total and step.total > done:
            text += f", {seconds_text((step.total - done) / rate)} left"
    return text
