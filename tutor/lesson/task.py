"""A step as the learner meets it: its name, its question, what there is to work with, and our own answer."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tutor.lesson.model import Choice, Code, Gradable, Order, Predict, Step, Tune
from tutor.lesson.tuning import tuned

_ASKED = {
    "shape": "What is the shape of `{of}`?",
    "dtype": "What is the dtype of `{of}`?",
    "value": "What is the value of `{of}`?",
    "grad": "What is `{of}`, the gradient?",
    "device": "On which device is `{of}`?",
    "output": "What does this print?",
    "error": "Which exception does this raise? If it raises none, answer `no error`.",
}


def step_title(step: Step) -> str:
    """The step's name for people."""
    return step.title or step.id.replace("-", " ").replace("_", " ").capitalize()


def question_of(step: Predict | Choice) -> str:
    """The question of a step that asks one."""
    if step.question or isinstance(step, Choice):
        return step.question.strip()
    return _ASKED[step.ask].format(of=step.of)


def code_of(step: Step) -> str:
    """The code a step starts with; empty when it has none, or when its lines are to be put in order."""
    match step:
        case Code():
            return step.starter
        case Order():
            return ""
        case _:
            return step.code


def solution_of(step: Gradable) -> str:
    """Our own answer as code."""
    return tuned(step.code, step.solution) if isinstance(step, Tune) else step.solution


def lines_to_order(step: Order) -> list[str]:
    """The lines of an `order` step, those that belong nowhere among them, as they are first shown."""
    solution = [line for line in step.solution.splitlines() if line.strip()]
    return shuffled([*solution, *step.distractors], "".join(solution))


def shuffled(lines: Sequence[str], seed: str) -> list[str]:
    """The lines in an order that is not the given one, and always the same."""
    mixed = list(lines)
    if len(set(mixed)) < 2:
        return mixed
    chance = random.Random(seed)
    while mixed == list(lines):
        chance.shuffle(mixed)
    return mixed
