"""`pytorch-tutor show`: a lesson as text, for pipes, screen readers and people away from the screen. It gives no answers away."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import click

from tutor.failures import CommandFailure
from tutor.headless.course import open_catalog
from tutor.headless.plain_markdown import plain
from tutor.lesson.catalog import UnknownPlace
from tutor.lesson.model import Choice, Code, Explain, Lesson, Order, Predict, Run, Step, Tune
from tutor.renderables.drawn_signs import in_ascii
from tutor.renderables.literal import literal_lines
from tutor.settings import Settings
from tutor.terminal import draws_nothing

WIDTH = 88


def show_lesson(name: str, as_plain: bool, settings: Settings) -> int:
    """Print a lesson; plain text wherever standard output is no terminal."""
    catalog = open_catalog(settings)
    try:
        loaded = catalog.loaded(name.partition("/")[0])
    except UnknownPlace as unknown:
        raise CommandFailure(str(unknown)) from unknown
    if loaded.lesson is None:
        raise CommandFailure(f"The lesson cannot be read: {loaded.faults[0].sentence}")
    text = literal_lines("\n\n".join(markdown(loaded.lesson)))
    coloured = settings.color and "NO_COLOR" not in os.environ
    if as_plain or not sys.stdout.isatty() or not coloured or draws_nothing(os.environ):
        text = plain(text)
        click.echo(in_ascii(text) if settings.ascii else text)
    else:
        _print_rich(text)
    return 0


def markdown(lesson: Lesson) -> Iterator[str]:
    """The lesson's parts as Markdown, without anything that answers a question."""
    yield f"# {lesson.title}"
    yield lesson.why
    yield f"{lesson.minutes} minutes, {len(lesson.steps)} steps."
    for number, step in enumerate(lesson.steps, start=1):
        yield f"## {number}. {step.title or step.id}"
        if step.text:
            yield step.text.strip()
        yield from _task(step)


def _task(step: Step) -> Iterator[str]:
    match step:
        case Explain():
            yield from _code(step.code)
        case Run():
            yield from _code(step.code)
            yield "Run it."
        case Predict():
            yield from _code(step.code)
            yield step.question or _question(step)
        case Code():
            yield f"Your turn: {step.goal.strip()}"
            yield from _code(step.starter)
        case Order():
            yield f"Your turn: {step.goal.strip()} Bring these lines into order."
            yield from _code("\n".join(_lines(step)))
        case Choice():
            yield step.question.strip()
            yield from _code(step.code)
            yield "\n".join(f"- {option.text.strip()}" for option in step.options)
        case Tune():
            yield f"Your turn: {step.goal.strip()} Change {', '.join(f'`{name}`' for name in step.given)}."
            yield from _code(step.code)


def _question(step: Predict) -> str:
    match step.ask:
        case "output":
            return "What does it print?"
        case "error":
            return "Which exception does it raise, if any?"
        case asked:
            return f"What is the {asked} of `{step.of}`?"


def _lines(step: Order) -> list[str]:
    """In the order of the alphabet, which gives nothing away."""
    lines = [line for line in step.solution.splitlines() if line.strip()]
    return sorted([*lines, *step.distractors], key=str.strip)


def _code(code: str) -> Iterator[str]:
    if code.strip():
        yield f"```python\n{code.rstrip()}\n```"


def _print_rich(text: str) -> None:
    from rich.console import Console  # deferred: plain text does without Rich
    from rich.markdown import Markdown

    console = Console(highlight=False)
    console.print(Markdown(text, code_theme="ansi_dark"), width=min(WIDTH, console.width))
