"""Turns what a run said into what stands beside the code."""

from __future__ import annotations

from functools import partial

from rich.text import Text

from tutor.editor.notes import Annotations, Note, NoteKind, Underline
from tutor.events import Bound, Error, Insight
from tutor.facts import TextFacts
from tutor.renderables.charset import Charset
from tutor.renderables.literal import clip, literal
from tutor.renderables.notes import line_note, notes_by_line
from tutor.renderables.run_record import RunRecord


def annotations_of(record: RunRecord, charset: Charset) -> Annotations:
    """Values at the ends of their lines, insights and the error at theirs; an error wins over a value."""
    notes: dict[int, Note] = {
        line - 1: Note(partial(line_note, bounds, charset=charset))
        for line, bounds in notes_by_line(_worth_a_note(record)).items()
    }
    marks: dict[int, NoteKind] = {}
    for insight in record.insights:
        if insight.line is not None:
            marks[insight.line - 1] = "insight"
            notes.setdefault(insight.line - 1, _remark(_insight_words(insight, charset), "insight", charset))
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


def _insight_words(insight: Insight, charset: Charset) -> str:
    return f"{charset.glyphs.arrow} {literal(insight.message.split('. ')[0], charset)}"


def _error_words(error: Error, charset: Charset) -> str:
    words = error.explanation or error.message
    return f"{charset.glyphs.cross} {error.type}: {literal(words.strip().split(chr(10))[0], charset)}"


def _underlines(error: Error | None) -> list[Underline]:
    if error is None or error.line is None:
        return []
    one_line = error.end_line in (None, error.line)
    return [Underline(error.line - 1, error.column or 0, error.end_column if one_line else None)]
