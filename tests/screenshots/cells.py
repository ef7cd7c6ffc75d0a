"""A terminal's cells as a picture: one character a cell, on a strict grid, in the colours the program asked for."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pyte
from PIL import Image, ImageDraw, ImageFont

SIZE = 16
LEADING = 1.22
FOREGROUND = "#d4d4d4"
BACKGROUND = "#1e1e1e"

BRAILLE = 0x2800
DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
"""Column and row of each bit of a braille character."""

NAMED = {
    "black": "#000000", "red": "#cd3131", "green": "#0dbc79", "brown": "#d7ba38", "blue": "#2472c8", "magenta": "#bc3fbc",
    "cyan": "#11a8cd", "white": "#e5e5e5", "brightblack": "#666666", "brightred": "#f14c4c", "brightgreen": "#23d18b",
    "brightbrown": "#f5f543", "brightblue": "#3b8eea", "brightmagenta": "#d670d6", "brightcyan": "#29b8db",
    "brightwhite": "#ffffff",
}  # fmt: skip


def draw(screen: pyte.Screen, path: Path) -> None:
    """Write the screen as a PNG."""
    plain, bold = font("DejaVu Sans Mono:style=Book"), font("DejaVu Sans Mono:style=Bold")
    width, height = round(plain.getlength("M")), round(SIZE * LEADING)
    image = Image.new("RGB", (screen.columns * width, screen.lines * height), BACKGROUND)
    pen = ImageDraw.Draw(image)
    for row in range(screen.lines):
        for column in range(screen.columns):
            cell = screen.buffer[row][column]
            ink, paper = colour(cell.fg, FOREGROUND), colour(cell.bg, BACKGROUND)
            if cell.reverse:
                ink, paper = paper, ink
            left, top = column * width, row * height
            pen.rectangle((left, top, left + width - 1, top + height - 1), fill=paper)
            if BRAILLE <= ord(cell.data[:1] or " ") <= BRAILLE + 0xFF:
                dots(pen, ord(cell.data[0]) - BRAILLE, (left, top, width, height), ink)
            elif cell.data == "│":
                middle = left + width // 2
                pen.line((middle, top, middle, top + height - 1), fill=ink)
            else:
                pen.text((left, top + 1), cell.data or " ", font=bold if cell.bold else plain, fill=ink)
            if cell.underscore:
                pen.line((left, top + height - 2, left + width - 1, top + height - 2), fill=ink)
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, optimize=True)


def dots(pen: ImageDraw.ImageDraw, pattern: int, cell: tuple[int, int, int, int], ink: str) -> None:
    """The eight dots of a braille character, which few fonts have."""
    left, top, width, height = cell
    for bit, (column, row) in enumerate(DOTS):
        if pattern >> bit & 1:
            x, y = left + (2 * column + 1) * width // 4, top + (2 * row + 1) * height // 8
            pen.rectangle((x - 1, y - 1, x, y), fill=ink)


def colour(named: str, default: str) -> str:
    """A colour as pyte names it, for drawing."""
    if named == "default":
        return default
    return NAMED.get(named, f"#{named}" if len(named) == 6 else default)


def font(pattern: str) -> ImageFont.FreeTypeFont:
    """A font of this machine; ends with a sentence where there is none."""
    try:
        asked = subprocess.run(
            ["fc-match", "--format", "%{file}", pattern], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as fault:
        raise SystemExit(f"Pictures need fontconfig and the font DejaVu Sans Mono: {fault}.") from fault
    return ImageFont.truetype(asked.stdout, SIZE)
