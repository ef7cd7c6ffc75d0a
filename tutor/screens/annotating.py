"""Turns what a run said into what stands beside the code."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from rich.text import Text

from tutor.editor.notes import Annotations, Note, NoteKind, Underline
from tutor.events import Bound, Error, Insight
from tutor.facts import TextFacts
from tutor.renderables.charset import Charset
from tutor.renderables.literal import clip, literal
from tutor.renderables.notes import line_note, notes_by_line
from tutor.renderables.run_record import RunRecord

LEAST_REMARK = 24
"""Cells; a remark that would get fewer takes the place of the value before it."""


def annotations_of(record: RunRecord, charset: Charset) -> Annotations:
    """Values at the ends of their lines, insights and the error at theirs; an error wins over a value."""
    bounds = notes_by_line(_worth_a_note(record))
    notes = {line - 1: Note(partial(line_note, names, charset=charset)) for line, names in bounds.items()}
    marks: dict[int, NoteKind] = {}
    for line, insights in _insights_by_line(record.insights).items():
        marks[line - 1] = "insight"
        notes[line - 1] = Note(partial(_with_remark, bounds.get(line, ()), insights, charset))
    error = record.error
    if error is not None and error.line is not None:
        notes[error.line - 1] = _remark(_error_words(error, charset), "error", charset)
        marks[error.line - 1] = "error"
    return Annotations(record.source, notes, marks, _underlines(error))


def _worth_a_note(record: RunRecord) -> list[Bound]:
    """A blank still to be filled in says nothing."""
    return [
        bound
        for bound in record.bound.values()
        if not (isinstance(bound.value, TextFacts) and bound.value.type == "ellipsis")
    ]


def _remark(words: str, kind: NoteKind, charset: Charset) -> Note:
    """A note of fixed words, cut short where there is little room."""
    return Note(lambda room: Text(clip(words, room, charset), no_wrap=True, end=""), kind)


def _insights_by_line(insights: Sequence[Insight]) -> dict[int, list[Insight]]:
    found: dict[int, list[Insight]] = {}
    for insight in insights:
        if insight.line is not None:
            found.setdefault(insight.line, []).append(insight)
    return found


def _with_remark(bounds: Sequence[Bound], insights: Sequence[Insight], charset: Charset, room: int) -> Text:
    """What the line's names were bound to and then the remark; where there is no room for both, the remark."""
    note = line_note(bounds, room, charset) if bounds else Text(no_wrap=True, end="")
    left = room - note.cell_len - 2
    if note.plain and left >= LEAST_REMARK:
        note.append("  ")
    else:
        note, left = Text(no_wrap=True, end=""), room
    more = f" (and {len(insights) - 1} more)" if len(insights) > 1 else ""
    words = f"{charset.glyphs.under} {literal(insights[0].message.split('. ')[0], charset)}{more}"
    return note.append(clip(words, left, charset), style=charset.style("warning"))


def _error_words(error: Error, charset: Charset) -> str:
    words = error.explanation or error.message
    return f"{charset.glyphs.cross} {error.type}: {literal(words.strip().split(chr(10))[0], charset)}"


def _underlines(error: Error | None) -> list[Underline]:
    if error is None or error.line is None:
        return []
    one_line = error.end_line in (None, error.line)
    return [Underline(error.line - 1, error.column or 0, error.end_column if one_line else None)]
