"""All that a learner would see of a lesson, as text: the words, the answers, what programs print and what is said to them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from textwrap import indent

from tutor.authoring.trials import SEEDS, Trial, trials_of
from tutor.authoring.workbench import Workbench
from tutor.events import Event, Output
from tutor.headless.plain_markdown import plain
from tutor.headless.plain_report import report_sections
from tutor.headless.show import markdown
from tutor.lesson.model import Choice, Code, Explain, Lesson, Order, Predict, Run, Step, Tune
from tutor.renderables.charset import Charset
from tutor.renderables.run_record import RunRecord
from tutor.runner.outcome import judge
from tutor.runner.truth import truth

_CHARSET = Charset.of(False, False)


async def as_seen(lesson: Lesson, bench: Workbench) -> AsyncIterator[str]:
    """The lesson line by line: first as it is read, then step by step what happens."""
    yield plain("\n\n".join(markdown(lesson)))
    for step in lesson.steps:
        yield f"\n{'=' * 8} {step.id} {'=' * 8}"
        for line in _words(step):
            yield line
        for trial in trials_of(step):
            if trial.seed == SEEDS[0] and not trial.what.startswith("alternative"):
                for line in _told(trial, await bench.events(lesson, trial)):
                    yield line
        if step.after:
            yield f"after: {step.after.strip()}"


def _words(step: Step) -> Iterator[str]:
    """What the step says when it is asked: where to look, hints, reasons."""
    if step.look:
        yield f"look: {step.look}"
    match step:
        case Predict(choices=choices):
            yield from (f"wrong choice {choice}: {why}" for choice, why in choices.items())
        case Choice(options=options):
            yield from (
                f"{'right' if option.right else 'wrong'} option {option.text.strip()}: {option.reason}"
                for option in options
            )
        case Code(hints=hints) | Order(hints=hints) | Tune(hints=hints):
            yield from (f"hint {place} of {len(hints)}: {hint}" for place, hint in enumerate(hints, 1))


def _told(trial: Trial, events: list[Event]) -> Iterator[str]:
    """One program: what it prints, what stands beside its lines, and the verdict."""
    step = trial.step
    yield f"--- {trial.what}"
    # Standard error is torch's own frames and warnings, which differ between versions; errors are told in words below.
    printed = "".join(
        event.text for event in events if isinstance(event, Output) and event.stream == "stdout"
    )
    if printed:
        yield indent(printed.rstrip("\n"), "  | ")
    match step:
        case Predict():
            yield f"answer: {truth(step, events)}"
        case Run() | Explain():
            yield from _noted(trial, events)
        case _:
            verdict = judge(step, events)
            yield f"{verdict.outcome}: {verdict.note or verdict.message}".rstrip(": ")
            yield from (
                f"  found with {check.case}"
                for check in verdict.checks
                if check.status == "failed" and check.case
            )
            if trial.as_learners_run_it:
                yield from _noted(trial, events)


def _noted(trial: Trial, events: list[Event]) -> Iterator[str]:
    record = RunRecord(trial.source)
    for event in events:
        record.add(event)
    *sections, _ = report_sections(record, _CHARSET)
    yield from (indent(section, "  ") for section in sections if section)
