"""`author lint`: what a lesson should not do although it loads. Every rule names file, line and column."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from tutor.authoring.cheat import CHEAT
from tutor.authoring.formatting import unformatted
from tutor.authoring.wrappers import slips, wrapped
from tutor.failures import CommandFailure, Exit
from tutor.lesson.catalog import Catalog
from tutor.lesson.faults import printable
from tutor.lesson.load import Loaded
from tutor.lesson.model import Code, Lesson, Order, Step, Tune

WIDEST = 80
MOST_HINTS = 5
TELLING = 12
"""Characters from which a line of the solution gives it away."""
_NAMES = {
    "Pytorch": "PyTorch",
    "pytorch": "PyTorch",
    "Numpy": "NumPy",
    "Cuda": "CUDA",
    "Tensorflow": "TensorFlow",
    "Relu": "ReLU",
    "Github": "GitHub",
    "scikit learn": "scikit-learn",
}
_CODE = re.compile(r"```.*?```|`[^`]*`|https?://\S+", re.DOTALL)

Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to put right."""

    rule: str
    step: str
    sentence: str
    path: Where = ()
    within: int = 1


def lint(paths: Sequence[Path], as_json: bool) -> int:
    """Say everything the rules find: 0 when there is nothing, 2 otherwise."""
    catalog = Catalog(paths)
    found = 0
    if not catalog.order and not catalog.faults:
        raise CommandFailure("No lesson file was found; name a lesson file or a folder of them.")
    for fault in catalog.all_faults():
        found += 1
        _say(as_json, fault.file, fault.line, fault.column, "schema", fault.sentence.split(": ", 1)[-1])
    for entry in catalog.entries():
        loaded = catalog.loaded(entry.id)
        for remark in remarks(loaded.lesson) if loaded.lesson is not None else ():
            found += 1
            line, column = _place(loaded, remark)
            _say(as_json, entry.name, line, column, remark.rule, remark.sentence)
    return Exit.WRONG if found else Exit.FINE


def remarks(lesson: Lesson) -> Iterator[Remark]:
    """All remarks on a lesson."""
    if not lesson.sources:
        yield Remark("sources", "", "no source is named; expected where the topic comes from.")
    for source in lesson.sources:
        if not source.license:
            yield Remark("licence", "", f"the source {source.repo} has no licence; expected its SPDX name.")
    for step in lesson.steps:
        yield from _prose(step)
        yield from _programs(step)
        if isinstance(step, Code):
            yield from _mistakes(step)
        if isinstance(step, Code | Order | Tune):
            yield from _hints(step)
    yield from _formats(lesson)


def _formats(lesson: Lesson) -> Iterator[Remark]:
    """Layout of the programs that a learner sees; the lines of an `order` step are no program until they are in order."""
    programs: dict[tuple[str, Where], str] = {}
    for step in lesson.steps:
        if isinstance(step, Order):
            continue
        for field in ("code", "starter", "solution"):
            programs[step.id, (field,)] = (
                source if isinstance(source := getattr(step, field, ""), str) else ""
            )
    for step_id, path in unformatted(programs):
        yield Remark("format", step_id, f"the {path[0]} is not laid out as `ruff format` would.", path)


def _prose(step: Step) -> Iterator[Remark]:
    for field, text in (("text", step.text), ("after", step.after), ("look", step.look)):
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) > WIDEST and "http" not in line and field == "text":
                yield Remark(
                    "width", step.id, f"{len(line)} columns; expected at most {WIDEST}.", (field,), number
                )
        plain = _CODE.sub("", text)
        for wrong, right in _NAMES.items():
            if re.search(rf"\b{wrong}\b", plain):
                yield Remark("names", step.id, f"“{wrong}” in the {field}; expected {right}.", (field,))
        if "TODO" in plain:
            yield Remark("unfinished", step.id, f"TODO in the {field}; expected finished prose.", (field,))


def _programs(step: Step) -> Iterator[Remark]:
    for field in ("code", "starter", "solution"):
        code = getattr(step, field, None)
        if not isinstance(code, str):
            continue
        for number, line in enumerate(code.splitlines(), 1):
            if len(line) > WIDEST:
                sentence = f"{len(line)} columns of code; expected at most {WIDEST}."
                yield Remark("width", step.id, sentence, (field,), number)
            if line != line.rstrip():
                yield Remark("layout", step.id, "white space at the end of a line of code.", (field,), number)


def _mistakes(step: Code) -> Iterator[Remark]:
    if not step.wrong:
        yield Remark("wrong", step.id, "no wrong answer is described; expected at least one known mistake.")
    if not any(check.required for check in step.checks):
        yield Remark("checks", step.id, "no check is required, so anything passes.", ("checks",))
    if step.waived:
        known = {mutant.name for mutant in slips(step)} | {mutant.name for mutant, _ in wrapped(step)}
        for place, waiver in enumerate(step.waived):
            if waiver.mutant not in (*known, CHEAT):
                sentence = f"waives “{waiver.mutant}”, which is no mutant of the solution."
                yield Remark("waived", step.id, sentence, ("waived", place))


def _hints(step: Code | Order | Tune) -> Iterator[Remark]:
    if not step.hints:
        yield Remark(
            "hints",
            step.id,
            "no hint; expected up to three: what to look at, the rule, the line with a blank.",
        )
    if len(step.hints) > MOST_HINTS:
        yield Remark("hints", step.id, f"{len(step.hints)} hints; expected at most {MOST_HINTS}.", ("hints",))
    if not isinstance(step, Code):
        return
    given = {line.strip() for line in step.starter.splitlines()}
    telling = [line.strip() for line in step.solution.splitlines() if len(line.strip()) >= TELLING]
    for place, hint in enumerate(step.hints):
        for line in telling:
            if line not in given and line in hint:
                sentence = f"the hint contains a line of the solution, `{line}`; leave a blank in it."
                yield Remark("giveaway", step.id, sentence, ("hints", place))


def _place(loaded: Loaded, remark: Remark) -> tuple[int, int]:
    if not remark.step:
        return 1, 1
    path = remark.path or ("id",)
    line = loaded.line(remark.step, *path, within=remark.within)
    source = loaded.source.text.splitlines()[line - 1] if loaded.source is not None else ""
    return line, len(source) - len(source.lstrip()) + 1


def _say(as_json: bool, file: str, line: int, column: int, rule: str, sentence: str) -> None:
    if as_json:
        keys = {"event": "remark", "file": file, "line": line, "column": column, "rule": rule}
        click.echo(json.dumps({**keys, "message": sentence}))
    else:
        click.echo(printable(f"{file}:{line}:{column}: {rule}: {sentence}"))
