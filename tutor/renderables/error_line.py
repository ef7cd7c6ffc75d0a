"""The line that failed, with carets under the sub-expression that did."""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.text import Text

from tutor.events import Error
from tutor.renderables.charset import Charset
from tutor.renderables.literal import clip, literal


def failed_line(error: Error, width: int, charset: Charset, source: str = "") -> list[Text]:
    """The line and its carets; the line alone when the place is not known, nothing when not even the line is."""
    written = _written(error, source)
    code = literal(written.strip(), charset)
    if error.line is None or not code:
        return []
    gutter = f"{error.line:>3} {charset.glyphs.vertical} "
    room = width - len(gutter)
    start, end = _span(error, _indent(error, written, source), len(code))
    hidden = min(max(0, end - room + 4), start) if end > room else 0
    muted = charset.style("muted")
    line = Text(no_wrap=True).append(gutter, style=muted).append(clip(code[hidden:], room, charset))
    if end <= start:
        return [line]
    before = cell_len(code[hidden:start])
    carets = min(cell_len(code[start:end]), max(1, room - before))
    below = Text(no_wrap=True).append(" " * (len(gutter) - 2) + charset.glyphs.vertical + " ", style=muted)
    return [line, below.append(" " * before).append("^" * max(1, carets), style=charset.style("bad"))]


def _written(error: Error, source: str) -> str:
    """The line as the traceback has it, else as the source has it."""
    frames = [frame for frame in reversed(error.frames) if frame.line == error.line and frame.code.strip()]
    return frames[0].code.split("\n", 1)[0].rstrip() if frames else _source_line(error, source)


def _source_line(error: Error, source: str) -> str:
    lines = source.split("\n")
    return lines[error.line - 1].rstrip() if error.line is not None and 0 < error.line <= len(lines) else ""


def _indent(error: Error, written: str, source: str) -> int:
    """How far the line stood from the margin: tracebacks strip it, columns count it."""
    for line in (written, _source_line(error, source)):
        if line.strip() == written.strip() and line[:1].isspace():
            return len(line) - len(line.lstrip())
    if error.column is None or not error.expression:
        return 0
    found = re.finditer(re.escape(error.expression.split("\n", 1)[0]), written)
    shifts = [error.column - match.start() for match in found if error.column >= match.start()]
    return min(shifts, key=lambda shift: (shift % 4, shift), default=0)


def _span(error: Error, indent: int, length: int) -> tuple[int, int]:
    """First and last column on the stripped line; an expression of several lines runs to the line's end."""
    if error.column is None:
        return 0, 0
    start = max(0, min(length, error.column - indent))
    several = error.end_line is not None and error.end_line != error.line
    end = length if several or error.end_column is None else error.end_column - indent
    return start, max(start, min(length, end))
