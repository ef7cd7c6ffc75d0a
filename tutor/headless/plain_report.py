"""A run as text: the program's output as it comes, then what the lens saw, line by line and in words."""

from __future__ import annotations

import sys
from typing import TextIO

from tutor.events import Event
from tutor.headless.presenting import Passing
from tutor.renderables.charset import Charset
from tutor.renderables.errors import error_in_words
from tutor.renderables.gradients import gradients_in_words
from tutor.renderables.graph import graph_in_words
from tutor.renderables.insights import insight_in_words
from tutor.renderables.leaves import leaf_gradients_in_words
from tutor.renderables.literal import clip, literal
from tutor.renderables.loss import loss_in_words
from tutor.renderables.model import model_in_words
from tutor.renderables.notes import line_note, note_in_words, notes_by_line
from tutor.renderables.numbers import seconds_text, times_text
from tutor.renderables.run_record import RunRecord
from tutor.runner.contract import WorkerState

LONGEST_CODE = 60
NOTE_WIDTH = 120


class PlainReport:
    """Passes output on; at the end writes notes, curves, errors and insights as lines of text."""

    def __init__(
        self, source: str, ascii: bool, out: TextIO | None = None, err: TextIO | None = None
    ) -> None:
        self._out = out or sys.stdout
        self._passing = Passing(self._out, err or sys.stderr)
        self._record = RunRecord(source)
        self._charset = Charset.of(ascii or not writes_unicode(self._out), False)

    def wait(self, state: WorkerState) -> None:
        """Say nothing: output is read by programs and ears."""

    def take(self, event: Event) -> None:
        """Pass output on, remember the rest."""
        self._record.add(event)
        self._passing.take(event)

    def tick(self) -> None:
        """Say nothing."""

    def pause(self) -> None:
        """Let the prompt be seen."""
        self._passing.pause()

    def close(self) -> None:
        """Write the report."""
        self._passing.close()
        sections = [section for section in report_sections(self._record, self._charset) if section]
        if sections:
            text = "\n\n".join(sections)
            self._out.write(
                "\n" + (text if not self._charset.ascii else text.encode("ascii", "replace").decode()) + "\n"
            )
            self._out.flush()


def report_sections(record: RunRecord, charset: Charset) -> list[str]:
    """Notes, losses, gradients, models, insights, the error, the end; empty where there is nothing."""
    return [_section("Lines", _lines(record, charset)), *_pictures(record)]


def spoken_sections(record: RunRecord) -> list[str]:
    """The same with a sentence for each line's values, as an ear wants it."""
    return [_section("Lines", _lines_in_words(record)), *_pictures(record)]


def _pictures(record: RunRecord) -> list[str]:
    """What is drawn on the screen, in words."""
    sampled = record.sampled[-1] if record.sampled else None
    stopped = record.finished is not None and record.finished.status == "stopped"
    insights = "\n".join(insight_in_words(insight) for insight in record.insights)
    models = "\n\n".join(model_in_words(model) for model in record.modules.values())
    graph = graph_in_words(record.graphs[-1]) if record.graphs else ""
    return [
        _section("Losses", loss_in_words([curve for curve in record.curves.values() if curve.n > 1])),
        _section(
            "Gradients",
            gradients_in_words(sampled) if sampled else leaf_gradients_in_words(record.bound.values()),
        ),
        _section("Graph", graph),
        _section("Model", models),
        _section("Worth a look", insights),
        _section("Error", error_in_words(record.error) if record.error and not stopped else ""),
        ending(record),
    ]


def _section(title: str, body: str) -> str:
    return f"{title}:\n{body}" if body else ""


def _lines_in_words(record: RunRecord) -> str:
    noted = (
        (number, note_in_words(bounds)) for number, bounds in notes_by_line(record.bound.values()).items()
    )
    return "\n".join(f"Line {number}: {note}." for number, note in noted if note)


def _lines(record: RunRecord, charset: Charset) -> str:
    source = record.source.split("\n")
    rows: list[tuple[str, str]] = []
    for number, bounds in notes_by_line(record.bound.values()).items():
        code = literal(source[number - 1].strip(), charset) if 0 < number <= len(source) else ""
        note = line_note(bounds, NOTE_WIDTH, charset).plain
        if note:
            rows.append((f"{number:>4}  {clip(code, LONGEST_CODE, charset)}", note))
    column = min(max((len(left) for left, _ in rows), default=0), LONGEST_CODE + 6)
    return "\n".join(f"{left:<{column}}   {note}" for left, note in rows)


def ending(record: RunRecord) -> str:
    """`Ran 0.31 s, 200 steps: ok.`"""
    finished = record.finished
    if finished is None:
        return ""
    words = {
        "ok": "finished",
        "error": "ended with an error",
        "timeout": "ran out of time",
        "memory": "ran out of memory",
        "stopped": "was stopped",
        "crashed": "crashed",
    }
    step = record.step
    steps = f" after {times_text(max(step.n, step.step + 1), 'step')}" if step is not None else ""
    dropped = f" {times_text(finished.dropped, 'event')} left out." if finished.dropped else ""
    return f"The program {words[finished.status]}{steps} in {seconds_text(finished.seconds)}.{dropped}"


def writes_unicode(stream: TextIO) -> bool:
    """Whether a stream takes more than ASCII."""
    return "utf" in (getattr(stream, "encoding", None) or "ascii").lower()
