"""Tables without boxes: columns are as wide as their content, and the least needed are given up when the width is small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from tutor.renderables.charset import Charset, Tone
from tutor.renderables.literal import left, right, stack

GAP = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry; an empty one is drawn as nothing."""

    text: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and when it is given up."""

    heading: str
    turn: int = 99
    """The lowest turn goes first; 99 stays."""
    at_right: bool = False
    most: int = 40
    """Cells it may take at most."""
    least: int = 6
    """Cells it may be squeezed to when giving up columns was not enough."""


def table(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int, charset: Charset) -> Text:
    """Rows below a muted heading, no line wider than `width`."""
    kept = [
        index
        for index, column in enumerate(columns)
        if any(row[index].text for row in rows) or column.turn == 99
    ]
    breadths = {index: _breadth(index, columns, rows) for index in kept}
    while _total(kept, breadths) > width:
        spare = [index for index in kept if columns[index].turn < 99]
        if not spare:
            break
        kept.remove(min(spare, key=lambda index: columns[index].turn))
    _squeeze(kept, columns, breadths, width)
    lines = [_line([Cell(column.heading, "muted") for column in columns], kept, columns, breadths, charset)]
    lines.extend(_line(row, kept, columns, breadths, charset) for row in rows)
    return stack(lines)


def _breadth(index: int, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> int:
    widest = max([cell_len(columns[index].heading), *(cell_len(row[index].text) for row in rows)])
    return min(columns[index].most, widest)


def _total(kept: Sequence[int], breadths: dict[int, int]) -> int:
    return sum(breadths[index] for index in kept) + GAP * (len(kept) - 1)


def _squeeze(kept: Sequence[int], columns: Sequence[Column], breadths: dict[int, int], width: int) -> None:
    """Take cells from the widest column until the row fits, or nothing may be taken any more."""
    while _total(kept, breadths) > width:
        loose = [index for index in kept if breadths[index] > columns[index].least]
        if not loose:
            return
        breadths[max(loose, key=lambda index: breadths[index])] -= 1


def _line(
    row: Sequence[Cell],
    kept: Sequence[int],
    columns: Sequence[Column],
    breadths: dict[int, int],
    charset: Charset,
) -> Text:
    text = Text(no_wrap=True)
    for index in kept:
        if text.plain:
            text.append(" " * GAP)
        place = right if columns[index].at_right else left
        text.append(place(row[index].text, breadths[index], charset), style=charset.style(row[index].tone))
    text.rstrip()
    return text
