"""Broadcasting as a table: which axis was stretched, which was added, and which does not fit."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tutor.renderables.alignment import Alignment, Shape, aligned
from tutor.renderables.charset import Charset
from tutor.renderables.literal import literal, right, stack
from tutor.renderables.numbers import shape_text


def broadcast_picture(shapes: Sequence[Shape], names: Sequence[str], width: int, charset: Charset) -> Text:
    """One row a tensor, one column an axis, remarks at the right."""
    lines = aligned(shapes)
    axes = len(lines.result)
    heading = max(8, *(min(len(name), max(8, width // 4)) for name in names)) if names else 8
    cells = [[_cell(row, axis, lines, charset) for axis in range(axes)] for row in lines.rows]
    breadth = max([5, *(len(cell) + 2 for row in cells for cell in row)])
    glyphs = charset.glyphs
    muted = charset.style("muted")
    rule = Text(
        glyphs.horizontal * (heading + 1) + glyphs.crossing + glyphs.horizontal * (breadth * axes + 1),
        style=muted,
    )
    head = _line("axis", [str(axis - axes) for axis in range(axes)], "", heading, breadth, charset)
    head.style = muted
    text = [head, rule]
    for name, row, drawn in zip(names, lines.rows, cells, strict=True):
        text.append(
            _line(literal(name, charset), drawn, _remark(row, lines, charset), heading, breadth, charset)
        )
    result = [glyphs.cross if size is None else str(size) for size in lines.result]
    end = _line("result", result, _misfit(lines), heading, breadth, charset)
    end.stylize(charset.style("good" if lines.fits else "bad"))
    text.extend([rule.copy(), end])
    for line in text:
        line.truncate(width)
    return stack(text)


def _cell(row: Sequence[int | None], axis: int, lines: Alignment, charset: Charset) -> str:
    size, result = row[axis], lines.result[axis]
    if size is None:
        return charset.glyphs.dot
    if size == 1 and result not in (1, None):
        return f"1{charset.glyphs.arrow}{result}"
    return str(size)


def _line(name: str, cells: Sequence[str], remark: str, heading: int, breadth: int, charset: Charset) -> Text:
    text = Text(right(name, heading, charset) + f" {charset.glyphs.vertical}", no_wrap=True)
    text.append("".join(right(cell, breadth, charset) for cell in cells))
    if remark:
        text.append(f"   {remark}")
    return text


def _remark(row: Sequence[int | None], lines: Alignment, charset: Charset) -> str:
    axes = len(row)
    remarks: list[str] = []
    for axis, (size, result) in enumerate(zip(row, lines.result, strict=True)):
        if size is None:
            remarks.append(f"axis {axis - axes} added")
        elif size == 1 and result not in (1, None):
            remarks.append(f"axis {axis - axes} repeated {result}{charset.glyphs.times}")
    return ", ".join(remarks)


def _misfit(lines: Alignment) -> str:
    """The last axis that does not fit, with its sizes."""
    axes = len(lines.result)
    for axis in range(axes - 1, -1, -1):
        if lines.result[axis] is None:
            sizes = sorted({row[axis] for row in lines.rows if row[axis] not in (None, 1)}, key=str)
            return f"axis {axis - axes}: {' and '.join(map(str, sizes))} differ and neither is 1"
    return ""


def broadcast_in_words(shapes: Sequence[Shape], names: Sequence[str]) -> str:
    """The same in sentences."""
    plain = Charset(color=False)
    lines = aligned(shapes)
    listed = " and ".join(f"{name} {shape_text(shape)}" for name, shape in zip(names, shapes, strict=True))
    if not lines.fits:
        return f"{listed} do not line up: {_misfit(lines)}."
    result = shape_text(tuple(size for size in lines.result if size is not None))
    stretched = [(name, _remark(row, lines, plain)) for name, row in zip(names, lines.rows, strict=True)]
    details = "; ".join(f"of {name}: {remark.replace('×', ' times')}" for name, remark in stretched if remark)
    return f"{listed} give {result}" + (f"; {details}." if details else ", nothing is stretched.")
