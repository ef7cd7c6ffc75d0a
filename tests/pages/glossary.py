"""The glossary as a page: the words of all lessons, then what to keep from each."""

from __future__ import annotations

from itertools import groupby

from tests.pages.markdown import table
from tutor.lesson.catalog import Catalog
from tutor.lesson.glossary import Entry, Glossary


def glossary_page(catalog: Catalog) -> str:
    """The page."""
    glossary = Glossary(catalog)
    lines = ["# Glossary", "", "The words that the lessons explain, and what to keep from each lesson.", ""]
    lines += [*table(("word", "meaning", "lesson"), map(_cells, glossary.entries)), "", "## To keep", ""]
    for name, group in groupby(glossary.takeaways, key=lambda line: line.lesson):
        taken = list(group)
        lines += [f"### [{taken[0].title}](course.md#{name})", "", *(f"- {line.text}" for line in taken), ""]
    return "\n".join(lines).rstrip() + "\n"


def _cells(entry: Entry) -> tuple[str, str, str]:
    meanings = " ".join(dict.fromkeys(meaning.text for meaning in entry.meanings))
    lessons = ", ".join(f"[{meaning.title}](course.md#{meaning.lesson})" for meaning in entry.meanings)
    return entry.word, meanings, lessons
