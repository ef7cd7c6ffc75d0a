"""Which pages there are, and writing them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.pages.course import course_page
from tests.pages.glossary import glossary_page
from tests.pages.inventory import inventory_page
from tests.pages.misconceptions import misconceptions_page
from tutor.lesson.catalog import Catalog

FOLDER = Path(__file__).resolve().parents[2] / "docs"

PAGES: dict[str, Callable[[Catalog], str]] = {
    "course.md": course_page,
    "glossary.md": glossary_page,
    "inventory.md": inventory_page,
    "misconceptions.md": misconceptions_page,
}


def stale_pages(catalog: Catalog) -> list[str]:
    """Pages that are not what the lessons make of them today."""
    return [name for name, make in PAGES.items() if _text(name) != make(catalog)]


def write_pages(catalog: Catalog) -> list[str]:
    """Write what is stale; the names of what was written."""
    stale = stale_pages(catalog)
    for name in stale:
        (FOLDER / name).write_text(PAGES[name](catalog), encoding="utf-8")
    return stale


def _text(name: str) -> str:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""
