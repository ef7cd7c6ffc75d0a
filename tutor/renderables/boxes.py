"""Rectangles of characters: the parts of the pictures of shapes. A block is a list of lines of equal width."""

from __future__ import annotations

import math

from rich.cells import cell_len

from tutor.renderables.charset import Charset

Block = list[str]


def scaled(size: int, least: int, most: int, reference: int = 1024) -> int:
    """A drawing size for an axis: logarithmic, so that 3 and 784 both stay legible."""
    share = math.log2(max(1, size)) / math.log2(reference)
    return max(least, min(most, round(least + (most - least) * share)))


def box(height: int, width: int, top: str, side: str, charset: Charset) -> Block:
    """A rectangle with its number of columns on its top edge and its number of rows at its side."""
    glyphs = charset.glyphs
    width = max(width, cell_len(top) + 4)
    label = f" {top} " if top else ""
    edge = label.center(width, glyphs.horizontal) if label else glyphs.horizontal * width
    lines = [glyphs.top_left + edge + glyphs.top_right]
    for row in range(height):
        beside = f" {side}" if side and row == height // 2 else ""
        lines.append(glyphs.vertical + " " * width + glyphs.vertical + beside)
    lines.append(glyphs.bottom_left + glyphs.horizontal * width + glyphs.bottom_right)
    return even(lines)


def even(lines: list[str]) -> Block:
    """The lines filled up to the widest."""
    widest = max(map(cell_len, lines), default=0)
    return [line + " " * (widest - cell_len(line)) for line in lines]


def beside(blocks: list[Block]) -> Block:
    """Blocks next to each other, each centred on the tallest."""
    height = max(len(block) for block in blocks)
    rows = [""] * height
    for block in blocks:
        above = (height - len(block) + 1) // 2
        width = cell_len(block[0])
        for index in range(height):
            inside = above <= index < above + len(block)
            rows[index] += block[index - above] if inside else " " * width
    return [row.rstrip() for row in rows]
