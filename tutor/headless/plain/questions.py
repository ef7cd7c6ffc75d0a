"""Predictions, whose answer is computed by running the code, and choices, whose answer the lesson knows."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from tutor.events import Event
from tutor.headless.plain.sitting import Sitting
from tutor.headless.plain.words import numbered
from tutor.headless.plain_markdown import plain
from tutor.lesson.model import Choice, Predict
from tutor.runner.truth import asks_of, is_right, options, reason, truth


@dataclass(slots=True)
class Question:
    """What is asked, and what may be answered."""

    step: Predict | Choice
    choices: tuple[str, ...] = ()
    """Empty: the answer is typed."""
    right: str | None = None
    """A prediction's answer; None when it could not be computed."""
    heard: tuple[Event, ...] = ()
    """What running a prediction's code said."""
    answered: bool = False


async def prepare(sitting: Sitting, step: Predict | Choice) -> Question:
    """Compute what has to be computed, out of sight, and say what can be answered."""
    if isinstance(step, Choice):
        question = Question(step, tuple(option.text.strip() for option in step.options))
    else:
        question = await _predicted(sitting, step)
    if question.choices:
        sitting.talk.say(numbered(question.choices), "Type the number of your answer.")
    elif question.right is not None:
        sitting.talk.say(
            "Type your answer on one line; one that is also the letter of a command, after an equals sign."
        )
    return question


async def _predicted(sitting: Sitting, step: Predict) -> Question:
    if not await sitting.runs.ready():
        return Question(step)
    request = sitting.runs.request(sitting.lesson, step, step.code, asks=asks_of(step))
    heard = tuple(await sitting.runs.silently(request))
    right = truth(step, heard)
    if right is None:
        sitting.talk.say("The answer could not be computed: the code did not give one.")
        return Question(step, heard=heard)
    choices = tuple(options(step, right, zlib.crc32(step.id.encode()))) if step.choices else ()
    return Question(step, choices, right, heard)


def answer(sitting: Sitting, question: Question, typed: str) -> None:
    """Say whether it is right, and why."""
    given = _chosen(question, typed.strip().removeprefix("=").strip())
    if given is None:
        sitting.talk.say(f"Type a number from 1 to {len(question.choices)}, or the letter of a command.")
        return
    match question.step:
        case Choice() as step:
            option = step.options[question.choices.index(given)]
            right, why = option.right, option.reason
        case Predict() as step:
            if question.right is None:
                sitting.talk.say("There is no answer to compare with.")
                return
            right = is_right(step, given, question.right)
            why = "" if right else reason(step, given)
    sitting.keep_outcome("passed" if right else "not_yet")
    sitting.talk.say(f"{'Right.' if right else 'Not that one.'} {plain(why.strip())}".strip())
    if right:
        _finish(sitting, question)


def _chosen(question: Question, typed: str) -> str | None:
    """The choice of that number or of those words; without choices, what was typed."""
    if not question.choices:
        return typed or None
    if typed.isdecimal() and 1 <= int(typed) <= len(question.choices):
        return question.choices[int(typed) - 1]
    return next((choice for choice in question.choices if choice.casefold() == typed.casefold()), None)


def give_away(sitting: Sitting, question: Question) -> None:
    """Say a prediction's answer; the step counts as assisted."""
    if question.right is None:
        sitting.talk.say("There is no answer to tell: choose the one you think is right.")
        return
    sitting.keep_hint(0, solution=True)
    sitting.keep_outcome("passed")
    sitting.talk.say(f"The answer is: {question.right}")
    _finish(sitting, question)


def _finish(sitting: Sitting, question: Question) -> None:
    question.answered = True
    if isinstance(question.step, Predict):
        sitting.runs.replay(question.step.code, question.heard)
        sitting.talk.say(question.step.look)
    sitting.talk.say(plain(question.step.after.strip()))
