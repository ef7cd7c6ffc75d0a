"""Matrix products as pictures: two boxes, the two sizes that must agree, the result or why there is none."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

from tutor.renderables.alignment import aligned
from tutor.renderables.boxes import Block, beside, box, even, scaled
from tutor.renderables.charset import Charset
from tutor.renderables.literal import clip, literal, stack
from tutor.renderables.numbers import shape_text

Shape = tuple[int, ...]


def product_shape(left: Shape, right: Shape) -> Shape | None:
    """The shape of `left @ right`; None when it has none."""
    if not left or not right or left[-1] != right[-2 if len(right) > 1 else 0]:
        return None
    batch = aligned([left[:-2], right[:-2]]).result
    if any(size is None for size in batch):
        return None
    rows = (left[-2],) if len(left) > 1 else ()
    columns = (right[-1],) if len(right) > 1 else ()
    return tuple(size for size in batch if size is not None) + rows + columns


def matmul_picture(left: Shape, right: Shape, names: tuple[str, str], width: int, charset: Charset) -> Text:
    """Boxes of both operands and of the result, with the sum of shapes below; only the latter where there is no room."""
    left_name, right_name = (literal(name, charset) for name in names)
    inner = (left[-1], right[-2 if len(right) > 1 else 0]) if left and right else (0, 0)
    fits = inner[0] == inner[1]
    result = product_shape(left, right)
    lines = [] if not left or not right else _boxes(left, right, inner, charset)
    if max(map(cell_len, lines), default=0) > width:
        lines = []
    picture = [Text(line, no_wrap=True) for line in lines]
    return stack([*picture, *_sum((left, right), (left_name, right_name), result, fits, width, charset)])


def _boxes(left: Shape, right: Shape, inner: tuple[int, int], charset: Charset) -> Block:
    rows = left[-2] if len(left) > 1 else 1
    columns = right[-1] if len(right) > 1 else 1
    high, deep = scaled(rows, 1, 5), scaled(inner[1], 1, 5)
    across = scaled(columns, 4, 14)
    first = box(high, scaled(inner[0], 4, 14), str(inner[0]), str(rows), charset)
    second = box(deep, across, str(columns), str(inner[1]), charset)
    if inner[0] == inner[1]:
        third = box(high, across, str(columns), str(rows), charset)
        return beside([first, [" @ "], second, [" = "], third])
    unequal = charset.glyphs.unequal
    verdict = even(["cannot multiply", f"{inner[0]} {unequal} {inner[1]}"])
    return beside([first, [" @ "], second, [f" {charset.glyphs.cross} "], verdict])


def _sum(
    shapes: tuple[Shape, Shape],
    names: tuple[str, str],
    result: Shape | None,
    fits: bool,
    width: int,
    charset: Charset,
) -> list[Text]:
    left, right = shapes
    room = max(6, (width - 40) // 2)
    first = f"{clip(names[0], room, charset)} {shape_text(left)}"
    second = f"{clip(names[1], room, charset)} {shape_text(right)}"
    outcome = Text(shape_text(result) if result is not None else "error", no_wrap=True)
    outcome.style = charset.style("good" if result is not None else "bad")
    arrow = charset.glyphs.arrow
    text = Text(f"{first}  @  {second}  {arrow}  ", no_wrap=True).append_text(outcome)
    if cell_len(text.plain) > width:
        lines = [
            Text(first, no_wrap=True),
            Text(f"@ {second}", no_wrap=True),
            Text(f"{arrow} ").append_text(outcome),
        ]
    elif left and right:
        lines = [
            text,
            Text(
                _marks(first, second, left, right),
                style=charset.style("accent" if fits else "bad"),
                no_wrap=True,
            ),
        ]
        lines[1].append("   these agree" if fits else "   these must be equal")
    else:
        lines = [text]
    if result is None and (fits or not left or not right):
        lines.append(Text(_other_reason(left, right), style=charset.style("bad"), no_wrap=True))
    for line in lines:
        line.truncate(width)
    return lines


def _other_reason(left: Shape, right: Shape) -> str:
    if not left or not right:
        return "A tensor without axes cannot be multiplied so: use * instead of @."
    return f"The axes in front do not line up: {shape_text(left[:-2])} and {shape_text(right[:-2])}."


def _marks(first: str, second: str, left: Shape, right: Shape) -> str:
    """Carets under the last axis of the first shape and the one before last of the second."""
    end = cell_len(first) - (2 if len(left) == 1 else 1)
    start = end - len(str(left[-1]))
    shape_start = cell_len(first) + 5 + cell_len(second) - len(shape_text(right)) + 1
    before = sum(len(str(size)) + 2 for size in right[:-2])
    inner = str(right[-2 if len(right) > 1 else 0])
    place = shape_start + before
    return " " * start + "^" * (end - start) + " " * (place - end) + "^" * len(inner)


def matmul_in_words(left: Shape, right: Shape, names: tuple[str, str]) -> str:
    """Which two sizes must agree, whether they do, and what comes out."""
    if not left or not right:
        return f"{names[0]} {shape_text(left)} @ {names[1]} {shape_text(right)}: {_other_reason(left, right)}"
    inner = right[-2 if len(right) > 1 else 0]
    result = product_shape(left, right)
    start = f"{names[0]} {shape_text(left)} @ {names[1]} {shape_text(right)}"
    if result is not None:
        return f"{start} gives {shape_text(result)}: the {left[-1]} at the end of {names[0]} meets the {inner} of {names[1]}."
    if left[-1] != inner:
        return f"{start} cannot be multiplied: {names[0]} ends in {left[-1]}, {names[1]} begins its matrix with {inner}; they must be equal."
    return f"{start} cannot be multiplied. {_other_reason(left, right)}"
