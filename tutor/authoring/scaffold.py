"""`author new`: a small lesson with comments that already passes every proof, to be changed piece by piece."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tutor.failures import CommandFailure, Exit
from tutor.lesson.step_rules import LESSON_ID

_LESSON = """\
# `pytorch-tutor author schema > lesson.schema.json` makes the schema that editors read:
# yaml-language-server: $schema=lesson.schema.json
format: 1
id: {id}                # stable: a learner's record is kept under it
title: {title}
why: A batch is measured row by row.    # one sentence: what goes wrong without this
track: practice
concepts: [mean]
prerequisites: []       # ids of lessons that come before
minutes: 5
sources: [{{repo: pytorch/pytorch, section: torch.mean, license: BSD-3-Clause}}]
steps:
  # Something to read; the code is shown ready to run.
  - id: read
    kind: explain
    text: |
      `x.mean(1)` goes along axis 1, the columns. That axis is gone afterwards.
    code: |
      import torch

      x = torch.tensor([[1.0, 3.0], [5.0, 7.0]])
      print(x.mean(1))

  # A question. Never write the answer: it is computed. `choices` are wrong ones.
  - id: guess
    kind: predict
    ask: shape          # shape | dtype | value | grad | output | error | device
    of: x.mean(1)
    code: |
      import torch

      x = torch.ones(2, 3)
    choices:
      "(3,)": That is left when the rows vanish. Axis 1 is the columns.
      "(2, 1)": Only with `keepdim=True`.

  # Something to write.
  - id: write
    kind: code
    goal: Make `row_means(x)` return the mean of every row of a matrix.
    starter: |
      import torch


      def row_means(x):
          ...
    solution: |
      import torch


      def row_means(x):
          return x.mean(1)
    alternatives:       # other right answers: all must pass
      - name: sum and divide
        code: |
          def row_means(x):
              return x.sum(1) / x.shape[1]
    cases: |            # drawn afresh each time, so that fixed answers fail
      x = draw.tensor(draw.size("rows"), draw.size("columns"))
    starter_fails: shape
    checks:             # the first that fails speaks
      - {{id: made, defines: row_means, type: function}}
      - {{id: shape, shape: "row_means(x)"}}
      - {{id: values, close: "row_means(x)", message: Try it on a matrix of two rows.}}
    wrong:              # known mistakes: each fails by its check and is told `says`
      - name: columns
        code: |
          def row_means(x):
              return x.mean(0)
        fails: shape
        says: You emptied axis 0. Name the axis that should go.
      - name: forgot to divide
        code: |
          def row_means(x):
              return x.sum(1)
        fails: values
        says: That is the sum. A mean divides by how many there are.
    hints:              # what to look at, the rule, the line with a blank
      - Which axis should vanish?
      - The axis you name is the one that goes.
      - "`x.mean(____)`"
    after: The axis you name is the axis you lose.
recap:
  - A mean along an axis takes that axis away.
"""


def new_lesson(name: str, folder: Path) -> int:
    """Write the scaffold of a lesson; a file that is there already is left alone."""
    if not LESSON_ID.match(name):
        raise CommandFailure(
            f"“{name}” is no lesson id: expected small letters, digits and single hyphens, such as `row-means`."
        )
    path = folder / f"{name}.yaml"
    write_new(path, _LESSON.format(id=name, title=name.replace("-", " ").capitalize()))
    click.echo(f"{path} is written. Next: `pytorch-tutor author test {path}`.")
    return Exit.FINE


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet; ends the command when it is."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "w", encoding="utf-8"
        ) as file:
            file.write(text)
    except FileExistsError:
        raise CommandFailure(f"{path} is there already; choose another name, or remove it first.") from None
    except OSError as error:
        raise CommandFailure(f"{path} cannot be written: {error.strerror}.") from error
