"""What a step must say beyond its types, so that it can be shown, answered and graded."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from tutor.lesson.check_rules import check_faults
from tutor.lesson.faults import Fault, SourceText, did_you_mean, one_of, quoted
from tutor.lesson.model import Check, Choice, Code, Explain, Order, Predict, Run, Step, Tune, Wrong
from tutor.lesson.python_text import expression_fault, parse_program, program_fault
from tutor.lesson.tree import Node

LESSON_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_CHECK_ID = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*\Z")
_LONGEST_ID = 60


def id_fault(source: SourceText, node: Node, what: str, pattern: re.Pattern[str] = LESSON_ID) -> Fault | None:
    """What keeps a word from being an id."""
    word = node.value
    if pattern.match(word) and len(word) <= _LONGEST_ID:
        return None
    suggestion = re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-")[:_LONGEST_ID].strip("-")
    advice = f"Try `{suggestion}`." if suggestion else ""
    expected = f"small letters, digits and single hyphens, {_LONGEST_ID} at most"
    return source.fault(node.start, f"{quoted(word)} as the id of {what}", expected, advice, width=node.width)


def step_faults(source: SourceText, node: Node, step: Step) -> Iterator[Fault]:
    """Everything wrong with one step."""
    if fault := id_fault(source, node.find("id"), "a step"):
        yield fault
    match step:
        case Explain() | Run():
            yield from _programs(source, node, ("code",))
        case Predict():
            yield from _predict_faults(source, node, step)
        case Code():
            yield from _code_faults(source, node, step)
        case Order():
            yield from _programs(source, node, ("solution",))
            yield from _alternatives(source, node)
        case Choice():
            yield from _choice_faults(source, node, step)
        case Tune():
            yield from _tune_faults(source, node, step)
    if isinstance(step, Code | Order | Tune):
        yield from _checks(source, node, step.checks)
    if isinstance(step, Code | Tune):
        yield from _wrong(source, node, step.wrong, step.checks)


def _programs(source: SourceText, node: Node, names: Sequence[str]) -> Iterator[Fault]:
    for name in names:
        block = node.get(name)
        if block is not None and (fault := program_fault(source, block, f"`{name}`")):
            yield fault


def _predict_faults(source: SourceText, node: Node, step: Predict) -> Iterator[Fault]:
    if step.ask != "error":
        yield from _programs(source, node, ("code",))
    if step.ask in ("output", "error"):
        if (of := node.get("of")) is not None:
            yield source.fault(
                of.start,
                f"`of` with `ask: {step.ask}`, which asks about the whole program",
                "no `of`",
                width=of.width,
            )
    elif not step.of.strip():
        expected = "`of`, the expression that is asked about"
        yield source.fault(
            node.find("ask").start,
            f"`ask: {step.ask}` without `of`",
            expected,
            "Name what to look at, as in `of: x.grad`.",
        )
    elif fault := expression_fault(source, node.find("of"), "`of`"):
        yield fault
    for key, reason in node.find("choices").pairs if step.choices else ():
        if not reason.value.strip():
            yield source.fault(
                reason.start,
                f"no reason for the wrong choice {quoted(key.value)}",
                "one sentence that says why it is wrong",
            )


def _code_faults(source: SourceText, node: Node, step: Code) -> Iterator[Fault]:
    names = ["solution", "cases"]
    if step.starter_fails != "error":
        names.insert(0, "starter")
    yield from _programs(source, node, names)
    yield from _alternatives(source, node)
    checks = [check.id for check in step.checks]
    if step.starter_fails and step.starter_fails not in (*checks, "error"):
        value = node.find("starter_fails")
        yield source.fault(
            value.start,
            f"`starter_fails: {step.starter_fails}`",
            one_of((*checks, "error")),
            did_you_mean(step.starter_fails, checks),
            width=value.width,
        )
    if not step.checks:
        yield source.fault(
            node.find("checks").start,
            "no checks",
            "at least one, or nothing decides whether the step is done",
        )
    if step.times < 1:
        yield source.fault(node.find("times").start, f"`times: {step.times}`", "1 or more")


def _alternatives(source: SourceText, node: Node) -> Iterator[Fault]:
    for item in node.find("alternatives").items:
        if fault := program_fault(source, item.find("code"), "an alternative"):
            yield fault


def _choice_faults(source: SourceText, node: Node, step: Choice) -> Iterator[Fault]:
    options = node.find("options")
    right = sum(option.right for option in step.options)
    if len(step.options) < 2:
        yield source.fault(options.start, f"{len(step.options)} option(s)", "two or more")
    if right != 1:
        yield source.fault(options.start, f"{right or 'no'} options with `right: true`", "exactly one")
    texts: set[str] = set()
    for item, option in zip(options.items, step.options, strict=True):
        if option.text in texts:
            yield source.fault(
                item.start, f"the option {quoted(option.text)} a second time", "each option once"
            )
        if not option.right and not option.reason.strip():
            yield source.fault(
                item.start,
                f"no reason for the wrong option {quoted(option.text)}",
                "one sentence that says why it is wrong",
            )
        texts.add(option.text)
    yield from _programs(source, node, ("code",))


def _tune_faults(source: SourceText, node: Node, step: Tune) -> Iterator[Fault]:
    yield from _programs(source, node, ("code",))
    assigned = _assigned_names(step.code)
    for field, numbers in (("given", step.given), ("solution", step.solution)):
        known = assigned if field == "given" else set(step.given)
        for key, _ in node.find(field).pairs:
            if key.value in numbers and key.value not in known:
                expected = (
                    "a name that `code` sets at its top level" if field == "given" else "a name of `given`"
                )
                yield source.fault(
                    key.start,
                    f"{quoted(key.value)} in `{field}`",
                    expected,
                    did_you_mean(key.value, known),
                    width=key.width,
                )
    if not step.checks:
        yield source.fault(
            node.find("checks").start,
            "no checks",
            "at least one, or nothing decides whether the step is done",
        )


def _assigned_names(code: str) -> set[str]:
    module = parse_program(code)
    body = module.body if module else []
    return {
        target.id
        for statement in body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def _checks(source: SourceText, node: Node, checks: Sequence[Check]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for item, check in zip(node.find("checks").items, checks, strict=False):
        name = item.find("id")
        if check.id == "error":
            yield source.fault(
                name.start,
                "`error` as the id of a check",
                "another word",
                "`error` already means that the program raises.",
                width=name.width,
            )
        elif fault := id_fault(source, name, "a check", _CHECK_ID):
            yield fault
        if check.id in seen:
            yield source.fault(
                name.start,
                f"the check id {quoted(check.id)} a second time",
                "each id once",
                f"The first is in line {seen[check.id]}.",
                width=name.width,
            )
        seen.setdefault(check.id, name.start[0] + 1)
        yield from check_faults(source, item, check)


def _wrong(
    source: SourceText, node: Node, wrong: Sequence[Wrong], checks: Sequence[Check]
) -> Iterator[Fault]:
    known = [*(check.id for check in checks), "error"]
    names: set[str] = set()
    for item, answer in zip(node.find("wrong").items, wrong, strict=True):
        fails = item.find("fails")
        if answer.fails not in known:
            advice = did_you_mean(answer.fails, known)
            yield source.fault(
                fails.start,
                f"{quoted(answer.fails)} as what {quoted(answer.name)} fails by",
                one_of(known),
                advice,
                width=fails.width,
            )
        elif answer.fails != "error" and (
            fault := program_fault(source, item.find("code"), f"the wrong answer {quoted(answer.name)}")
        ):
            yield fault
        if answer.name in names:
            yield source.fault(
                item.start, f"the wrong answer {quoted(answer.name)} a second time", "each name once"
            )
        names.add(answer.name)
