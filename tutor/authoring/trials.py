"""What must be tried of a step before a learner meets it: each program with what is expected of it. Runs nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tutor.authoring.cheat import CHEAT, cheat
from tutor.authoring.figures import Measured, Told, expressions, source_of, told_by, untrue
from tutor.events import Event, Finished
from tutor.lesson.answers import same_answer
from tutor.lesson.model import Code, Explain, Gradable, Order, Predict, Run, Step, Tune, Wrong
from tutor.lesson.tuning import tuned
from tutor.runner.grading import grading_of
from tutor.runner.outcome import Verdict, judge
from tutor.runner.request import Grading
from tutor.runner.truth import asks_of, truth

Expectation = Literal[
    "passes", "fails_as_declared", "fails", "is_recognised", "is_computed", "runs", "is_as_told"
]

SEEDS = (1, 20_011)
SPARE = 3
"""How many times the time a solution takes must fit into the step's limit."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One program to run and what is expected of it."""

    step: Step
    what: str
    """`solution`, `starter`, `wrong answer forgot zero_grad`: for the report."""
    source: str
    expects: Expectation
    where: tuple[str | int, ...] = ()
    """Path of the code inside the step, for the line in the lesson file."""
    seed: int = SEEDS[0]
    grading: Grading | None = None
    asks: tuple[str, ...] = ()
    wrong: Wrong | None = None
    told: tuple[Told, ...] = ()
    """Numbers of the prose that this program has to give."""
    measured: Mapping[str, Measured] = field(default_factory=dict)

    @property
    def as_learners_run_it(self) -> bool:
        """With the lens: once for every program that a learner may write; other runs are quicker without."""
        return self.expects in ("is_computed", "runs") or (self.expects == "passes" and self.seed == SEEDS[0])


def trials_of(step: Step) -> Iterator[Trial]:
    """All trials of a step."""
    match step:
        case Code():
            yield from _right(step, "solution", step.solution, ("solution",))
            for place, other in enumerate(step.alternatives):
                yield from _right(
                    step, f"alternative “{other.name}”", other.code, ("alternatives", place, "code")
                )
            yield _graded(step, "starter", step.starter, "fails_as_declared", ("starter",))
            yield from _wrong(step, step.wrong)
            if by_heart := cheat(step):
                yield _graded(step, CHEAT, by_heart, "fails", ("checks",))
        case Order():
            yield from _right(step, "solution", step.solution, ("solution",))
            for place, other in enumerate(step.alternatives):
                yield from _right(
                    step, f"alternative “{other.name}”", other.code, ("alternatives", place, "code")
                )
            yield _graded(step, "solution upside down", _reversed(step.solution), "fails", ("solution",))
        case Tune():
            yield from _right(step, "solution", tuned(step.code, step.solution), ("solution",))
            yield _graded(step, "numbers it starts with", tuned(step.code, step.given), "fails", ("given",))
            yield from _wrong(step, step.wrong)
        case Predict():
            yield Trial(step, "prediction", step.code, "is_computed", ("code",), asks=asks_of(step))
        case Run():
            yield Trial(step, "code", step.code, "runs", ("code",))
        case Explain() if step.code.strip():
            yield Trial(step, "code", step.code, "runs", ("code",))


def number_trials(step: Step, measured: Mapping[str, Measured]) -> Iterator[Trial]:
    """A trial for each program of the step that its prose quotes numbers of."""
    for (program, then), told in told_by(step).items():
        yield Trial(
            step,
            f"numbers {', '.join(one.text for one in told)}",
            source_of(step, program, then),
            "is_as_told",
            ("numbers", told[0].text),
            asks=expressions(told),
            told=tuple(told),
            measured=measured,
        )


def _right(step: Gradable, what: str, source: str, where: tuple[str | int, ...]) -> Iterator[Trial]:
    for seed in SEEDS:
        yield _graded(step, what, source, "passes", where, seed)


def _graded(
    step: Gradable,
    what: str,
    source: str,
    expects: Expectation,
    where: tuple[str | int, ...],
    seed: int = SEEDS[0],
    wrong: Wrong | None = None,
) -> Trial:
    """Without the source in the payload: a starter must fail by a check, a known mistake be known by behaviour."""
    grading = grading_of(step, seed=seed)
    return Trial(step, what, source, expects, where, seed, grading, wrong=wrong)


def _wrong(step: Gradable, entries: Sequence[Wrong]) -> Iterator[Trial]:
    for place, entry in enumerate(entries):
        where = ("wrong", place, "code")
        yield _graded(step, f"wrong answer “{entry.name}”", entry.code, "is_recognised", where, wrong=entry)


def _reversed(source: str) -> str:
    return "\n".join(reversed([line for line in source.splitlines() if line.strip()])) + "\n"


def complaint(trial: Trial, events: Sequence[Event], seconds_allowed: float) -> str:
    """What is wrong with how a trial went, as a sentence; empty when all is as declared."""
    if trial.expects == "is_as_told":
        return untrue(trial.step, trial.told, events, trial.measured)
    verdict = judge(trial.step, events)
    if trial.expects not in ("fails", "fails_as_declared") and verdict.outcome in (
        "timeout",
        "memory",
        "crashed",
        "stopped",
    ):
        return f"it ended as {verdict.outcome}: {verdict.message}"
    match trial.expects:
        case "passes":
            return _not_passed(verdict) or _too_slow(events, seconds_allowed)
        case "fails_as_declared":
            declared = trial.step.starter_fails if isinstance(trial.step, Code) else ""
            return _not_failed_by(verdict, declared)
        case "fails":
            return "it passes; expected it to fail." if verdict.done else ""
        case "is_recognised":
            return _not_recognised(verdict, trial.wrong)
        case "is_computed":
            return _not_computed(trial, events)
        case "runs":
            return "" if verdict.done else f"it ends with {verdict.outcome}: {verdict.message}"


def failed_by(verdict: Verdict) -> str:
    """The check that speaks, or the outcome when none does."""
    failed = next((check.id for check in verdict.checks if check.status == "failed" and check.required), "")
    return failed or ("error" if verdict.outcome == "error" else verdict.outcome)


def _not_passed(verdict: Verdict) -> str:
    if verdict.done:
        return ""
    return f"it does not pass; it fails by `{failed_by(verdict)}`: {verdict.message}"


def _too_slow(events: Sequence[Event], allowed: float) -> str:
    seconds = max((event.seconds for event in events if isinstance(event, Finished)), default=0.0)
    if seconds * SPARE <= allowed:
        return ""
    return f"it takes {seconds:.1f} s of the {allowed:g} s allowed; expected at most a third."


def _not_failed_by(verdict: Verdict, declared: str) -> str:
    if verdict.done:
        return "it passes; expected the learner to have something to do."
    actual = failed_by(verdict)
    if declared == actual or (not declared and verdict.outcome == "not_yet"):
        return ""
    wanted = f"`{declared}`" if declared else "a check (declare `starter_fails` otherwise)"
    return f"it fails by `{actual}`; expected {wanted}. {verdict.message}".strip()


def _not_recognised(verdict: Verdict, wrong: Wrong | None) -> str:
    assert wrong is not None  # `_wrong` makes these trials
    if verdict.done:
        return f"it passes; expected it to fail by `{wrong.fails}`."
    actual = failed_by(verdict)
    if actual != wrong.fails:
        return f"it fails by `{actual}`; expected `{wrong.fails}`. {verdict.message}"
    if verdict.wrong != wrong.name:
        told = f"as “{verdict.wrong}”" if verdict.wrong else "without being recognised"
        return f"it is told {told}; expected its own message."
    return ""


def _not_computed(trial: Trial, events: Sequence[Event]) -> str:
    step = trial.step
    assert isinstance(step, Predict)  # only predictions are computed
    answer = truth(step, events)
    if answer is None:
        return f"its answer could not be computed: {judge(step, events).message or 'the run gave none'}"
    for choice in step.choices:
        if same_answer(step.ask, choice, answer, step.rtol):
            return f"the wrong choice “{choice}” is the computed answer {answer}."
    return ""
