"""A lesson with every kind of step, and one that follows it, for tests of learning without a screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.plain_talk import PlainTalk

ALL_KINDS = """
format: 1
id: kinds
title: All kinds
why: Because each is **needed**.
track: one
recap: [Keep this in mind.]
steps:
  - id: read
    kind: explain
    text: "Some **bold** words about `a[i]` and [/] and [b."
  - id: try
    kind: run
    changed: true
    code: |
      x = 1
    look: Look here.
    after: Keep that.
  - id: guess
    kind: predict
    ask: value
    of: x
    code: |
      x = 1 + 1
    choices:
      "3": That is one more.
    look: Two it was.
  - id: typed
    kind: predict
    ask: output
    code: |
      print("n")
  - id: pick
    kind: choice
    question: Which one?
    options:
      - {text: this, right: true}
      - {text: that, reason: The other one.}
  - id: write
    kind: code
    goal: Make y.
    starter: |
      y = None
      z = 2
    solution: |
      y = "the solution"
    checks:
      - {id: made, defines: y, type: str}
    hints: [first rung, second rung]
    after: Now you have y.
  - id: sort
    kind: order
    goal: Count to two.
    solution: |
      print(1)
      print(2)
    distractors: [print(3)]
  - id: turn
    kind: tune
    goal: Make it quick.
    code: |
      lr = 0.1
      steps = 5
      print(lr * steps)
    given: {lr: 0.1, steps: 5}
    solution: {lr: 1, steps: 5}
    checks:
      - {id: quick, holds: lr * steps == 5}
"""

NEXT = """
format: 1
id: after
title: The lesson after
why: It comes next.
track: one
prerequisites: [kinds]
steps:
  - {id: only, kind: explain, text: Nothing but this.}
"""


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """The folder of both lessons."""
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "kinds.yaml").write_text(ALL_KINDS, encoding="utf-8")
    (folder / "then.yaml").write_text(NEXT, encoding="utf-8")
    return folder


@pytest.fixture
def talk(lessons: Path) -> PlainTalk:
    """A learner at both lessons."""
    return PlainTalk(lessons)
