"""Where a text stands in code: every place, and which of them comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Location = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of one line; rows and columns count from 0."""

    row: int
    start: int
    end: int

    @property
    def begin(self) -> Location:
        """Where it begins."""
        return self.row, self.start

    @property
    def close(self) -> Location:
        """Where it ends."""
        return self.row, self.end


def places(lines: Sequence[str], wanted: str) -> list[Place]:
    """Every place of a text, none overlapping; capitals count only when there are some in it."""
    if not wanted:
        return []
    folded = wanted == wanted.lower()
    found: list[Place] = []
    for row, line in enumerate(lines):
        # Folding may change the length of a line ("İ"): columns would no longer be the line's own.
        searched = line.lower() if folded and len(line.lower()) == len(line) else line
        column = searched.find(wanted)
        while column >= 0:
            found.append(Place(row, column, column + len(wanted)))
            column = searched.find(wanted, column + len(wanted))
    return found


def index_from(found: Sequence[Place], cursor: Location) -> int:
    """Which place begins at the cursor or is the first after it; the first of all behind the last."""
    return next((index for index, place in enumerate(found) if place.begin >= cursor), 0)


def index_before(found: Sequence[Place], cursor: Location) -> int:
    """Which place is the last to begin before the cursor; the last of all before the first."""
    before = [index for index, place in enumerate(found) if place.begin < cursor]
    return before[-1] if before else len(found) - 1


def replaced(lines: Sequence[str], found: Sequence[Place], by: str) -> list[str]:
    """The lines with every place replaced."""
    new = list(lines)
    for place in sorted(found, reverse=True):
        line = new[place.row]
        new[place.row] = line[: place.start] + by + line[place.end :]
    return new
