"""What a learner means by a few words typed over the course map: lessons, steps in them, words of the glossary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tutor.lesson.catalog import Catalog, Entry
from tutor.lesson.glossary import Entry as Word
from tutor.lesson.glossary import Glossary
from tutor.lesson.task import step_title

MOST = 60
"""Rows; whoever sees more than that types another letter."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that fits."""

    kind: Literal["lesson", "step", "word"]
    title: str
    about: str
    lesson: str
    step: str | None = None

    @property
    def place(self) -> str:
        """`LESSON`, or `LESSON/STEP`."""
        return f"{self.lesson}/{self.step}" if self.step else self.lesson


def lessons_called(catalog: Catalog, text: str) -> list[Found]:
    """Lessons that fit; needs only their heads, which are always at hand."""
    words = text.lower().split()
    return [
        Found("lesson", entry.title, entry.head.why.strip(), entry.id)
        for entry in catalog.entries()
        if words and _holds(f"{entry.title} {entry.id} {entry.head.why} {entry.head.track}", words)
    ]


def search(catalog: Catalog, glossary: Glossary, text: str) -> list[Found]:
    """Lessons first, then steps, then words; each has every word of the text somewhere. Reads every lesson once."""
    words = text.lower().split()
    if not words:
        return []
    lessons = lessons_called(catalog, text)
    steps = [found for entry in catalog.entries() for found in _steps(catalog, entry, words)]
    terms = [
        Found("word", known.word, known.meanings[0].text, known.meanings[0].lesson)
        for known in glossary.search(text)
        if isinstance(known, Word)
    ]
    return [*lessons, *steps, *terms][:MOST]


def _steps(catalog: Catalog, entry: Entry, words: list[str]) -> Iterator[Found]:
    lesson = catalog.lesson(entry.id)
    if lesson is None:
        return
    for step in lesson.steps:
        if _holds(f"{step_title(step)} {step.id}", words):
            yield Found("step", step_title(step), entry.title, entry.id, step.id)


def _holds(text: str, words: list[str]) -> bool:
    lowered = text.lower()
    return all(word in lowered for word in words)
