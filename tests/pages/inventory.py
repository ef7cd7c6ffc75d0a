"""The inventory of the source documents as a table: what they teach, and the step that teaches it here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from tests.pages.markdown import step_link, table
from tutor.lesson.catalog import Catalog

SOURCE = Path(__file__).resolve().parents[2] / "docs" / "inventory.yaml"
KINDS = {
    "concept": "Concepts",
    "example": "Examples",
    "number": "Numbers",
    "warning": "Warnings",
    "advice": "Advice",
}


class Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One source document."""

    title: str
    where: str


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing a document teaches; exactly one of `steps`, `everywhere` and `open` is given."""

    kind: Literal["concept", "example", "number", "warning", "advice"]
    what: str
    from_: dict[str, str] = msgspec.field(name="from")
    steps: list[str] = []
    everywhere: str = ""
    open: str = ""
    lesson: str = ""
    """The lesson an open row waits for."""
    note: str = ""


class Inventory(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`docs/inventory.yaml`."""

    documents: dict[str, Document]
    rows: list[Row]

    @property
    def open(self) -> list[Row]:
        """What no step teaches yet."""
        return [row for row in self.rows if row.open]


def read_inventory() -> Inventory:
    """The file as structures; raises when it does not fit."""
    return msgspec.yaml.decode(SOURCE.read_bytes(), type=Inventory)


def faults(inventory: Inventory, catalog: Catalog) -> Iterator[str]:
    """Everything in the file that is not so, as sentences."""
    for row in inventory.rows:
        if sum(map(bool, (row.steps, row.everywhere, row.open))) != 1:
            yield f"“{row.what}” needs exactly one of steps, everywhere and open."
        for name in row.from_:
            if name not in inventory.documents:
                yield f"“{row.what}” comes from {name}, which is no document of the list."
        for place in row.steps:
            try:
                if catalog.place(place)[1] is None:
                    yield f"“{row.what}” names the lesson {place}; expected one of its steps."
            except LookupError as error:
                yield f"“{row.what}”: {error}"
        if row.open and not row.lesson:
            yield f"“{row.what}” is open and does not say which lesson it waits for."


def inventory_page(catalog: Catalog) -> str:
    """The page."""
    inventory = read_inventory()
    lines = [
        "# What the sources teach, and where it is taught here",
        "",
        "The course grew from four documents. Each concept, example, number, warning and piece of advice in them has a row",
        "here, in our words, with the step that teaches it. Nothing was copied from them.",
        "",
    ]
    for key, document in inventory.documents.items():
        lines.append(f"- **{key}**: {document.title} ({document.where})")
    taught = sum(bool(row.steps) for row in inventory.rows)
    spread = sum(bool(row.everywhere) for row in inventory.rows)
    lines += [
        "",
        f"{len(inventory.rows)} rows: {taught} taught by a step, {spread} by the form of all lessons, "
        f"{len(inventory.open)} open.",
        "",
    ]
    for kind, title in KINDS.items():
        rows = [row for row in inventory.rows if row.kind == kind and not row.open]
        lines += [f"## {title}", "", *table(("what", "from", "taught in"), map(_cells, rows)), ""]
    lines += ["## Open", "", *_open(inventory, catalog)]
    return "\n".join(lines).rstrip() + "\n"


def _open(inventory: Inventory, catalog: Catalog) -> list[str]:
    if not inventory.open:
        return ["Nothing."]
    cells = [
        (
            row.what,
            _sources(row),
            f"`{row.lesson}`"
            + (", its step not named yet" if row.lesson in catalog.order else ", not written yet"),
            row.open,
        )
        for row in inventory.open
    ]
    return table(("what", "from", "lesson", "why it is open"), cells)


def _cells(row: Row) -> tuple[str, str, str]:
    places = ", ".join(map(step_link, row.steps))
    where = places or f"everywhere: {row.everywhere}"
    return row.what, _sources(row), f"{where}. {row.note}".removesuffix(". ")


def _sources(row: Row) -> str:
    return "; ".join(f"{document}: {section}" for document, section in row.from_.items())
