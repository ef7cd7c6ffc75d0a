"""Which brackets of code belong together; those in strings and comments are only text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.editor.editing import CLOSERS, PAIRS, QUOTES

Location = tuple[int, int]


def bracket_marks(lines: Sequence[str]) -> Iterator[tuple[Location, str]]:
    """Every bracket that is code, in order, with its place."""
    quote = ""
    for row, line in enumerate(lines):
        column = 0
        while column < len(line):
            here = line[column]
            if quote:
                if here == "\\":
                    column += 1
                elif line.startswith(quote, column):
                    column += len(quote) - 1
                    quote = ""
            elif here == "#":
                break
            elif here in QUOTES:
                quote = here * 3 if line.startswith(here * 3, column) else here
                column += len(quote) - 1
            elif here in PAIRS or here in CLOSERS:
                yield (row, column), here
            column += 1
        if len(quote) == 1 and not line.endswith("\\"):
            quote = ""


def bracket_pairs(lines: Sequence[str]) -> list[tuple[Location, Location]]:
    """Opening and closing place of every pair; a bracket without its partner is in none."""
    opened: list[tuple[Location, str]] = []
    pairs: list[tuple[Location, Location]] = []
    for place, bracket in bracket_marks(lines):
        if bracket in PAIRS:
            opened.append((place, bracket))
        elif opened and PAIRS[opened[-1][1]] == bracket:
            pairs.append((opened.pop()[0], place))
    return pairs


def partner(lines: Sequence[str], cursor: Location) -> Location | None:
    """Where to jump from the cursor: to the partner of a bracket it stands at or behind, else to the opener around it."""
    pairs = bracket_pairs(lines)
    row, column = cursor
    for place in ((row, column), (row, column - 1)):
        for opener, closer in pairs:
            if place == opener:
                return closer
            if place == closer:
                return opener
    around = [opener for opener, closer in pairs if opener < cursor <= closer]
    return max(around, default=None)
