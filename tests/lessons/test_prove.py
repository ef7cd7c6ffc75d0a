from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from textwrap import dedent, indent

import pytest

from tutor.authoring.prove import test as prove
from tutor.failures import Exit
from tutor.settings import Settings

pytestmark = pytest.mark.torch

HEAD = """\
format: 1
id: made-up
title: Made up
why: To be proven.
track: test
sources: [{repo: a/b, license: MIT}]
limits: {seconds: 6}
steps:
"""
CASES = 'x = draw.tensor(draw.size("rows"), draw.size("columns"))'


def code(name: str, **keys: str) -> str:
    given = {
        "starter": "def f(x): ...",
        "solution": "def f(x): return x.mean(1)",
        "wrong": "def f(x): return x.sum(1)",
        "fails": "values",
        **keys,
    }
    return dedent(
        f"""
        - id: {name}
          kind: code
          goal: Row means.
          starter: |
            {given["starter"]}
          solution: |
            {given["solution"]}
          wrong:
            - name: sum
              code: |
                {given["wrong"]}
              fails: {given["fails"]}
              says: Divide by the number of columns.
          cases: {CASES}
          checks:
            - {{id: made, defines: f}}
            - {{id: values, close: "f(x)"}}
        """
    )


def predict(name: str, wrong_choice: str) -> str:
    return f'\n- id: {name}\n  kind: predict\n  ask: value\n  of: x\n  code: |\n    x = 3 * 4\n  choices: {{"{wrong_choice}": No.}}\n'


STEPS = (
    code("sound"),
    code("starter-passes", starter="def f(x): return x.mean(1)"),
    code("solution-fails", solution="def f(x): return x.mean(1, 2, 3)"),
    code("wrong-passes", wrong="def f(x): return x.mean(-1)"),
    code("wrong-by-another-check", wrong="g = 1"),
    code("endless-solution", solution="while True: pass"),
    predict("sound-prediction", "13"),
    predict("right-is-called-wrong", "12.0"),
    "\n- id: breaks\n  kind: run\n  code: |\n    1 / 0\n",
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    lesson = tmp_path_factory.mktemp("lessons") / "made-up.yaml"
    lesson.write_text(
        HEAD + "".join(indent(step.strip("\n") + "\n", "  ") for step in STEPS), encoding="utf-8"
    )
    lines, code_ = _proven(lesson)
    assert code_ == Exit.NOT_PASSED
    complaints: dict[str, list[str]] = {}
    for line in lines:
        if line["event"] == "trial":
            complaints.setdefault(str(line["step"]), [])
            if not line["ok"]:
                complaints[str(line["step"])].append(f"{line['what']}: {line['message']}")
    return complaints


def _proven(lesson: Path) -> tuple[list[dict[str, object]], int]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code_ = prove([lesson], True, Settings(threads=1))
    return [json.loads(line) for line in out.getvalue().splitlines()], code_


def test_what_is_sound_gets_no_complaint(told: dict[str, list[str]]) -> None:
    assert told["sound"] == []
    assert told["sound-prediction"] == []


@pytest.mark.parametrize(
    ("step", "complaint"),
    [
        ("starter-passes", "starter: it passes"),
        ("solution-fails", "solution: it does not pass"),
        ("wrong-passes", "it passes; expected it to fail by `values`"),
        ("wrong-by-another-check", "it fails by `made`; expected `values`"),
        ("endless-solution", "solution: it ended as timeout"),
        ("right-is-called-wrong", "the wrong choice “12.0” is the computed answer 12"),
        ("breaks", "code: it ends with error"),
    ],
)
def test_what_is_not_as_declared_is_said(step: str, complaint: str, told: dict[str, list[str]]) -> None:
    assert any(complaint in said for said in told[step]), told[step]


def test_a_file_that_does_not_load_is_told_with_its_place(tmp_path: Path) -> None:
    lesson = tmp_path / "bad.yaml"
    lesson.write_text(HEAD + "  - {id: a, kind: nonsense}\n", encoding="utf-8")
    lines, code_ = _proven(lesson)
    assert code_ == Exit.WRONG
    assert any(line["event"] == "fault" and line["line"] == 9 for line in lines)
