from __future__ import annotations

from pathlib import Path

import pytest

from tutor.lesson.catalog import Catalog
from tutor.lesson.glossary import Entry, Glossary, Takeaway
from tutor.lesson.load import Loaded, load_lesson

LESSON = """\
format: 1
id: {name}
title: Lesson {name}
why: To look up.
track: t
steps:
  - {{id: read, kind: explain, text: Read.}}
recap: [{recap}]
terms: {{{terms}}}
"""


@pytest.fixture
def glossary(tmp_path: Path) -> Glossary:
    texts = {
        "a": LESSON.format(
            name="a", recap="Empty the gradients first.", terms="batch normalisation: Mean 0., batch: Rows."
        ),
        "b": LESSON.format(
            name="b", recap="A batch may be short.", terms="Dropout: Off at random., Batch: Rows together."
        ),
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Glossary(Catalog([tmp_path]))


def words(found: tuple[Entry | Takeaway, ...]) -> list[str]:
    return [item.word if isinstance(item, Entry) else item.text for item in found]


@pytest.mark.parametrize(
    "typed",
    ["dropout", "Dropout", "nn.Dropout", "torch.nn.Dropout()", "`nn.Dropout`", "dropouts"],
)
def test_a_word_is_found_however_it_is_written(glossary: Glossary, typed: str) -> None:
    entry = glossary.lookup(typed)
    assert entry is not None
    assert entry.word == "Dropout"


@pytest.mark.parametrize("typed", ["batch-normalisation", "batch_normalisation", "Batch Normalisation"])
def test_parts_of_a_word_may_be_joined_by_anything(glossary: Glossary, typed: str) -> None:
    entry = glossary.lookup(typed)
    assert entry is not None
    assert entry.word == "batch normalisation"


@pytest.mark.parametrize("typed", ["", "   ", "drop", "nothing of the kind"])
def test_a_word_that_no_lesson_explains_is_not_found(glossary: Glossary, typed: str) -> None:
    assert glossary.lookup(typed) is None


def test_a_word_of_two_lessons_has_both_meanings_in_the_order_of_the_course(glossary: Glossary) -> None:
    entry = glossary.lookup("batch")
    assert entry is not None
    assert [(meaning.lesson, meaning.text) for meaning in entry.meanings] == [
        ("a", "Rows."),
        ("b", "Rows together."),
    ]


def test_words_come_before_meanings_and_takeaways(glossary: Glossary) -> None:
    assert words(glossary.search("batch")) == ["batch", "batch normalisation", "A batch may be short."]
    assert words(glossary.search("random")) == ["Dropout"]
    assert words(glossary.search("EMPTY gradients")) == ["Empty the gradients first."]
    assert glossary.search("  ") == ()


def test_lessons_are_read_only_when_somebody_asks(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(LESSON.format(name="a", recap="R.", terms="w: m."), encoding="utf-8")
    read: list[str] = []

    def load(path: Path, name: str) -> Loaded:
        read.append(name)
        return load_lesson(path, name)

    glossary = Glossary(Catalog([tmp_path], load))
    assert read == []
    assert glossary.lookup("w") is not None
    assert len(read) == 1
