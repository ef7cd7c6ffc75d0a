"""Lesson files in small, for tests of the loader."""

from __future__ import annotations

HEAD = """\
format: 1
id: sound
title: Sound
why: Because.
track: tensors
minutes: 5
"""

SOUND = (
    HEAD
    + """\
steps:
  # the first step
  - id: read
    kind: explain
    text: |
      Words.
  - id: guess
    kind: predict
    ask: value
    of: x.sum()
    code: |
      import torch

      x = torch.ones(3)
    choices:
      "9.": Each one counts once.
  - id: double
    kind: code
    goal: Write double.
    starter: |
      def double(x):
          ...
    solution: |
      def double(x):
          return 2 * x
    cases: |
      x = draw.tensor(draw.size("rows"))
    checks:
      - {id: made, defines: double, type: function}
      - {id: doubled, close: double(x)}
    wrong:
      - name: squared
        code: |
          def double(x):
              return x ** 2
        fails: doubled
        says: That is the square.
    hints: [Look., Two., 2 * _]
"""
)


def with_step(step: str) -> str:
    """A lesson of one step, written out with its two spaces of indentation."""
    return f"{HEAD}steps:\n{step}"
