"""Steps, verdicts and ends of lessons as text that reads well aloud: headings first, code numbered, signs only beside words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tutor.events import Check
from tutor.headless.plain_markdown import inline, plain
from tutor.lesson.catalog import Entry
from tutor.lesson.model import Choice, Code, Explain, Lesson, Order, Predict, Run, Step, Tune
from tutor.lesson.task import lines_to_order, question_of, step_title
from tutor.progress.contract import Outcome, StepRecord
from tutor.runner.outcome import Verdict

_HEADS: dict[Outcome, str] = {
    "passed": "Correct.",
    "not_as_taught": "Right, but not as taught.",
    "not_yet": "Not yet.",
    "error": "It stopped with an error.",
    "not_attempted": "Nothing has been changed yet.",
    "timeout": "It took too long.",
    "memory": "It used too much memory.",
    "stopped": "It was stopped.",
    "crashed": "The program died.",
}
_DECIDED = {"passed": "passed", "failed": "failed", "not_reached": "not reached", "not_attempted": "open"}


def lesson_heading(lesson: Lesson) -> list[str]:
    """What is said when a lesson is opened."""
    return [
        f"Lesson: {lesson.title}",
        inline(lesson.why.strip()),
        f"{lesson.minutes} minutes, {len(lesson.steps)} steps.",
    ]


def step_in_words(lesson: Lesson, index: int, passed: bool) -> list[str]:
    """Heading, text and task of a step."""
    step = lesson.steps[index]
    done = " (done)" if passed else ""
    return [
        f"Step {index + 1} of {len(lesson.steps)}: {step_title(step)}{done}",
        plain(step.text.strip()),
        _task(step),
    ]


def _task(step: Step) -> str:
    match step:
        case Explain():
            return ""
        case Run():
            return "Change the code, then run it." if step.changed else "Run the code."
        case Predict() | Choice():
            return f"Question: {inline(question_of(step))}"
        case Code():
            return f"Your turn: {plain(step.goal.strip())}"
        case Order():
            return f"Your turn: {plain(step.goal.strip())}\nBring these lines into order; some may belong nowhere."
        case Tune():
            return f"Your turn: {plain(step.goal.strip())}\nYou may change {', '.join(step.given)}."


def listing(code: str) -> str:
    """Code with its line numbers."""
    if not code.strip():
        return ""
    lines = code.rstrip().split("\n")
    return "Code:\n" + "\n".join(f"{number:>3}  {line}" for number, line in enumerate(lines, 1))


def lines_in_words(step: Order) -> str:
    """The lines to bring into order, each with the number it is called by."""
    return numbered(lines_to_order(step))


def numbered(choices: Sequence[str]) -> str:
    """Choices with the numbers to type."""
    return "\n".join(f"{number}. {inline(choice.rstrip())}" for number, choice in enumerate(choices, 1))


def verdict_in_words(verdict: Verdict) -> list[str]:
    """What was decided, why, and check by check."""
    head = _HEADS[verdict.outcome]
    told = verdict.note if verdict.outcome == "not_as_taught" else verdict.message
    failed = next((check for check in verdict.checks if check.status == "failed"), None)
    case = f"Found with {failed.case}" if failed is not None and failed.case else ""
    checks = verdict.checks if verdict.outcome != "not_attempted" else ()
    return [head, told if told != head else "", case, "\n".join(_check_line(check) for check in checks)]


def _check_line(check: Check) -> str:
    name = check.id.replace("_", " ").replace("-", " ")
    return f"Check {name}: {_DECIDED[check.status]}{'' if check.required else ', advice only'}."


def steps_in_words(lesson: Lesson, records: Mapping[str, StepRecord], here: int) -> str:
    """All steps of a lesson with what became of them."""
    lines = [
        f"{index + 1}. {step_title(step)}: {_standing(records.get(step.id))}"
        f"{', you are here' if index == here else ''}"
        for index, step in enumerate(lesson.steps)
    ]
    return "\n".join([f"Steps of {lesson.title}:", *lines])


def _standing(record: StepRecord | None) -> str:
    if record is None or not record.passed:
        return "open"
    return "done with help" if record.assisted else "done"


def summary_in_words(
    lesson: Lesson, records: Mapping[str, StepRecord], following: Entry | None
) -> Iterator[str]:
    """The end of a lesson: what to keep, what was done, what is open, what comes next."""
    yield f"End of the lesson: {lesson.title}"
    if lesson.recap:
        yield "Worth keeping:\n" + "\n".join(f"- {inline(line.strip())}" for line in lesson.recap)
    attempts = sum(record.attempts for record in records.values())
    hints = sum(record.hints for record in records.values())
    yield f"Attempts: {attempts}. Hints: {hints}."
    still = [
        f"{index}. {step_title(step)}"
        for index, step in enumerate(lesson.steps, 1)
        if not records.get(step.id, StepRecord(lesson.id, step.id)).passed
    ]
    yield f"Still open: {', '.join(still)}" if still else "All steps are done."
    if following is not None:
        yield f"Next lesson: {following.title}, {following.head.minutes} minutes.\n{following.head.why.strip()}"
