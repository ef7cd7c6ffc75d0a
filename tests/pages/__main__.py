"""`make docs`."""

from __future__ import annotations

from tests.pages.written import write_pages
from tutor.lesson.catalog import Catalog

if __name__ == "__main__":
    for name in write_pages(Catalog()):
        print(f"wrote docs/{name}")
