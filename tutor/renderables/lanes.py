"""Lanes for a directed graph, as `git log --graph` has them: one row a node, edges as lanes that open to the right and join.

A crossing is `┼`; a joint into a running lane is `├` or `┤`, also where the stroke goes on behind it, so that every edge can be read back.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tutor.renderables.charset import UNICODE, Charset

Children = Mapping[int, Sequence[int]]

_UPSIDE_DOWN = str.maketrans("╮╭╯╰┴┬", "╯╰╮╭┬┴")


@dataclass(frozen=True, slots=True)
class LaneRow:
    """One row: the lanes, and the node that stands on it, if one does."""

    gutter: str
    node: int | None = None


def top_down(children: Children) -> list[int]:
    """Every user before its inputs; among those that are free, the lowest id first."""
    waiting = dict.fromkeys(children, 0)
    for inputs in children.values():
        for child in dict.fromkeys(inputs):
            waiting[child] += 1
    free = [node for node, users in waiting.items() if users == 0]
    heapq.heapify(free)
    order: list[int] = []
    while free:
        node = heapq.heappop(free)
        order.append(node)
        for child in dict.fromkeys(children[node]):
            waiting[child] -= 1
            if waiting[child] == 0:
                heapq.heappush(free, child)
    return order


def lane_rows(children: Children, charset: Charset, inputs_first: bool = True) -> list[LaneRow]:
    """The drawing; `inputs_first` puts what was computed last at the bottom, as one reads a program."""
    rows: list[LaneRow] = []
    lanes: list[int | None] = []
    closed: int | None = None
    for node in top_down(children):
        if node not in lanes:
            lanes.extend([None] * (closed is not None and closed == len(lanes)))
            lanes.append(node)
        column = lanes.index(node)
        rows.append(LaneRow(_node_row(lanes, column), node))
        opened, joined = _advance(lanes, column, list(dict.fromkeys(children[node])))
        if opened or joined:
            rows.append(LaneRow(_link_row(lanes, column, opened, joined)))
        closed = column if lanes[column] is None else None
        while lanes and lanes[-1] is None:
            lanes.pop()
    if inputs_first:
        rows = [LaneRow(row.gutter.translate(_UPSIDE_DOWN), row.node) for row in reversed(rows)]
    return [LaneRow(_in(charset, row.gutter), row.node) for row in rows]


def _advance(lanes: list[int | None], column: int, inputs: list[int]) -> tuple[list[int], list[int]]:
    """Hand the node's lane to its first new input, open lanes for the others; returns lanes opened and joined."""
    opened: list[int] = []
    joined: list[int] = []
    lanes[column] = None
    for child in inputs:
        if child in lanes:
            joined.append(lanes.index(child))
        elif lanes[column] is None:
            lanes[column] = child
        else:
            free = next((at for at in range(column + 1, len(lanes)) if lanes[at] is None), len(lanes))
            if free == len(lanes):
                lanes.append(None)
            lanes[free] = child
            opened.append(free)
    return opened, joined


def _node_row(lanes: Sequence[int | None], column: int) -> str:
    cells = ["│" if lane is not None else " " for lane in lanes]
    cells[column] = "●"
    return " ".join(cells).rstrip()


def _link_row(lanes: Sequence[int | None], column: int, opened: Sequence[int], joined: Sequence[int]) -> str:
    ends = [*opened, *joined]
    first, last = min(column, *ends), max(column, *ends)
    cells = ["│" if lane is not None else " " for lane in lanes]
    gaps = ["─" if first <= at < last else " " for at in range(len(lanes))]
    for at in range(first + 1, last):
        cells[at] = "┼" if cells[at] == "│" else "─"
    for at in opened:
        cells[at] = "┬" if at < last else "╮"
    for at in joined:
        cells[at] = "┤" if at > column else "├"
    cells[column] = _joint(lanes[column] is not None, first < column, last > column)
    return "".join(cell + gap for cell, gap in zip(cells, gaps, strict=True)).rstrip()


def _joint(goes_on: bool, left: bool, right: bool) -> str:
    """Where a node's edges leave its own lane."""
    if goes_on:
        return "┼" if left and right else "├" if right else "┤"
    return "┴" if left and right else "╰" if right else "╯"


def _in(charset: Charset, gutter: str) -> str:
    if not charset.ascii:
        return gutter
    return gutter.translate(str.maketrans(UNICODE.lanes, charset.glyphs.lanes))
