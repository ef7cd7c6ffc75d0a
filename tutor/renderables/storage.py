"""Names that share memory, drawn on one strip: which elements of the storage each of them sees, and in which order."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from rich.text import Text

from tutor.events import Bound
from tutor.facts import TensorFacts
from tutor.renderables.charset import Charset
from tutor.renderables.literal import clip, literal, right, stack
from tutor.renderables.numbers import shape_text, times_text

MOST_COUNTED = 20_000
"""Larger views are drawn by where they begin and end."""


@dataclass(frozen=True, slots=True)
class View:
    """One name's window on a storage."""

    name: str
    shape: tuple[int, ...]
    stride: tuple[int, ...]
    offset: int

    @property
    def count(self) -> int:
        """How many elements it has."""
        total = 1
        for size in self.shape:
            total *= size
        return total

    @property
    def end(self) -> int:
        """The place after its last element."""
        if not self.count:
            return self.offset
        return (
            self.offset
            + sum((size - 1) * abs(step) for size, step in zip(self.shape, self.stride, strict=True))
            + 1
        )

    def places(self) -> Iterator[int]:
        """Where its elements stand in the storage, in the view's own order."""
        index = [0] * len(self.shape)
        for _ in range(self.count):
            yield self.offset + sum(at * step for at, step in zip(index, self.stride, strict=True))
            for axis in reversed(range(len(index))):
                index[axis] += 1
                if index[axis] < self.shape[axis]:
                    break
                index[axis] = 0


def shared_storages(bounds: Iterable[Bound]) -> list[list[View]]:
    """Groups of two names or more that share memory, in the order of their lines."""
    last = {bound.name: bound for bound in bounds if bound.how not in ("return", "asked")}
    groups: dict[tuple[str, int], list[View]] = {}
    for bound in sorted(last.values(), key=lambda bound: bound.line):
        value = bound.value
        if (
            isinstance(value, TensorFacts)
            and value.storage is not None
            and len(value.stride) == len(value.shape)
        ):
            view = View(bound.name, value.shape, value.stride, value.offset)
            groups.setdefault((value.device, value.storage), []).append(view)
    return [views for views in groups.values() if len(views) > 1]


def storage_strip(views: list[View], width: int, charset: Charset) -> Text:
    """The strip with every place numbered where that fits, else in proportion."""
    size = max(view.end for view in views)
    names = min(16, max(len(view.name) for view in views))
    indent = " " * (names + 2)
    room = width - len(indent)
    breadth = len(str(max(size - 1, 0))) + 1
    exact = size * breadth <= room and all(view.count <= MOST_COUNTED for view in views)
    muted = charset.style("muted")
    lines = [Text(f"one storage, seen by {times_text(len(views), 'name')}", style=muted, no_wrap=True)]
    if exact:
        places = "".join(right(str(place), breadth, charset) for place in range(size))
        lines.append(Text(indent + places, style=muted, no_wrap=True))
    rows = [
        _exact(view, size, breadth, charset) if exact else _rough(view, size, room, charset) for view in views
    ]
    fits = all(len(row) + 3 + len(_details(view)) <= room for row, view in zip(rows, views, strict=True))
    for row, view in zip(rows, views, strict=True):
        line = Text(right(literal(view.name, charset), names, charset) + "  " + row, no_wrap=True)
        lines.append(line)
        if fits:
            line.append(f"   {_details(view)}", style=muted)
        else:
            lines.append(Text(clip(indent + _details(view), width, charset), style=muted, no_wrap=True))
    return stack(lines)


def _details(view: View) -> str:
    return f"{shape_text(view.shape)} stride {shape_text(view.stride)} offset {view.offset}"


def _exact(view: View, size: int, breadth: int, charset: Charset) -> str:
    """At each place the position of the element in the view; a dot where the view does not look."""
    positions: dict[int, int] = {}
    for position, place in enumerate(view.places()):
        positions.setdefault(place, position)
    return "".join(
        right(str(positions[place]) if place in positions else charset.glyphs.dot, breadth, charset)
        for place in range(size)
    )


def _rough(view: View, size: int, width: int, charset: Charset) -> str:
    """Which parts of the storage the view touches."""
    width = max(8, width)
    marks = (charset.glyphs.dot, charset.glyphs.bar)
    seen: Container[int] = set(view.places()) if view.count <= MOST_COUNTED else range(view.offset, view.end)
    cells = []
    for cell in range(width):
        first = cell * size // width
        places = range(first, max(first + 1, (cell + 1) * size // width))
        cells.append(marks[_touches(places, seen)])
    return "".join(cells)


def _touches(places: range, seen: Container[int]) -> bool:
    """Whether a view looks at one of these places; of very many, only some are asked."""
    step = max(1, len(places) // 1000) if isinstance(seen, range) else 1
    return any(place in seen for place in places[::step])


def storage_in_words(views: list[View]) -> str:
    """Who shares with whom, and how each reads the storage."""
    names = [view.name for view in views]
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    lines = [f"{listed} share one storage: changing one changes the others."]
    lines.extend(f"{view.name}: {_details(view)}." for view in views)
    return "\n".join(lines)
