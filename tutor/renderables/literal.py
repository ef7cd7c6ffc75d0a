"""Text that came from a program or a lesson is shown literally: no control character of it reaches the terminal, no cell is overrun."""

from __future__ import annotations

import re

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from tutor.renderables.charset import Charset

_INVISIBLE = [
    *range(0x20),
    *range(0x7F, 0xA0),
    0x61C,
    0x200E,
    0x200F,
    *range(0x2028, 0x202F),
    *range(0x2066, 0x206A),
    0xFEFF,
]
"""Controls of both sets, line separators, and the marks that reorder what is read from right to left."""

_SPELLED = {code: f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" for code in _INVISIBLE} | {
    0x09: "    "
}
_STEERING = re.compile("[" + "".join(re.escape(chr(code)) for code in _INVISIBLE if code != 0x0A) + "]")
"""A search is twenty times as fast as `translate`: programs print megabytes."""
_COLOURS = re.compile(r"\x1b\[[0-9;:]*m")
"""Colours inside a message, as torch puts into some of its own, mean nothing here: spelled out they would hide the words."""


def literal(text: str, charset: Charset) -> str:
    """One line of foreign text, safe to print: controls are spelled out, line ends included; colours are dropped."""
    if "\x1b" in text:
        text = _COLOURS.sub("", text)
    shown = text if text.isprintable() else text.translate(_SPELLED)
    return shown if not charset.ascii or shown.isascii() else shown.encode("ascii", "replace").decode("ascii")


def literal_lines(text: str) -> str:
    """Foreign text of several lines, safe to print: everything but the line ends is spelled out, colours are dropped."""
    if "\x1b" in text:
        text = _COLOURS.sub("", text)
    return _STEERING.sub(lambda found: _SPELLED[ord(found[0])], text)


def clip(text: str, width: int, charset: Charset) -> str:
    """The text in at most `width` cells; what was cut off leaves an ellipsis."""
    if cell_len(text) <= width:
        return text
    if width <= 0:
        return ""
    return set_cell_size(text, width - 1).rstrip() + charset.glyphs.ellipsis


def left(text: str, width: int, charset: Charset) -> str:
    """Exactly `width` cells, text at the left."""
    text = clip(text, width, charset)
    return text + " " * (width - cell_len(text))


def right(text: str, width: int, charset: Charset) -> str:
    """Exactly `width` cells, text at the right."""
    text = clip(text, width, charset)
    return " " * (width - cell_len(text)) + text


def stack(lines: list[Text]) -> Text:
    """Lines above each other as one text that is never wrapped."""
    text = Text("\n", no_wrap=True, end="").join(lines)
    text.no_wrap, text.end = True, ""
    return text


def side_by_side(first: Text, second: Text, gap: int = 4) -> Text:
    """Two pictures next to each other, both starting at the top."""
    lines, others = list(first.split("\n", allow_blank=True)), list(second.split("\n", allow_blank=True))
    breadth = max(cell_len(line.plain) for line in lines) + gap
    rows = []
    for index in range(max(len(lines), len(others))):
        row = Text(no_wrap=True).append_text(lines[index]) if index < len(lines) else Text(no_wrap=True)
        if index < len(others) and others[index].plain:
            row.append(" " * (breadth - cell_len(row.plain))).append_text(others[index])
        rows.append(row)
    return stack(rows)


def wrapped(text: str, width: int, charset: Charset) -> list[str]:
    """Prose broken at spaces into lines of at most `width` cells; a longer word is broken where it must."""
    lines: list[str] = []
    for paragraph in text.strip().split("\n"):
        line = ""
        for word in literal(paragraph, charset).split():
            longer = f"{line} {word}" if line else word
            if cell_len(longer) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            while cell_len(word) > width:
                head = set_cell_size(word, width).rstrip() or word[0]
                lines.append(head)
                word = word[len(head) :]
            line = word
        lines.append(line)
    return lines
