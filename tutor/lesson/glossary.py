"""Words and takeaways of all lessons, found by what a learner types. The lessons are read when somebody first asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tutor.lesson.catalog import Catalog

_MODULES = ("torch.nn.functional.", "torch.nn.", "torch.optim.", "torch.", "nn.", "f.")
_ENDINGS = ("es", "s")
_NOWHERE = 3


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word means in one lesson."""

    text: str
    lesson: str
    """The lesson's id."""
    title: str
    """The lesson's name for people."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word and what it means, in the order the lessons teach it."""

    word: str
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Takeaway:
    """One line of a lesson's recap."""

    text: str
    lesson: str
    title: str


class Glossary:
    """All words and takeaways of a catalog. The first question reads every lesson: ask it away from the screen's own thread."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All words in alphabetical order."""
        found: dict[str, tuple[str, list[Meaning]]] = {}
        for name, title, lesson_terms in self._terms():
            for word, text in lesson_terms.items():
                meanings = found.setdefault(_plain(word), (word, []))[1]
                meanings.append(Meaning(" ".join(text.split()), name, title))
        return tuple(Entry(word, tuple(meanings)) for _, (word, meanings) in sorted(found.items()))

    @cached_property
    def takeaways(self) -> tuple[Takeaway, ...]:
        """All recap lines in the course's order."""
        return tuple(
            Takeaway(" ".join(line.split()), lesson.id, lesson.title)
            for name in self._catalog.order
            if (lesson := self._catalog.lesson(name)) is not None
            for line in lesson.recap
        )

    def lookup(self, word: str) -> Entry | None:
        """The entry of a word, however it is written: `Batch Normalisation`, `nn.Dropout`, `logits`."""
        wanted = _forms(word)
        return (
            next((entry for entry in self.entries if _forms(entry.word) & wanted), None) if wanted else None
        )

    def search(self, text: str) -> tuple[Entry | Takeaway, ...]:
        """Whatever holds all words of the text: words that start with it, then words, meanings, takeaways that hold it."""
        parts = _plain(text).split()
        if not parts:
            return ()
        entries = sorted(self.entries, key=lambda entry: _rank(entry, parts))
        return (
            *(entry for entry in entries if _rank(entry, parts) < _NOWHERE),
            *(line for line in self.takeaways if _holds(line.text, parts)),
        )

    def _terms(self) -> Iterator[tuple[str, str, dict[str, str]]]:
        for name in self._catalog.order:
            if (lesson := self._catalog.lesson(name)) is not None:
                yield lesson.id, lesson.title, lesson.terms


def _rank(entry: Entry, parts: list[str]) -> int:
    """Where an entry has all these words: at the start of its own, inside it, in a meaning, or nowhere."""
    if _plain(entry.word).startswith(" ".join(parts)):
        return 0
    if _holds(entry.word, parts):
        return 1
    return 2 if any(_holds(f"{entry.word} {meaning.text}", parts) for meaning in entry.meanings) else _NOWHERE


def _holds(text: str, parts: list[str]) -> bool:
    plain = _plain(text)
    return all(part in plain for part in parts)


def _plain(text: str) -> str:
    """Without case, code marks and module names; hyphens and underscores are spaces."""
    lowered = text.lower().strip().strip("`").removesuffix("()")
    module = next((module for module in _MODULES if lowered.startswith(module)), "")
    return " ".join(re.sub(r"[-_]+", " ", lowered.removeprefix(module)).split())


def _forms(word: str) -> set[str]:
    """A word with and without the ending of a plural, its parts together and apart."""
    plain = _plain(word)
    forms = {plain, *(plain.removesuffix(end) for end in _ENDINGS if len(plain) > len(end) + 2)}
    return {form.replace(" ", "") for form in forms if form}
