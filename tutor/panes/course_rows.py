"""Rows of the course map: a track's name, and below it a line for each lesson with its dots and minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.content import Content

from tutor.lesson.catalog import Catalog, Entry
from tutor.panes.course_search import Found
from tutor.panes.glyphs import Glyphs
from tutor.panes.one_line import Piece, one_line
from tutor.panes.printed import without_escapes
from tutor.progress.contract import StepRecord

MOST_DOTS = 14


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson of the map."""

    entry: Entry
    passed: int = 0
    started: bool = False
    broken: bool = False
    here: bool = False

    @property
    def steps(self) -> int:
        """How many steps it has."""
        return max(self.entry.head.steps, self.passed)

    @property
    def done(self) -> bool:
        """Whether every step is done."""
        return 0 < self.steps <= self.passed


def lesson_row(
    entry: Entry, records: Mapping[str, StepRecord], *, broken: bool = False, here: bool = False
) -> LessonRow:
    """What the map says about a lesson."""
    passed = sum(record.passed for record in records.values())
    return LessonRow(entry, passed, bool(records), broken, here)


def row_content(row: LessonRow, width: int, glyphs: Glyphs) -> Content:
    """One lesson in one line."""
    sign = glyphs.here if row.here else glyphs.broken if row.broken else " "
    style = "$error" if row.broken else "bold" if row.here else "dim" if row.done else ""
    left: list[Piece] = [
        (f"  {sign} ", "$accent" if row.here else style),
        (without_escapes(row.entry.title), style),
    ]
    if row.broken:
        return one_line(left, [("cannot be opened ", "$error")], width)
    dots = min(row.steps, MOST_DOTS)
    full = round(dots * row.passed / row.steps) if row.steps else 0
    if row.passed and not full:
        full = 1
    right: list[Piece] = [
        (glyphs.done * full, "$success"),
        (glyphs.todo * (dots - full) + " " * (MOST_DOTS - dots), "dim"),
    ]
    right.append((f" {row.entry.head.minutes:3} min ", "dim"))
    return one_line(left, right, width)


def found_content(found: Found, width: int) -> Content:
    """One thing that was searched for, in one line."""
    left: list[Piece] = [(f"  {found.kind:<8}", "dim"), (without_escapes(found.title), "")]
    about = " ".join(without_escapes(found.about).split())
    if width >= 60:
        left.append((f"   {about}", "dim"))
    return one_line(left, [], width)


def due_content(title: str, lesson: str, days: int, width: int) -> Content:
    """One step to review, in one line."""
    when = "today" if days < 1 else "since yesterday" if days == 1 else f"since {days} days ago"
    left: list[Piece] = [("    ", ""), (without_escapes(title), ""), (f"   {without_escapes(lesson)}", "dim")]
    return one_line(left, [(f"due {when} ", "dim")], width)


def track_content(title: str, about: str, width: int) -> Content:
    """A track's heading."""
    pieces: list[Piece] = [(f" {without_escapes(title)}", "bold")]
    if about and width >= 60:
        pieces.append((f"   {without_escapes(about)}", "dim"))
    return one_line(pieces, [], width)


def count_line(catalog: Catalog, records: Mapping[str, Mapping[str, StepRecord]]) -> str:
    """`3 of 35 lessons, about 9 hours left`."""
    rows = [lesson_row(entry, records.get(entry.id, {})) for entry in catalog.entries()]
    minutes = sum(row.entry.head.minutes * (1 - row.passed / row.steps if row.steps else 1) for row in rows)
    left = f"about {minutes / 60:.0f} hours left" if minutes >= 90 else f"about {minutes:.0f} minutes left"
    return f"{sum(row.done for row in rows)} of {len(rows)} lessons, {left}"
