"""Sends the terminal only the cells that changed: Textual resends whole widgets, which over a bad line is felt at every key.

Leans on private names of Textual 8.2: `App._display`, `LayoutUpdate`, `ChopsUpdate`. `--full-redraw` goes without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip

Result = TypeVar("Result")

Piece = tuple[int, int, Strip]
"""Row, column and what stands there."""
Cell = tuple[str, Style]
"""A character with what combines with it, and its style; no character: the right half of a wide one."""

NEAR = 3
"""Unchanged cells that are sent again rather than jumped over."""
PLAIN = Style()


def cells_of(strip: Strip) -> Iterator[tuple[Cell, int]]:
    """The cells of a strip with their widths; what has no width belongs to the cell before it."""
    for text, style, control in strip:
        if control:
            continue
        worn = style or PLAIN
        if text.isascii():
            yield from (((character, worn), 1) for character in text)
            continue
        pending, width = "", 0
        for character in text:
            size = get_character_cell_size(character)
            if size and pending:
                yield (pending, worn), width
                pending = ""
            if size or pending:
                pending, width = pending + character, size or width
        if pending:
            yield (pending, worn), width


def pieces_of(update: CompositorUpdate) -> Iterator[Piece]:
    """Where each strip of one of Textual's updates goes."""
    if isinstance(update, LayoutUpdate):
        for row, line in enumerate(update.strips, update.region.y):
            column = update.region.x
            for strip in line:
                yield row, column, strip
                column += strip.cell_length
    elif isinstance(update, ChopsUpdate):
        for row, first, last in update.spans:
            for end, (column, chop) in zip(update.chop_ends[row], update.chops[row].items(), strict=False):
                if chop is None or column > last or end <= first:
                    continue
                whole = last > column >= first and end <= last
                yield row, column, chop if whole else chop.crop(0, min(end, last) - column)


class Front:
    """What the terminal shows, cell by cell."""

    def __init__(self, width: int, height: int, colours: ColorSystem) -> None:
        self.size = (width, height)
        self._colours = colours
        self._rows: list[list[Cell | None]] = [[None] * width for _ in range(height)]
        self._at = (-1, -1)
        self._worn: Style | None = None

    def draw(self, pieces: Iterable[Piece]) -> str:
        """The sequences that make the terminal show these pieces."""
        self._at, self._worn = (-1, -1), None
        out: list[str] = []
        for row, column, strip in pieces:
            if 0 <= row < self.size[1]:
                self._draw_strip(row, column, strip, out)
        if self._worn is not None:
            out.append("\x1b[0m")
        return "".join(out)

    def _draw_strip(self, row: int, column: int, strip: Strip, out: list[str]) -> None:
        shown = self._rows[row]
        for cell, width in cells_of(strip):
            if column + width > self.size[0]:
                return
            if column >= 0 and shown[column] != cell:
                self._move(row, column, out)
                self._wear(cell[1], out)
                out.append(cell[0])
                self._put(shown, column, cell, width)
                self._at = (row, column + width)
            column += width

    @staticmethod
    def _put(shown: list[Cell | None], column: int, cell: Cell, width: int) -> None:
        """Note what is shown now; half of a wide character that was overwritten is gone with its other half."""
        before = shown[column]
        if before is not None and before[0] == "" and column:
            shown[column - 1] = None
        for offset in range(width):
            after = column + offset + 1
            shown[column + offset] = cell if not offset else ("", cell[1])
            follower = shown[after] if after < len(shown) else None
            if follower is not None and follower[0] == "" and offset == width - 1:
                shown[after] = None

    def _move(self, row: int, column: int, out: list[str]) -> None:
        at_row, at_column = self._at
        gap = column - at_column
        if at_row != row or gap < 0:
            out.append(f"\x1b[{row + 1};{column + 1}H")
        elif gap:
            between = self._rows[row][at_column:column]
            if gap <= NEAR and all(
                cell is not None and cell[0] and cell[1] == self._worn for cell in between
            ):
                out.extend(cell[0] for cell in between if cell is not None)
            else:
                out.append(f"\x1b[{gap}C")

    def _wear(self, style: Style, out: list[str]) -> None:
        if style != self._worn:
            codes = Strip.render_ansi(style, self._colours)
            out.append(f"\x1b[0;{codes}m" if codes else "\x1b[0m")
            self._worn = style


class _Sequences(CompositorUpdate):
    """An update that is ready to be sent."""

    def __init__(self, sequences: str) -> None:
        self._sequences = sequences

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Segment(self._sequences)

    def render_segments(self, console: Console) -> str:
        """The sequences as they are."""
        return self._sequences


class FrugalApp(App[Result], Generic[Result]):
    """An app that sends only what changed."""

    full_redraw = False
    """True: leave it all to Textual."""
    _front: Front | None = None

    def forget_screen(self) -> None:
        """The terminal shows something else now: draw everything next time."""
        self._front = None

    def _ready_for_diff(self) -> bool:
        driver = self._driver
        return not (
            self.full_redraw or self._batch_count or self.is_headless or driver is None or driver.is_inline
        )

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate) and self._ready_for_diff():
            width, height = self.size
            if self._front is None or self._front.size != (width, height):
                colours = self.console._color_system or ColorSystem.TRUECOLOR
                self._front = Front(width, height, colours)
            renderable = _Sequences(self._front.draw(pieces_of(renderable)))
        super()._display(screen, renderable)
