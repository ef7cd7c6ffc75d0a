from __future__ import annotations

import pytest

from tests.pages import inventory, misconceptions
from tests.pages.inventory import Inventory, Row, read_inventory
from tests.pages.markdown import table
from tests.pages.misconceptions import Misconception, Misconceptions, read_misconceptions
from tests.pages.written import stale_pages
from tutor.lesson.catalog import Catalog


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog()


def test_pages_made_from_the_lessons_are_up_to_date_or_else_run_make_docs(catalog: Catalog) -> None:
    assert stale_pages(catalog) == []


def test_every_step_the_inventory_names_is_there_and_open_rows_claim_none(catalog: Catalog) -> None:
    found = read_inventory()
    assert list(inventory.faults(found, catalog)) == []
    assert len(found.rows) > 100


def test_every_document_gave_rows_of_the_inventory() -> None:
    found = read_inventory()
    given = {name for row in found.rows for name in row.from_}
    assert given == set(found.documents)


def test_every_step_that_ends_a_misconception_is_there(catalog: Catalog) -> None:
    assert list(misconceptions.faults(read_misconceptions(), catalog)) == []


def test_an_inventory_that_claims_what_is_not_there_is_found_out(catalog: Catalog) -> None:
    source = {"note": "start"}
    rows = [
        Row(kind="concept", what="no such lesson", from_=source, steps=["nowhere/at-all"]),
        Row(kind="concept", what="no such step", from_=source, steps=["first-tensors/at-all"]),
        Row(kind="concept", what="a lesson for a step", from_=source, steps=["first-tensors"]),
        Row(
            kind="concept",
            what="taught and open",
            from_=source,
            steps=["first-tensors/1"],
            open="why",
            lesson="x",
        ),
        Row(kind="concept", what="neither", from_=source),
        Row(kind="concept", what="open without a lesson", from_=source, open="why"),
        Row(kind="concept", what="no such document", from_={"letter": "start"}, everywhere="yes"),
    ]
    documents = read_inventory().documents
    found = list(inventory.faults(Inventory(documents=documents, rows=rows), catalog))
    assert [row.what for row in rows if not any(row.what in fault for fault in found)] == []


def test_a_misconception_without_a_real_step_is_found_out(catalog: Catalog) -> None:
    rows = [
        Misconception(belief="no step", truth="", steps=[]),
        Misconception(belief="made-up step", truth="", steps=["first-tensors/made-up"]),
    ]
    found = list(misconceptions.faults(Misconceptions(rows=rows), catalog))
    assert [row.belief for row in rows if not any(row.belief in fault for fault in found)] == []


def test_a_cell_cannot_break_its_table() -> None:
    assert table(("a",), [("x | y\nz",)])[-1] == "| x \\| y z |"
