"""The words of a step as Markdown: what is read before anything is typed."""

from __future__ import annotations

from tutor.lesson import task
from tutor.lesson.model import Choice, Code, Lesson, Order, Predict, Step, Tune
from tutor.panes.printed import without_escapes


def question_of(step: Predict | Choice) -> str:
    """The question of a step that asks one."""
    return without_escapes(task.question_of(step))


def step_markdown(lesson: Lesson, step: Step) -> str:
    """Title, text and task of a step; its first step also says why the lesson exists."""
    parts = [f"## {task.step_title(step)}"]
    if lesson.steps and lesson.steps[0].id == step.id and lesson.why:
        parts.append(f"*{lesson.why.strip()}*")
    parts.append(step.text.strip())
    if isinstance(step, Code | Order | Tune):
        parts.append(f"**Your turn.** {step.goal.strip()}")
    return without_escapes("\n\n".join(part for part in parts if part))


def hint_markdown(number: int, total: int, text: str) -> str:
    """One rung of the ladder of hints."""
    return without_escapes(f"**Hint {number} of {total}.** {text.strip()}")
