"""Where an exception happened: the innermost frame of the learner's file, and the exact expression in it (Python 3.11 on)."""

from __future__ import annotations

import ast
import itertools
import os
import traceback as tracebacks
from dataclasses import dataclass, field
from types import FrameType, TracebackType
from typing import Any

import torch

OURS = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
"""The worker's folder: its frames are no part of what the learner sees."""


@dataclass
class Place:
    """The exception, its line and expression, and the frames around them."""

    error: BaseException
    source: str
    filename: str
    line: int | None = None
    end_line: int | None = None
    column: int | None = None
    end_column: int | None = None
    node: ast.AST | None = None
    frame: FrameType | None = None
    """The learner's."""
    inner: FrameType | None = None
    """Where it was raised, when that is not the learner's frame."""
    inner_line: int = 0
    modules: list[torch.nn.Module] = field(default_factory=list)
    """The layers it went through, outermost first, below the learner's line."""
    around: list[torch.nn.Module] = field(default_factory=list)
    """All models and layers it went through, outermost first."""
    tree: ast.Module | None = None

    @property
    def expression(self) -> str:
        """The failing expression as it stands in the source; else the line."""
        text = ast.get_source_segment(self.source, self.node) if self.node is not None else None
        return text or self.line_text()

    def line_text(self) -> str:
        """The learner's line without its indentation."""
        lines = self.source.splitlines()
        return lines[self.line - 1].strip() if self.line and self.line <= len(lines) else ""

    def text_of(self, node: ast.AST) -> str:
        """A part of the expression as it stands in the source."""
        return ast.get_source_segment(self.source, node) or ""


def find_place(error: BaseException, source: str, filename: str) -> Place:
    """Follow the traceback to the learner's innermost frame."""
    place = Place(error, source, filename)
    if isinstance(error, SyntaxError) and error.filename == filename:
        _syntax(place, error)
        return place
    place.tree = ast.parse(source)
    link, found = error.__traceback__, None
    while link is not None:
        frame = link.tb_frame
        if frame.f_code.co_filename == filename:
            found, place.frame, place.inner, place.modules = link, frame, None, []
        elif place.frame is not None:
            place.inner, place.inner_line = frame, link.tb_lineno
        _note_module(place, frame)
        link = link.tb_next
    if found is not None:
        _locate(place, found)
    return place


def _note_module(place: Place, frame: FrameType) -> None:
    module = frame.f_locals.get("self")
    if isinstance(module, torch.nn.Module):
        for modules in (place.modules, place.around):
            if not any(known is module for known in modules):
                modules.append(module)


def _syntax(place: Place, error: SyntaxError) -> None:
    place.line, place.end_line = error.lineno, getattr(error, "end_lineno", None)
    place.column = error.offset - 1 if error.offset else None
    end: Any = getattr(error, "end_offset", None)
    place.end_column = end - 1 if end and end > 0 else None


def _locate(place: Place, link: TracebackType) -> None:
    place.line = link.tb_lineno
    code: Any = link.tb_frame.f_code
    if not hasattr(code, "co_positions") or place.tree is None:
        return
    line, end_line, column, end_column = next(itertools.islice(code.co_positions(), link.tb_lasti // 2, None))
    if None in (line, end_line, column, end_column):
        return
    place.line, place.end_line = line, end_line
    place.node = _node_at(place.tree, (line, end_line, column, end_column))
    place.column = _characters(place.source, line, column)
    place.end_column = _characters(place.source, end_line, end_column)


def _characters(source: str, line: int, column: int) -> int:
    """Python counts columns in UTF-8 bytes; people count characters."""
    lines = source.splitlines()
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    return len(text.encode()[:column].decode("utf-8", "ignore"))


def _node_at(tree: ast.Module, position: tuple[int, int, int, int]) -> ast.AST | None:
    best: ast.AST | None = None
    for node in ast.walk(tree):
        if not isinstance(node, (ast.expr, ast.stmt)):
            continue
        if (node.lineno, node.end_lineno, node.col_offset, node.end_col_offset) == position and (
            best is None or isinstance(node, ast.expr)
        ):
            best = node
    return best


def traceback_text(error: BaseException) -> str:
    """As Python prints it, without our own frames."""
    return "".join(tracebacks.format_exception(type(error), error, without_ours(error.__traceback__)))


def without_ours(link: TracebackType | None) -> TracebackType | None:
    """The traceback from the first frame that is not the worker's."""
    while link is not None and os.path.abspath(link.tb_frame.f_code.co_filename).startswith(OURS):
        link = link.tb_next
    return link


def frames(place: Place) -> list[dict[str, Any]]:
    """Every frame of the learner's file, outermost first."""
    lines = place.source.splitlines()
    rows: list[dict[str, Any]] = []
    link = place.error.__traceback__
    while link is not None:
        code = link.tb_frame.f_code
        if code.co_filename == place.filename:
            text = lines[link.tb_lineno - 1].strip() if 0 < link.tb_lineno <= len(lines) else ""
            row: dict[str, Any] = {
                "file": place.filename,
                "line": link.tb_lineno,
                "function": code.co_name,
                "code": text,
            }
            rows.append({**row, **_columns(place, link)})
        link = link.tb_next
    return rows[:50] + rows[-50:] if len(rows) > 100 else rows


def _columns(place: Place, link: TracebackType) -> dict[str, int]:
    spot = Place(place.error, place.source, place.filename, tree=place.tree)
    _locate(spot, link) if len(place.source) < 200_000 else None
    if spot.column is None or spot.end_column is None or spot.end_line != spot.line:
        return {}
    return {"column": spot.column, "end_column": spot.end_column}
