"""A canvas of dots: eight to a cell in braille, two to a cell in ASCII. The layer drawn last gives a cell its style."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

_BRAILLE = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_ASCII = ((0x01,), (0x02,))
_ASCII_CELLS = " '.:"


class Canvas:
    """Dots on `columns` by `rows` cells; (0, 0) is the top left dot."""

    def __init__(self, columns: int, rows: int, ascii: bool) -> None:
        self.masks = _ASCII if ascii else _BRAILLE
        self.wide = len(self.masks[0])
        self.high = len(self.masks)
        self.columns, self.rows = columns, rows
        self.width, self.height = columns * self.wide, rows * self.high
        self._ascii = ascii
        self._bits = [bytearray(columns) for _ in range(rows)]
        self._layers = [bytearray(columns) for _ in range(rows)]

    def dot(self, x: int, y: int, layer: int) -> None:
        """Set one dot; outside the canvas nothing happens."""
        if 0 <= x < self.width and 0 <= y < self.height:
            row, down = divmod(y, self.high)
            column, across = divmod(x, self.wide)
            self._bits[row][column] |= self.masks[down][across]
            self._layers[row][column] = layer

    def upright(self, x: int, y0: int, y1: int, layer: int, dotted: bool = False) -> None:
        """A vertical stroke; dotted, it can carry a line on top of it without colour."""
        for y in range(min(y0, y1), max(y0, y1) + 1):
            if not dotted or (x + y) % 2 == 0:
                self.dot(x, y, layer)

    def line(self, x0: int, y0: int, x1: int, y1: int, layer: int) -> None:
        """A straight line between two dots."""
        steps = max(abs(x1 - x0), abs(y1 - y0), 1)
        for step in range(steps + 1):
            self.dot(x0 + (x1 - x0) * step // steps, y0 + (y1 - y0) * step // steps, layer)

    def row(self, index: int, styles: Sequence[str]) -> Text:
        """One row of cells, in the styles of their layers."""
        bits, layers = self._bits[index], self._layers[index]
        text = Text(no_wrap=True)
        start = 0
        for column in range(1, self.columns + 1):
            if column == self.columns or layers[column] != layers[start]:
                text.append("".join(map(self._cell, bits[start:column])), style=styles[layers[start]])
                start = column
        return text

    def _cell(self, bits: int) -> str:
        if self._ascii:
            return _ASCII_CELLS[bits]
        return chr(0x2800 + bits) if bits else " "
