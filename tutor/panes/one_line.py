"""A line of the screen with words at its left and at its right; foreign text in it stays literal."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

Piece = tuple[str, str]
"""Words and their style."""


def pieces_width(pieces: Sequence[Piece]) -> int:
    """How many cells the pieces take side by side."""
    return sum(Content(text).cell_length for text, _ in pieces)


def one_line(left: Sequence[Piece], right: Sequence[Piece], width: int) -> Content:
    """Both ends of a line; where there is no room for both, the left end is cut."""
    end = Content.assemble(*right)
    room = max(0, width - end.cell_length - (1 if right else 0))
    start = Content.assemble(*left)
    if start.cell_length > room:
        start = start.truncate(room, ellipsis=True)
    gap = " " * max(0, width - start.cell_length - end.cell_length)
    return Content.assemble(start, gap, end)
