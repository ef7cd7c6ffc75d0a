from __future__ import annotations

import pytest

from tests.unit.lesson_texts import SOUND, with_step
from tutor.lesson.faults import Fault
from tutor.lesson.load import read_lesson
from tutor.lesson.model import CHECK_KINDS, Code
from tutor.lesson.wire import fingerprint, step_payload


def faults_after(old: str, new: str) -> tuple[Fault, ...]:
    assert old in SOUND
    return read_lesson(SOUND.replace(old, new, 1)).faults


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ("- id: guess", "- id: read", (13, 9), "The first is in line 9"),
        ("- id: guess", "- id: Guess It", (13, 9), "Try `guess-it`."),
        ("- id: guess", f"- id: {'a' * 61}", (13, 9), "60 at most"),
        ("id: doubled", "id: made", (36, 14), "the check id `made` a second time"),
        ("id: doubled", "id: error", (36, 14), "already means that the program raises"),
        (
            "close: double(x)",
            "close: double(x), equal: double(x)",
            (36, 9),
            "`close` or `equal` in one check",
        ),
        ("close: double(x)", "rtol: 1e-3", (36, 9), "no key that says what is checked"),
        ("close: double(x)", "close: double(x", (36, 30), "which Python cannot read"),
        ("close: double(x)", "behaviour: ordre", (36, 34), "Did you mean `order`?"),
        ("type: function", "type: method", (35, 43), "an unknown type, `method`"),
        ("close: double(x)", "close: double(x), type: tensor", (36, 47), "`type` with `close`"),
        ("close: double(x)", "raises: double(x)", (36, 9), "`raises` without `error`"),
        ("close: double(x)", "python: 'assert double('", (36, 45), "that Python cannot parse"),
        ("fails: doubled", "fails: doubles", (42, 16), "Did you mean `doubled`?"),
        ("return x ** 2", "return x ** ", (41, 27), "the wrong answer `squared`"),
        ("return 2 * x", "return 2 x", (31, 20), "`solution` that Python cannot parse"),
        ("          ...\n", "          (\n", (28, 11), "`starter` that Python cannot parse"),
        ("x = draw.tensor", "x = = draw.tensor", (33, 11), "`cases` that Python cannot parse"),
        ("x = torch.ones(3)", "x = torch.ones(3]", (20, 23), "`code` that Python cannot parse"),
        ("    of: x.sum()\n", "", (15, 10), "`ask: value` without `of`"),
        ("of: x.sum()", "of: x.sum(", (16, 9), "`x.sum(` for `of`"),
        ("ask: value", "ask: output", (16, 9), "`of` with `ask: output`"),
        ("Each one counts once.", "''", (22, 13), "no reason for the wrong choice `9.`"),
        ("hints: [", "starter_fails: doubld\n    hints: [", (44, 20), "Did you mean `doubled`?"),
        ("hints: [", "times: 0\n    hints: [", (44, 12), "1 or more"),
    ],
)
def test_each_fault_of_a_step_names_its_line_and_column(
    old: str, new: str, place: tuple[int, int], says: str
) -> None:
    found = faults_after(old, new)
    assert any((fault.line, fault.column) == place and says in fault.sentence for fault in found), [
        fault.sentence for fault in found
    ]


def test_a_comma_in_a_text_between_braces_is_explained() -> None:
    (fault,) = faults_after("close: double(x)", "close: double(x), message: Twice, not more")
    assert fault.found.startswith("an unknown key, `not more`")
    assert "put all of that in quotes" in fault.advice


def test_code_that_is_meant_not_to_parse_is_allowed() -> None:
    assert faults_after("          ...\n", "          (\n    starter_fails: error\n") == ()
    assert faults_after("return x ** 2\n        fails: doubled", "return x **\n        fails: error") == ()
    assert faults_after("ask: value\n    of: x.sum()\n", "ask: error\n") == ()


def test_a_code_step_without_checks_is_a_fault() -> None:
    start, rest = SOUND.split("    checks:\n")
    text = start + "    checks: []\n    hints: " + rest.split("    hints: ")[1]
    assert [fault.found for fault in read_lesson(text).faults] == ["no checks"]


CHOICE = """\
  - id: pick
    kind: choice
    question: Which?
    options:
      - {text: One, right: true}
      - {text: Two, reason: Too many.}
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("right: true", "right: false, reason: No.", "no options with `right: true`"),
        ("reason: Too many.", "right: true", "2 options with `right: true`"),
        (", reason: Too many.", "", "no reason for the wrong option `Two`"),
        ("text: Two", "text: One", "the option `One` a second time"),
        ("      - {text: Two, reason: Too many.}\n", "", "1 option(s)"),
    ],
)
def test_a_choice_needs_one_right_option_and_reasons_for_the_others(old: str, new: str, says: str) -> None:
    assert read_lesson(with_step(CHOICE)).faults == ()
    found = read_lesson(with_step(CHOICE.replace(old, new))).faults
    assert says in [fault.found for fault in found]


TUNE = """\
  - id: turn
    kind: tune
    goal: Find a rate.
    code: |
      rate = 0.1
      loss = 1 - rate
    given: {rate: 0.1}
    solution: {rate: 0.9}
    checks:
      - {id: low, holds: loss < 0.5}
"""


def test_a_tune_step_may_only_change_names_that_its_code_sets() -> None:
    assert read_lesson(with_step(TUNE)).faults == ()
    found = read_lesson(with_step(TUNE.replace("given: {rate", "given: {rat"))).faults
    assert [fault.advice for fault in found] == ["Did you mean `rate`?", "Did you mean `rat`?"]


def test_every_kind_of_check_is_a_field_that_a_lesson_may_use() -> None:
    extra = {"signature": "is: (x)", "raises": "error: ValueError", "tests": "of: f, wrong_ones: [a = 1]"}
    extra |= dict.fromkeys(("trains", "cost"), "given: {below: 1}")
    extra |= dict.fromkeys(("batch_independent", "no_future_leak"), "of: x")
    values = {"behaviour": "order", "alias": "[x, y]", "noalias": "[x, y]"}
    for kind in CHECK_KINDS:
        more = f", {extra[kind]}" if kind in extra else ""
        text = SOUND.replace("close: double(x)", f"{kind}: {values.get(kind, 'double')}{more}")
        assert read_lesson(text).faults == (), kind


def test_lines_of_a_block_are_found_in_the_file() -> None:
    loaded = read_lesson(SOUND)
    lines = SOUND.splitlines()
    assert lines[loaded.line("double", "solution", within=2) - 1].strip() == "return 2 * x"
    assert lines[loaded.line("double", "wrong", 0, "code", within=2) - 1].strip() == "return x ** 2"
    assert lines[loaded.line("guess", "code", within=3) - 1].strip() == "x = torch.ones(3)"
    assert lines[loaded.line("guess") - 1].strip() == "- id: guess"


def test_a_step_goes_to_the_worker_under_the_names_of_the_file() -> None:
    lesson = read_lesson(
        SOUND.replace("close: double(x)", "shape: double(x), is: (3,)".replace("(3,)", '"(3,)"'))
    ).lesson
    assert lesson is not None
    payload = step_payload(lesson.steps[2])
    assert payload["kind"] == "code"
    assert payload["checks"][1] == {"id": "doubled", "shape": "double(x)", "is": "(3,)"}
    assert "alternatives" not in payload


def test_the_fingerprint_changes_with_the_task_and_not_with_the_prose() -> None:
    def of(text: str) -> str:
        lesson = read_lesson(text).lesson
        assert lesson is not None
        assert isinstance(lesson.steps[2], Code)
        return fingerprint(lesson.steps[2])

    assert of(SOUND) == of(SOUND.replace("Look.", "Look well."))
    assert of(SOUND) != of(SOUND.replace("return 2 * x", "return 3 * x"))
