"""Pictures of what a line of code does to shapes: product, alignment, the axes that vanish, the axes that move."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from tutor.renderables.broadcast import broadcast_in_words, broadcast_picture
from tutor.renderables.charset import Charset
from tutor.renderables.literal import clip, literal, right, stack
from tutor.renderables.matmul import matmul_in_words, matmul_picture
from tutor.renderables.numbers import shape_text
from tutor.renderables.operations import Operation

MOST = 3


def operations_picture(operations: Sequence[Operation], width: int, charset: Charset) -> Text:
    """The last few operations of a line under each other, innermost first; empty when there are none."""
    lines: list[Text] = []
    for operation in interesting(operations)[-MOST:]:
        if lines:
            lines.append(Text())
        lines.append(
            Text(
                clip(literal(operation.text, charset), width, charset),
                style=charset.style("title"),
                no_wrap=True,
            )
        )
        lines.extend(_picture(operation, width, charset).split("\n", allow_blank=True))
    return stack(lines)


def interesting(operations: Sequence[Operation]) -> list[Operation]:
    """Arithmetic with a plain number, or between equal shapes, is left out as long as anything else is there."""
    return [operation for operation in operations if not _dull(operation)] or list(operations[-1:])


def _dull(operation: Operation) -> bool:
    return operation.kind == "broadcast" and (() in operation.shapes or len(set(operation.shapes)) == 1)


def _picture(operation: Operation, width: int, charset: Charset) -> Text:
    match operation.kind:
        case "product":
            left, other = operation.shapes
            return matmul_picture(left, other, (operation.names[0], operation.names[1]), width, charset)
        case "broadcast":
            return broadcast_picture(operation.shapes, operation.names, width, charset)
        case "reduction":
            return _reduction(operation, width, charset)
        case "rearrangement":
            return _rearrangement(operation, width, charset)


def _reduction(operation: Operation, width: int, charset: Charset) -> Text:
    """A column an axis: its size before, and after it a dot where it is gone."""
    shape, glyphs = operation.shapes[0], charset.glyphs
    kept = operation.result is not None and len(operation.result) == len(shape) and bool(operation.axes)
    gone = "1" if kept else glyphs.dot
    after = [gone if axis in operation.axes else str(size) for axis, size in enumerate(shape)]
    breadth = max([4, *(len(str(size)) + 2 for size in shape)])
    name = literal(operation.names[0], charset)
    heading = max(6, min(cell_len(name), width // 3))
    rows = [
        ("axis", [str(axis) for axis in range(len(shape))]),
        (name, [str(size) for size in shape]),
        ("result", after),
    ]
    lines = [
        Text(
            f"{right(title, heading, charset)} {glyphs.vertical}"
            + "".join(right(cell, breadth, charset) for cell in cells),
            no_wrap=True,
        )
        for title, cells in rows
    ]
    lines[0].style = charset.style("muted")
    lines[2].append(f"   {_vanished(operation, kept)}", style=charset.style("accent"))
    for line in lines:
        line.truncate(width)
    return stack(lines)


def _vanished(operation: Operation, kept: bool) -> str:
    shape = operation.shapes[0]
    if not operation.axes:
        return "nothing vanishes"
    parts = [f"axis {axis} ({shape[axis]})" for axis in operation.axes]
    if len(parts) == len(shape) and not kept:
        return "every axis vanishes: one number"
    one = len(parts) == 1
    verb = ("shrinks to 1" if one else "shrink to 1") if kept else ("vanishes" if one else "vanish")
    return f"{' and '.join(parts)} {verb}"


def _rearrangement(operation: Operation, width: int, charset: Charset) -> Text:
    shape, result = operation.shapes[0], operation.result or ()
    arrow = charset.glyphs.arrow
    lines = [
        f"{literal(operation.names[0], charset)} {shape_text(shape)}  {arrow}  {shape_text(result)}",
        f"  {_moved(operation)}",
    ]
    return stack([Text(clip(line, width, charset), no_wrap=True) for line in lines])


def _moved(operation: Operation) -> str:
    """Which old axis each new axis is; merged and split axes keep the numbers in their order."""
    axes, count = operation.axes, len(operation.shapes[0])
    if not axes and operation.result != ():
        return "the same numbers in the same order, counted into a new shape"
    if -1 in axes:
        return f"a new axis of size 1 at {axes.index(-1)}"
    if len(axes) < count:
        gone = [str(axis) for axis in range(count) if axis not in axes]
        return f"axis {' and '.join(gone)} of size 1 {'is' if len(gone) == 1 else 'are'} gone"
    moved = [f"axis {new} was axis {old}" for new, old in enumerate(axes) if new != old]
    return ", ".join(moved) or "no axis moves"


def operations_in_words(operations: Sequence[Operation]) -> str:
    """One sentence an operation."""
    return "\n".join(_sentence(operation) for operation in interesting(operations)[-MOST:])


def _sentence(operation: Operation) -> str:
    match operation.kind:
        case "product":
            left, other = operation.shapes
            return matmul_in_words(left, other, (operation.names[0], operation.names[1]))
        case "broadcast":
            return broadcast_in_words(operation.shapes, operation.names)
        case "reduction":
            kept = (
                operation.result is not None
                and len(operation.result) == len(operation.shapes[0])
                and bool(operation.axes)
            )
            detail = _vanished(operation, kept)
        case "rearrangement":
            detail = _moved(operation)
    result = shape_text(operation.result) if operation.result is not None else "an error"
    return f"{operation.text} makes {result} of {shape_text(operation.shapes[0])}: {detail}."
