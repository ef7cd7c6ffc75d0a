"""What screens ask of the interface."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class OpenLesson(Message):
    """The learner wants to go to a lesson."""

    lesson: str
    step: str | None = None
    """None: where the lesson was left."""


@dataclass
class ShowContents(Message):
    """The learner wants to see the course."""

    lesson: str
    """The lesson one comes from."""
