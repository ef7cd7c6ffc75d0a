"""Python inside a lesson file: does it parse, and in which line of the file it does not."""

from __future__ import annotations

import ast
import warnings

from tutor.lesson.faults import Fault, SourceText, quoted
from tutor.lesson.tree import Node


def program_fault(source: SourceText, node: Node, name: str) -> Fault | None:
    """What keeps a block from being a program."""
    error = _error(node.value, "exec")
    if error is None:
        return None
    advice = "If that is meant, say so: `ask: error`, `starter_fails: error` or `fails: error`."
    return source.fault(
        place_in(source, node, error),
        f"{name} that Python cannot parse ({error.msg})",
        "a Python program",
        advice,
    )


def expression_fault(source: SourceText, node: Node, name: str) -> Fault | None:
    """What keeps a text from being an expression."""
    error = _error(node.value.strip(), "eval")
    if error is None:
        return None
    found = f"{quoted(node.value)} for {name}, which Python cannot read ({error.msg})"
    return source.fault(node.start, found, "a Python expression", width=node.width)


def parse_program(text: str) -> ast.Module | None:
    """The program's tree; None when it does not parse."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError):
        return None


def place_in(source: SourceText, node: Node, error: SyntaxError) -> tuple[int, int]:
    """Where in the file a line and column of a text stand, from 0."""
    return file_place(source, node, error.lineno or 1, (error.offset or 1) - 1)


def file_place(source: SourceText, node: Node, line: int, column: int = 0) -> tuple[int, int]:
    """Where in the file a line (from 1) and column (from 0) of a node's text stand, from 0."""
    if node.style not in ("|", ">"):
        return (node.start[0], node.start[1] + (1 if node.style else 0) + column) if line == 1 else node.start
    below = min(node.start[0] + line, max(node.start[0] + 1, node.end[0]), len(source.lines) - 1)
    texts = node.value.split("\n")
    text = texts[line - 1] if line <= len(texts) else ""
    written = source.lines[below]
    indent = (
        len(written) - len(text) if text and written.endswith(text) else len(written) - len(written.lstrip())
    )
    return below, indent + column


def _error(text: str, mode: str) -> SyntaxError | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<lesson>", mode, flags=ast.PyCF_ONLY_AST, dont_inherit=True)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError) as error:
        return SyntaxError(str(error) or "nested too deeply")
    return None
