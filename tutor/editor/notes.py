"""What stands beside code without being part of it: notes at line ends, marks in the gutter, underlined spans."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

NoteKind = Literal["value", "error", "insight"]

_PLAIN = Console(color_system=None, width=400)
"""Only lends the styles of a note their meaning; nothing is printed on it."""

LEAST_ROOM = 5
"""Cells; a note that would get fewer is not drawn."""
FARTHEST_COLUMN = 56
"""Notes share one column as long as the code leaves it free."""


@dataclass(frozen=True, slots=True)
class Note:
    """Words at the end of a line."""

    fit: Callable[[int], Text]
    """The words in at most so many cells; empty when they do not fit."""
    kind: NoteKind = "value"


@dataclass(frozen=True, slots=True)
class Underline:
    """A span of code that is to blame; lines and columns count from 0, an end of None is the line's."""

    line: int
    start: int = 0
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Annotations:
    """Everything one run had to say about a source; lines count from 0."""

    source: str = ""
    notes: Mapping[int, Note] = field(default_factory=dict)
    marks: Mapping[int, NoteKind] = field(default_factory=dict)
    underlines: Sequence[Underline] = ()


def moved_lines(ran: Sequence[str], now: Sequence[str]) -> dict[int, int]:
    """Where each unchanged line of what ran is now; lines that changed are absent."""
    if list(ran) == list(now):
        return {line: line for line in range(len(ran))}
    matcher = difflib.SequenceMatcher(None, ran, now, autojunk=False)
    return {
        block.a + offset: block.b + offset
        for block in matcher.get_matching_blocks()
        for offset in range(block.size)
    }


def follow(annotations: Annotations, now: Sequence[str]) -> Annotations:
    """The annotations of the lines that are still as they ran, at their present places."""
    moved = moved_lines(annotations.source.split("\n"), now)
    return Annotations(
        source="\n".join(now),
        notes={moved[line]: note for line, note in annotations.notes.items() if line in moved},
        marks={moved[line]: mark for line, mark in annotations.marks.items() if line in moved},
        underlines=[
            Underline(moved[span.line], span.start, span.end)
            for span in annotations.underlines
            if span.line in moved
        ],
    )


def note_column(line_widths: Sequence[int], width: int) -> int:
    """The column where the notes of these lines line up."""
    near = [line for line in line_widths if line <= FARTHEST_COLUMN]
    column = max(near, default=0) + 3
    return min(column, max(0, width // 2 + 8))


def paint_note(strip: Strip, note: Note, style: Style, *, line_end: int, column: int, width: int) -> Strip:
    """The line with its note after it, on the cells' own background."""
    nearest = line_end + 2
    if width - nearest < LEAST_ROOM:
        return strip
    words = note.fit(width - nearest)
    if not words.plain:
        return strip
    start = max(nearest, min(column, width - words.cell_len))
    end = start + words.cell_len
    if strip.cell_length < end:
        strip = strip.extend_cell_length(end)
    left, middle, right = strip.divide([start, end, strip.cell_length])
    behind = next((segment.style for segment in middle if segment.style is not None), Style())
    written = [
        Segment(segment.text, behind + _worn(style, segment.style))
        for segment in words.render(_PLAIN)
        if segment.text
    ]
    return Strip.join([left, Strip(written, words.cell_len), right])


def _worn(style: Style, own: Style | None) -> Style:
    """A muted part wears the note's own style, a loud part its own on top."""
    return style if own is None or own.dim else style + own


def paint_mark(strip: Strip, mark: str, style: Style, gutter: int) -> Strip:
    """The line with a sign in its gutter, in the first of the two cells after the number."""
    if gutter < 3:
        return strip
    left, cell, right = strip.divide([gutter - 2, gutter - 1, strip.cell_length])
    behind = next((segment.style for segment in cell if segment.style is not None), Style())
    return Strip.join([left, Strip([Segment(mark, behind + style)], 1), right])
