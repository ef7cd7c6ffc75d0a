"""What the course map says about one lesson: why it is worth it, its steps, or what is wrong with its file."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from tutor.lesson.catalog import Entry
from tutor.lesson.load import Loaded
from tutor.lesson.task import step_title
from tutor.panes.glyphs import Glyphs
from tutor.panes.printed import without_escapes
from tutor.progress.contract import StepRecord

MOST_FAULTS = 6


def lesson_card(entry: Entry, loaded: Loaded, records: Mapping[str, StepRecord], glyphs: Glyphs) -> Content:
    """The card of a lesson."""
    lines = [Content.styled(without_escapes(entry.title), "bold $accent")]
    if entry.head.why:
        lines += [Content(without_escapes(entry.head.why.strip()))]
    lines.append(Content(""))
    if loaded.lesson is not None:
        for number, step in enumerate(loaded.lesson.steps, start=1):
            record = records.get(step.id)
            lines.append(step_line(number, step_title(step), record, glyphs))
    if entry.head.prerequisites:
        lines += [Content(""), Content.styled(f"Builds on {', '.join(entry.head.prerequisites)}", "dim")]
    if loaded.faults:
        lines += [Content(""), *_fault_lines(loaded)]
    return Content("\n").join(lines)


def step_line(number: int, title: str, record: StepRecord | None, glyphs: Glyphs) -> Content:
    """One step with what became of it."""
    if record is None or not record.passed:
        sign, style = glyphs.todo, "dim"
    else:
        sign, style = (glyphs.assisted if record.assisted else glyphs.done), "$success"
    return Content.assemble((f"{sign} ", style), (f"{number:2}  ", "dim"), without_escapes(title))


def _fault_lines(loaded: Loaded) -> list[Content]:
    head = "This lesson cannot be opened." if loaded.broken else "Some steps of this lesson are broken."
    lines = [Content.styled(head, "bold $error")]
    lines += [Content(without_escapes(fault.sentence)) for fault in loaded.faults[:MOST_FAULTS]]
    if len(loaded.faults) > MOST_FAULTS:
        lines.append(Content.styled(f"and {len(loaded.faults) - MOST_FAULTS} more", "dim"))
    return lines
