"""A program's source with its notes at the line ends, aligned to one column, and remarks under the lines they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len
from rich.text import Text

from tutor.events import Bound, Error, Insight
from tutor.renderables.charset import Charset
from tutor.renderables.insights import insight_note
from tutor.renderables.literal import stack
from tutor.renderables.notes import NARROWEST, line_note

GAP = 3
NOTE = 26
"""Cells kept for notes: enough for a shape, a dtype and `grad`."""


def annotated_source(
    code: Sequence[Text],
    notes: Mapping[int, Sequence[Bound]],
    insights: Iterable[Insight],
    error: Error | None,
    width: int,
    charset: Charset,
) -> Text:
    """Every line of `code` with its number, its note and its remarks; the line that failed is marked."""
    digits = max(2, len(str(len(code))))
    gutter = digits + 3
    column = _column(code, notes, width - gutter)
    remarks: dict[int, list[Insight]] = {}
    for insight in insights:
        remarks.setdefault(insight.line or 0, []).append(insight)
    lines: list[Text] = []
    for number, text in enumerate(code, 1):
        failed = error is not None and error.line == number
        line = _numbered(number, digits, failed, charset).append_text(text)
        _add_note(line, notes.get(number, ()), gutter + column, width, charset)
        lines.append(line)
        for insight in remarks.get(number, []):
            indent = " " * (gutter + len(text.plain) - len(text.plain.lstrip()))
            note = insight_note(insight, max(24, width - len(indent)), charset)
            lines.extend(Text(indent, no_wrap=True).append_text(part) for part in note.split("\n"))
    for line in lines:
        line.truncate(width, overflow="ellipsis" if not charset.ascii else "crop")
    return stack(lines)


def _numbered(number: int, digits: int, failed: bool, charset: Charset) -> Text:
    mark = charset.glyphs.cross if failed else " "
    text = Text(f"{number:>{digits}}", style=charset.style("bad" if failed else "muted"), no_wrap=True)
    line = Text(no_wrap=True).append_text(text)
    return line.append(f" {mark} ", style=charset.style("bad"))


def _column(code: Sequence[Text], notes: Mapping[int, Sequence[Bound]], room: int) -> int:
    """Where notes begin: behind the longest noted line, but never so far right that a shape would not fit."""
    ends = [cell_len(code[number - 1].plain) for number in notes if 0 < number <= len(code)]
    return min(max(ends, default=0) + GAP, max(24, room - NOTE))


def _add_note(line: Text, bounds: Sequence[Bound], column: int, width: int, charset: Charset) -> None:
    if not bounds:
        return
    start = max(cell_len(line.plain) + GAP, column)
    note = line_note(bounds, width - start, charset)
    if note.plain and width - start >= NARROWEST:
        line.append(" " * (start - cell_len(line.plain))).append_text(note)
