"""A command that cannot do what was asked: the sentence for standard error and the exit code."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the shell is told."""

    FINE = 0
    NOT_PASSED = 1
    """The learner's code or check did not pass."""
    WRONG = 2
    """The command, or a lesson file, is wrong."""
    LACKING = 3
    """The machine lacks something: torch, say, or room on the disk."""


class CommandFailure(Exception):
    """Ends a command with one sentence."""

    def __init__(self, sentence: str, code: Exit = Exit.WRONG) -> None:
        super().__init__(sentence)
        self.code = code
