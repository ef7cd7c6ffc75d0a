"""Beliefs and the steps that show otherwise, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from tests.pages.markdown import step_link, table
from tutor.lesson.catalog import Catalog

SOURCE = Path(__file__).resolve().parents[2] / "docs" / "misconceptions.yaml"


class Misconception(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A belief, what is so, and the steps that show it."""

    belief: str
    truth: str
    steps: list[str]


class Misconceptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`docs/misconceptions.yaml`."""

    rows: list[Misconception]


def read_misconceptions() -> Misconceptions:
    """The file as structures; raises when it does not fit."""
    return msgspec.yaml.decode(SOURCE.read_bytes(), type=Misconceptions)


def faults(misconceptions: Misconceptions, catalog: Catalog) -> Iterator[str]:
    """Steps that are not there, and beliefs without any."""
    for row in misconceptions.rows:
        if not row.steps:
            yield f"“{row.belief}” has no step."
        for place in row.steps:
            try:
                if catalog.place(place)[1] is None:
                    yield f"“{row.belief}” names the lesson {place}; expected one of its steps."
            except LookupError as error:
                yield f"“{row.belief}”: {error}"


def misconceptions_page(catalog: Catalog) -> str:
    """The page."""
    rows = [
        (row.belief, row.truth, ", ".join(map(step_link, row.steps))) for row in read_misconceptions().rows
    ]
    lines = ["# What people believe, and the step that shows otherwise", ""]
    return "\n".join([*lines, *table(("belief", "what is so", "shown in"), rows)]) + "\n"
