"""The page at a lesson's end: what was done, what to keep, what went wrong on the way, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.content import Content

from tutor.events import Error
from tutor.lesson.catalog import Entry
from tutor.lesson.model import Lesson
from tutor.lesson.task import step_title
from tutor.panes.glyphs import Glyphs
from tutor.panes.lesson_card import step_line
from tutor.panes.printed import without_escapes
from tutor.progress.contract import StepRecord
from tutor.progress.keepsakes import Diary

LONGEST_MISHAP = 110


@dataclass(frozen=True, slots=True)
class LessonEnd:
    """What there is to tell."""

    lesson: Lesson
    records: Mapping[str, StepRecord]
    diary: Diary
    review: float | None = None
    """Seconds until a step of it comes back; None: none does."""
    following: Entry | None = None


def mishap_line(error: Error) -> str:
    """An error in a line: `line 9   Trying to backward through the graph a second time`."""
    said = without_escapes(error.explanation or error.message).strip().split("\n")[0].split(". ")[0]
    where = f"line {error.line}   " if error.line is not None else ""
    line = f"{where}{said.removesuffix('.') or error.type}"
    return line if len(line) <= LONGEST_MISHAP else f"{line[: LONGEST_MISHAP - 1].rstrip()}…"


def lesson_end(told: LessonEnd, glyphs: Glyphs) -> Content:
    """The page."""
    blocks = [
        [Content.styled(without_escapes(told.lesson.title), "bold $accent")],
        _titled("What you did", _done(told, glyphs)),
        _titled(
            "Worth keeping",
            [
                Content.assemble((f"  {glyphs.dot} ", "dim"), without_escapes(line.strip()))
                for line in told.lesson.recap
            ],
        ),
        _titled(_mishap_title(len(told.diary.mishaps)), _mishaps(told.diary)),
        [_numbers(told)],
        _next(told.following),
    ]
    lines: list[Content] = []
    for block in blocks:
        if block:
            lines += [Content(""), *block] if lines else block
    return Content("\n").join(lines)


def _titled(title: str, lines: list[Content]) -> list[Content]:
    return [Content.styled(title, "bold"), *lines] if lines else []


def _done(told: LessonEnd, glyphs: Glyphs) -> list[Content]:
    return [
        Content("  ") + step_line(number, step_title(step), told.records.get(step.id), glyphs)
        for number, step in enumerate(told.lesson.steps, start=1)
    ]


def _mishap_title(count: int) -> str:
    things = "One thing" if count == 1 else f"{count} things"
    return f"{things} went wrong on the way, and taught something"


def _mishaps(diary: Diary) -> list[Content]:
    return [Content.styled(f"  {without_escapes(mishap)}", "") for mishap in diary.mishaps]


def _numbers(told: LessonEnd) -> Content:
    hints = sum(record.hints for record in told.records.values())
    minutes = round(told.diary.seconds / 60)
    counted = [
        _counted(minutes, "minute") if minutes else "",
        _counted(told.diary.runs, "run") if told.diary.runs else "",
        _counted(hints, "hint") if hints else "no hints",
    ]
    words = ", ".join(part for part in counted if part)
    still_open = sum(
        step.id not in told.records or not told.records[step.id].passed for step in told.lesson.steps
    )
    pieces: list[tuple[str, str]] = [(words, "dim")]
    if told.review is not None:
        pieces.append((f"   next review {_in_days(told.review)}", "dim"))
    if still_open:
        pieces.append((f"   {_counted(still_open, 'step')} still open", "$warning"))
    return Content.assemble(*pieces)


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _in_days(seconds: float) -> str:
    days = round(seconds / 86_400)
    return "today" if days < 1 else "tomorrow" if days == 1 else f"in {days} days"


def _next(following: Entry | None) -> list[Content]:
    if following is None:
        return []
    title = Content.assemble(
        ("Next  ", "bold"), without_escapes(following.title), (f"   {following.head.minutes} min", "dim")
    )
    return [title, Content.styled(without_escapes(following.head.why.strip()), "dim")]
