"""What a program printed, as lines a screen can show: carriage returns obeyed, colours kept, every other escape dropped."""

from __future__ import annotations

import re
from collections import deque

KEEP = 10_000
"""Lines; older ones are forgotten."""
LONGEST = 4_000
"""Characters of a line; the rest is cut."""

_SGR = re.compile(r"\x1b\[([0-9;:]*)m")
_ESCAPE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_](?:[^\x07\x1b]|\x1b(?!\\))*(?:\x07|\x1b\\)|[ -/]*[0-Z\\\[^-~])"
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]*\x1b?|[ -/]*)?\Z")
_STRAY = re.compile(r"\x1b(?!\[[0-9;:]*m)")
_CUT = re.compile(r"\x1b\[[0-9;:]*\Z")
_CELL = re.compile(r"\x1b\[[0-9;:]*m|.", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_NEEDS_CARE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def _keep_colour(match: re.Match[str]) -> str:
    return match[0] if _SGR.fullmatch(match[0]) else ""


def without_escapes(text: str) -> str:
    """Text in which nothing is left that a terminal would obey; new lines stay."""
    return _CONTROL.sub("", _ESCAPE.sub("", text)).replace("\x1b", "").replace("\r", "").replace("\b", "")


def plain_line(line: str) -> str:
    """A kept line without its colours."""
    return _SGR.sub("", line) if "\x1b" in line else line


class PrintedLines:
    """The last lines a program printed; memory is bounded however much it prints."""

    def __init__(self, keep: int = KEEP) -> None:
        self.lines: deque[str] = deque(maxlen=keep)
        self.total = 0
        """How many lines there were in all, the unfinished one included."""
        self._last = ""
        self._open = False
        self._rewind = False
        self._pending = ""

    @property
    def text(self) -> str:
        """Everything that is kept, without colours; says how much is gone."""
        head = f"[{self.forgotten} earlier lines are gone]\n" if self.forgotten else ""
        return head + "".join(f"{plain_line(line)}\n" for line in self.lines)

    @property
    def forgotten(self) -> int:
        """How many lines are gone."""
        return self.total - len(self.lines)

    def feed(self, text: str) -> None:
        """Take what was written next; it may end anywhere, within an escape sequence too."""
        text = self._pending + text
        self._pending = ""
        if _NEEDS_CARE.search(text):
            if unfinished := _UNFINISHED.search(text):
                self._pending = text[unfinished.start() :][:256]
                text = text[: unfinished.start()]
            text = _CONTROL.sub("", _ESCAPE.sub(_keep_colour, text)).expandtabs(8).replace("\r\n", "\n")
            # Last: what stood between an escape and its bracket is gone by now.
            text = _STRAY.sub("", text)
        *whole, rest = text.split("\n")
        for line in whole:
            self._write(line)
            self._end_line()
        if rest:
            self._write(rest)

    def _end_line(self) -> None:
        if not self._open:
            self._append("")
        self._last, self._open, self._rewind = "", False, False

    def _append(self, line: str) -> None:
        self.lines.append(line)
        self.total += 1

    def _write(self, text: str) -> None:
        if not text:
            return
        for index, part in enumerate(text.split("\r")):
            if index:
                self._rewind = True
            if part:
                self._last = (
                    _overwritten(self._last, part) if self._rewind else (self._last + _backspaced(part))
                )
                self._rewind = False
        if len(self._last) > LONGEST:
            self._last = _CUT.sub("", self._last[:LONGEST])
        if self._open and self.lines:
            self.lines[-1] = self._last
        else:
            self._append(self._last)
            self._open = True


def _overwritten(old: str, new: str) -> str:
    """A line after `new` was written over its beginning."""
    new = _backspaced(new)
    if "\x1b" in old or "\x1b" in new:
        return new
    return new + old[len(new) :]


def _backspaced(text: str) -> str:
    """Text with what its backspaces take away gone; they pass over colours, and stop at the beginning."""
    if "\b" not in text:
        return text
    kept: list[str] = []
    shown: list[int] = []
    for cell in _CELL.findall(text):
        if cell != "\b":
            if len(cell) == 1:
                shown.append(len(kept))
            kept.append(cell)
        elif shown:
            kept[shown.pop()] = ""
    return "".join(kept)
