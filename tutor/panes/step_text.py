"""The words of a step as Markdown: what is read before anything is typed."""

from __future__ import annotations

from tutor.lesson.model import Choice, Code, Lesson, Order, Predict, Step, Tune
from tutor.panes.printed import without_escapes

_ASKED = {
    "shape": "What is the shape of `{of}`?",
    "dtype": "What is the dtype of `{of}`?",
    "value": "What is the value of `{of}`?",
    "grad": "What is `{of}`, the gradient?",
    "device": "On which device is `{of}`?",
    "output": "What does this print?",
    "error": "Which exception does this raise? If it raises none, answer `no error`.",
}


_DRAWN_IN_ASCII = {
    **{ord(sign): "-" for sign in "─━═╌┄‒–—"},
    **{ord(sign): "|" for sign in "│┃║┆┊"},
    **{ord(sign): "+" for sign in "┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╯╰┏┓┗┛"},
    **{ord(sign): ">" for sign in "→►▶▸"},
    **{ord(sign): "<" for sign in "←◄◀◂"},
    **{ord(sign): "^" for sign in "↑▲△"},
    **{ord(sign): "v" for sign in "↓▼▽"},
    **{ord(sign): "#" for sign in "█▓▒▇▆▅▄"},
    **{ord(sign): "." for sign in "░·▁▂▃…"},
    ord("×"): "x", ord("²"): "^2", ord("╲"): "\\", ord("╱"): "/", ord("−"): "-",
}  # fmt: skip
"""What lessons draw with, for terminals that show only ASCII; each sign keeps its one cell as far as it can."""


def in_ascii(text: str) -> str:
    """A lesson's text for a terminal that shows only ASCII."""
    return text.translate(_DRAWN_IN_ASCII).encode("ascii", "replace").decode("ascii")


def step_title(step: Step) -> str:
    """The step's name for people."""
    return step.title or step.id.replace("-", " ").replace("_", " ").capitalize()


def question_of(step: Predict | Choice) -> str:
    """The question of a step that asks one."""
    if step.question:
        return without_escapes(step.question).strip()
    if isinstance(step, Predict):
        return _ASKED[step.ask].format(of=step.of)
    return ""


def step_markdown(lesson: Lesson, step: Step) -> str:
    """Title, text and task of a step; its first step also says why the lesson exists."""
    parts = [f"## {step_title(step)}"]
    if lesson.steps and lesson.steps[0].id == step.id and lesson.why:
        parts.append(f"*{lesson.why.strip()}*")
    parts.append(step.text.strip())
    if isinstance(step, Code | Order | Tune):
        parts.append(f"**Your turn.** {step.goal.strip()}")
    return without_escapes("\n\n".join(part for part in parts if part))


def hint_markdown(number: int, total: int, text: str) -> str:
    """One rung of the ladder of hints."""
    return without_escapes(f"**Hint {number} of {total}.** {text.strip()}")


def code_of(step: Step) -> str:
    """The code a step starts with; empty when it has none, or when its lines are to be put in order."""
    match step:
        case Code():
            return step.starter
        case Order():
            return ""
        case _:
            return step.code
