"""Checks that run something: printed output, expected exceptions, a learner's own tests, and `python:`."""

from __future__ import annotations

import inspect
from types import SimpleNamespace
from typing import Any

from . import words
from .bench import Bench, CheckBody
from .mismatch import BrokenCheck, Mismatch
from .side import Side, raised, reference_names


def output(check: CheckBody, bench: Bench) -> None:
    """What was printed equals the solution's, or the text; each line of a list is contained."""
    wanted, printed = check["output"], _folded(bench.learner.printed)
    if isinstance(wanted, list):
        for line in wanted:
            if _folded(str(line)) not in printed:
                raise Mismatch(f"Your program printed {_quoted(printed)}; expected `{line}` somewhere in it.")
        return
    hidden = wanted is True
    expected = _folded(bench.reference().printed if hidden else str(wanted))
    if printed != expected:
        asked = (
            f"{len(expected.splitlines() or [''])} lines like the goal says"
            if hidden
            else f"`{expected[:80]}`"
        )
        raise Mismatch(f"Your program printed {_quoted(printed)}; expected {asked}.")


def _folded(text: str) -> str:
    """White space folded, lines kept."""
    return "\n".join(line for line in (" ".join(one.split()) for one in text.splitlines()) if line)


def _quoted(printed: str) -> str:
    if not printed:
        return "nothing"
    lines = printed.splitlines()
    more = f" and {len(lines) - 1} more lines" if len(lines) > 1 else ""
    return f"`{lines[0][:80]}`{more}"


def raises(check: CheckBody, bench: Bench) -> None:
    """The expression raises the named exception."""
    expression, wanted = check["raises"], check.get("error", "Exception")

    def decide(round: int) -> None:
        result = bench.judge.evaluate(expression, bench.learner, bench.deck(check).deal(round))
        if result.error is None:
            raise Mismatch(f"`{expression}` gave {words.value(result.value)}; expected {wanted}.")
        if wanted not in [kind.__name__ for kind in type(result.error).__mro__]:
            raise Mismatch(
                raised(expression, result.error, bench.learner.names)[:-1] + f"; expected {wanted}."
            )

    bench.each_case(check, expression, decide)


def python(check: CheckBody, bench: Bench) -> None:
    """The author's own code runs without a failed assert."""
    source = check["python"]
    try:
        code = compile(source, "<check>", "exec")
    except SyntaxError as error:
        raise BrokenCheck(f"line {error.lineno} of this check is not Python: {error.msg}") from error
    rounds = bench.deck(check).rounds
    if rounds == 1 and "draw" in code.co_names:
        rounds = int(check.get("times") or bench.step.get("times", 8))
    for round in range(rounds):
        case = bench.deck(check).deal(round)
        extra = {"run": run_record(bench.learner), "_code": code}
        if "ref" in code.co_names:
            extra["ref"] = reference_names(bench.reference())
        scope_code = "exec(_code, globals())"
        result = bench.judge.evaluate(scope_code, bench.learner, case, extra=extra)
        if result.error is not None:
            raise Mismatch(_said(result.error, bench.learner), words.case(case.names, set(code.co_names)))


def _said(error: BaseException, side: Side) -> str:
    if isinstance(error, AssertionError):
        return str(error) or "Something this step asks for does not hold."
    return raised("this check", error, side.names).replace("`this check`", "Using your names", 1)


def run_record(side: Side) -> SimpleNamespace:
    """How the program ran, for `python:` checks."""
    record = side.record
    return SimpleNamespace(
        calls=list(record.calls),
        losses=list(record.losses),
        steps=record.steps,
        backwards=record.backwards,
        printed=side.printed,
        forwards=[
            SimpleNamespace(name=one.name, training=one.training, grad_mode=one.grad_mode)
            for one in record.forwards
        ],
    )


def tests(check: CheckBody, bench: Bench) -> None:
    """The learner's test accepts the solution's implementation and rejects each wrong one."""
    name, subject = check["tests"], str(check.get("of") or "")
    right = bench.reference().names.get(subject)
    if right is None:
        raise BrokenCheck(f"the solution does not define `{subject}`, which `tests` is about")
    complaint = _complaint(name, subject, right, bench)
    if complaint is not None:
        raise Mismatch(f"`{name}` rejects a right `{subject}`: {complaint}; expected it to pass.")
    for place, source in enumerate(check.get("wrong_ones", [])):
        side = bench.judge.execute(source, False, "wrong one")
        if side.error is not None or subject not in side.names:
            raise BrokenCheck(f"wrong one {place + 1} does not define `{subject}`")
        if _complaint(name, subject, side.names[subject], bench) is None:
            raise Mismatch(
                f"`{name}` accepts wrong `{subject}` number {place + 1} of {len(check['wrong_ones'])}; expected it to fail."
            )


def _complaint(name: str, subject: str, implementation: Any, bench: Bench) -> str | None:
    """What the learner's test says about an implementation; None when it is content."""
    function = bench.learner.names.get(name)
    if not callable(function):
        raise Mismatch(f"`{name}` is {words.kind(function)}; expected a test function.")
    wants = _wants_argument(function)
    case = bench.deck({}).deal(0)
    kept = bench.learner.names.get(subject)
    bench.learner.names[subject] = implementation
    try:
        call = f"{name}({subject})" if wants else f"{name}()"
        result = bench.judge.evaluate(call, bench.learner, case)
    finally:
        if kept is None:
            bench.learner.names.pop(subject, None)
        else:
            bench.learner.names[subject] = kept
    if result.error is not None:
        return f"{type(result.error).__name__} {str(result.error)[:80]}".strip()
    return "it returned False" if result.value is False else None


def _wants_argument(function: Any) -> bool:
    try:
        own = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return False
    return any(
        one.default is one.empty and one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)
        for one in own
    )
