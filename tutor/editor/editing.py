"""What a key does to code, as pure functions of the text around the cursor: indentation, pairs, comments, pasting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

UNIT = 4
"""Columns of one level of indentation."""

PAIRS = {"(": ")", "[": "]", "{": "}"}
CLOSERS = frozenset(PAIRS.values())
QUOTES = frozenset("\"'")

_LEAVES_BLOCK = frozenset({"return", "pass", "break", "continue", "raise"})
_STRING_PREFIX = re.compile(r"(?<![\w])[fFrRbBuU]{1,2}$")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ESCAPE_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-_])")


@dataclass(frozen=True, slots=True)
class Typed:
    """What one typed character turns into."""

    insert: str
    """Text put in at the cursor."""
    caret: int
    """Where the cursor stands afterwards, counted from where it stood."""


def type_character(character: str, before: str, after: str) -> Typed | None:
    """Pairs for an opener, a step over a closer that is there already; None: the character as it is."""
    following = after[:1]
    if (character in CLOSERS or character in QUOTES) and following == character:
        return Typed("", 1)
    has_room = not following or following in " )]},:"
    if character in PAIRS and has_room:
        return Typed(character + PAIRS[character], 1)
    if character in QUOTES and has_room:
        preceding = before[-1:]
        joined = preceding.isalnum() or preceding == "_" or preceding in QUOTES
        if not preceding or not joined or _STRING_PREFIX.search(before):
            return Typed(character * 2, 1)
    return None


def backspace_span(before: str, after: str) -> tuple[int, int]:
    """How many characters a backspace takes to the left and to the right of the cursor."""
    previous, following = before[-1:], after[:1]
    if (
        previous
        and following
        and (PAIRS.get(previous) == following or (previous in QUOTES and previous == following))
    ):
        return 1, 1
    if before and not before.strip(" "):
        return (len(before) - 1) % UNIT + 1, 0
    return 1, 0


def indentation(line: str) -> str:
    """The white space a line begins with."""
    return line[: len(line) - len(line.lstrip())]


@dataclass(frozen=True, slots=True)
class _Opened:
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class _Scan:
    """What is open at the cursor."""

    brackets: tuple[_Opened, ...]
    in_string: bool
    statement_row: int
    """Where the statement at the cursor began."""
    body: str
    """The cursor's line up to the cursor, without a comment."""


def _scan(lines: Sequence[str]) -> _Scan:
    """Read code up to its end, which is the cursor, minding strings and comments."""
    brackets: list[_Opened] = []
    quote, statement_row, body = "", 0, ""
    for row, line in enumerate(lines):
        if not brackets and not quote:
            statement_row = row
        column, body = 0, line
        while column < len(line):
            here = line[column]
            if quote:
                if here == "\\":
                    column += 1
                elif line.startswith(quote, column):
                    column += len(quote) - 1
                    quote = ""
            elif here == "#":
                body = line[:column]
                break
            elif here in QUOTES:
                quote = here * 3 if line.startswith(here * 3, column) else here
                column += len(quote) - 1
            elif here in PAIRS:
                brackets.append(_Opened(row, column))
            elif here in CLOSERS and brackets:
                brackets.pop()
            column += 1
        if len(quote) == 1 and row < len(lines) - 1:
            quote = ""
    return _Scan(tuple(brackets), bool(quote), statement_row, body)


def next_indentation(lines: Sequence[str]) -> str:
    """What a new line begins with, when `lines` is the code up to the cursor."""
    scan = _scan(lines)
    current = lines[-1]
    if scan.in_string:
        return indentation(current)
    if scan.brackets:
        opened = scan.brackets[-1]
        line = lines[opened.row]
        rest = (scan.body if opened.row == len(lines) - 1 else line)[opened.column + 1 :]
        if rest.strip() and not rest.lstrip().startswith("#"):
            return " " * (opened.column + 1)
        return indentation(line) + " " * UNIT
    first = lines[scan.statement_row]
    margin = indentation(first)
    if scan.body.rstrip().endswith(":"):
        return margin + " " * UNIT
    word = re.match(r"\s*(\w*)", first)
    if word is not None and word[1] in _LEAVES_BLOCK:
        return margin[:-UNIT] if len(margin) >= UNIT else ""
    return margin


def splits_pair(before: str, after: str) -> bool:
    """Whether the cursor stands between an opener and its closer, so that Enter opens a block."""
    closer = PAIRS.get(before[-1:])
    return closer is not None and after.startswith(closer)


def indent(lines: Sequence[str]) -> list[str]:
    """The lines one level deeper; empty lines stay empty."""
    return [" " * UNIT + line if line.strip() else line for line in lines]


def dedent(lines: Sequence[str]) -> list[str]:
    """The lines one level less deep, as far as each can go."""
    return [line[min(UNIT, len(line) - len(line.lstrip(" "))) :] for line in lines]


def toggle_comment(lines: Sequence[str]) -> list[str]:
    """Comment the lines out at their common margin, or in again when all of them are comments."""
    written = [line for line in lines if line.strip()]
    if not written:
        return list(lines)
    if all(line.lstrip().startswith("#") for line in written):
        return [_uncommented(line) for line in lines]
    margin = min(len(indentation(line)) for line in written)
    return [line[:margin] + "# " + line[margin:] if line.strip() else line for line in lines]


def _uncommented(line: str) -> str:
    at = line.find("#")
    return line if at < 0 else line[:at] + line[at + 1 :].removeprefix(" ")


def pasted(text: str) -> str:
    """Text from a clipboard as code: interpreter prompts and their output dropped, control characters too."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", _ESCAPE_SEQUENCE.sub("", text))
    lines = text.split("\n")
    if not any(line.lstrip().startswith(">>> ") for line in lines):
        return text
    kept = [line.lstrip() for line in lines if line.lstrip().startswith((">>>", "..."))]
    return "\n".join(line[4:] if line[3:4] == " " else line[3:] for line in kept)
