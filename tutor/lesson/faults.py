"""A fault in a lesson file as an author reads it: where, what was found, what was expected, what to try."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_LINE_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_LONGEST_LINE = 96
"""Characters of a source line that are shown; the window moves with the caret."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a lesson file."""

    file: str
    line: int
    """From 1."""
    column: int
    """From 1, in characters."""
    found: str
    expected: str
    advice: str = ""
    """One next thing to try, as a sentence."""
    source: str = ""
    """The line of the file, as it is."""
    width: int = 1
    """How many characters the carets underline."""
    step: str = ""
    """Id of the step it disables; empty for a fault of the whole lesson."""

    @property
    def place(self) -> str:
        """`file:line:column`."""
        return f"{self.file}:{self.line}:{self.column}"

    @property
    def sentence(self) -> str:
        """The fault on one line."""
        advice = f" {self.advice}" if self.advice else ""
        return f"{self.place}: found {self.found}, expected {self.expected}.{advice}"

    def __str__(self) -> str:
        """The fault with its source line and carets below the wrong part."""
        source = printable(self.source)
        if not source.strip():
            return self.sentence
        start = min(self.column - 1, len(source))
        shown, start = _window(source, start)
        width = max(1, min(self.width, len(shown) - start))
        gutter = f"{self.line:5} | "
        indent = " " * _cells(shown[:start])
        carets = "^" * max(1, _cells(shown[start : start + width]))
        return f"{self.sentence}\n{gutter}{shown}\n      | {indent}{carets}"


class SourceText:
    """The text of a lesson file, as far as faults need it."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.lines = _LINE_BREAK.split(text)

    def fault(
        self,
        at: tuple[int, int],
        found: str,
        expected: str,
        advice: str = "",
        *,
        width: int = 1,
        step: str = "",
    ) -> Fault:
        """A fault at a line and column counted from 0."""
        line, column = at
        source = self.lines[line] if line < len(self.lines) else ""
        return Fault(self.file, line + 1, column + 1, found, expected, advice, source, max(1, width), step)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`Did you mean …?` for a near miss, else the empty text."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean `{near[0]}`?" if near else ""


def quoted(text: str, longest: int = 40) -> str:
    """A word from the file between backticks, short and printable."""
    line = printable(" ".join(text.split()))
    return f"`{line[: longest - 1]}…`" if len(line) > longest else f"`{line}`"


def one_of(words: Iterable[str]) -> str:
    """`a`, `b` or `c`."""
    *most, last = [f"`{word}`" for word in words]
    return f"{', '.join(most)} or {last}" if most else last


def printable(text: str) -> str:
    """The text without anything a terminal would obey."""
    return "".join(
        char if char.isprintable() else " " if char == "\t" else "\N{REPLACEMENT CHARACTER}" for char in text
    )


def _cells(text: str) -> int:
    return sum(
        2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
        if not unicodedata.combining(char)
    )


def _window(source: str, start: int) -> tuple[str, int]:
    """The part of a long line around the caret, and where the caret stands in it."""
    if len(source) <= _LONGEST_LINE:
        return source, start
    left = max(0, min(start - _LONGEST_LINE // 3, len(source) - _LONGEST_LINE))
    part = source[left : left + _LONGEST_LINE]
    if left:
        part = "…" + part[1:]
    if left + _LONGEST_LINE < len(source):
        part = part[:-1] + "…"
    return part, start - left
