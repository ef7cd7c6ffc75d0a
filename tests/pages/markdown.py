"""Markdown tables whose cells cannot break them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table as lines."""
    return [_line(head), _line("---" for _ in head), *map(_line, rows)]


def step_link(place: str) -> str:
    """A link to the lesson of `LESSON/STEP` in the course page."""
    return f"[{place}](course.md#{place.partition('/')[0]})"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"
