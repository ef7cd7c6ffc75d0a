"""Has answers graded and counts what is done; and helps, one rung at a time."""

from __future__ import annotations

import random

from tutor.headless.plain.sitting import Sitting
from tutor.headless.plain.words import listing, verdict_in_words
from tutor.headless.plain_markdown import inline, plain
from tutor.lesson.model import Explain, Gradable, Run, Tune
from tutor.lesson.task import solution_of
from tutor.lesson.tuning import touched_line
from tutor.renderables.errors import error_in_words
from tutor.renderables.run_record import RunRecord
from tutor.runner.grading import grading_of
from tutor.runner.outcome import judge


async def run(sitting: Sitting) -> None:
    """Run the code, say what it did, and count it where running is the task."""
    if not await sitting.runs.ready():
        return
    step = sitting.step
    record = await sitting.runs.aloud(sitting.runs.request(sitting.lesson, step, sitting.code))
    sitting.runs.report(record)
    if record.finished is not None and record.finished.status in ("ok", "error"):
        sitting.talk.say(plain(step.look.strip()))
    if isinstance(step, Run):
        _count_run(sitting, step, record)
    elif isinstance(step, Explain):
        sitting.talk.say(plain(step.after.strip()))


def _count_run(sitting: Sitting, step: Run, record: RunRecord) -> None:
    if record.finished is None or record.finished.status != "ok":
        return
    if step.changed and record.source.rstrip() == step.code.rstrip():
        sitting.talk.say("Now change the code, and run it again.")
        return
    sitting.keep_outcome("passed")
    sitting.talk.say("Done.", plain(step.after.strip()))


async def check(sitting: Sitting, step: Gradable) -> None:
    """Run the answer, judge it, say and keep the verdict."""
    line = touched_line(step.code, sitting.code, step.given) if isinstance(step, Tune) else None
    if line is not None:
        sitting.talk.say(
            f"Line {line} is not yours to change. Take it back: x puts the step's own code back."
        )
        return
    if not sitting.code.strip():
        sitting.talk.say("There is nothing to check yet: e lets you write an answer.")
        return
    if not await sitting.runs.ready():
        return
    grading = grading_of(step, sitting.code, random.randrange(1, 1 << 31))
    record = await sitting.runs.aloud(
        sitting.runs.request(sitting.lesson, step, sitting.code, grading=grading)
    )
    verdict = judge(step, record.told())
    sitting.keep_outcome(verdict.outcome)
    error = error_in_words(record.error) if record.error is not None and verdict.outcome == "error" else ""
    sitting.talk.say(error, *verdict_in_words(verdict))
    if verdict.done:
        sitting.talk.say(plain(step.after.strip()), "Here is how we did it.", listing(solution_of(step)))


def hint(sitting: Sitting, step: Gradable) -> None:
    """Say the next hint; after the last one, the solution."""
    if sitting.hints >= len(step.hints):
        solution(sitting, step)
        return
    rung = sitting.hints = sitting.hints + 1
    known = sitting.services.progress.record(sitting.lesson.id, step.id).hints
    if rung > known:
        sitting.keep_hint(rung)
    more = "h gives the next one." if rung < len(step.hints) else "h once more shows the solution."
    sitting.talk.say(f"Hint {rung} of {len(step.hints)}: {inline(step.hints[rung - 1].strip())}", more)


def solution(sitting: Sitting, step: Gradable) -> None:
    """Show our code; the step then counts as assisted unless it is already done."""
    if not sitting.passed:
        known = sitting.services.progress.record(sitting.lesson.id, step.id).hints
        sitting.keep_hint(known, solution=True)
    sitting.talk.say(
        "This is our solution.", listing(solution_of(step)), "Write it in your own words, then check."
    )
