"""A card beside the cursor: how the call one is writing is made, or what the word one asked about is."""

from __future__ import annotations

import re
import textwrap

from textual.content import Content
from textual.geometry import Offset, Region
from textual.widget import Widget
from textual.widgets import Static

from tutor.editor.completion_list import popup_offset
from tutor.lesson.glossary import Entry
from tutor.panes.one_line import Piece
from tutor.panes.printed import without_escapes
from tutor.runner.answer import Answer

WIDTH = 60
LINES = 6
"""Of a docstring."""
MEANINGS = 2
_ROLE = re.compile(r":[\w:]+:`~?([^`]*?)(?: <[^`>]*>)?`|``([^`]*)``")


def signature_content(answer: Answer, width: int) -> Content:
    """The call in one line, the argument at the cursor loud; what is left of it gives way."""
    name = without_escapes(answer.signature.partition("(")[0]) or answer.subject
    if not answer.parameters:
        return Content.styled(_cut(without_escapes(answer.signature), width), "dim")
    pieces = [without_escapes(piece) for piece in answer.parameters]
    active = answer.active
    first = 0
    while active is not None and first < active and _length(name, pieces[first : active + 1], first) > width:
        first += 1
    parts: list[Piece] = [(name, "bold"), ("(", "dim"), *([("…, ", "dim")] if first else [])]
    room = width - sum(len(text) for text, _ in parts) - 1
    for index, piece in enumerate(pieces[first:], start=first):
        words = piece + (", " if index < len(pieces) - 1 else "")
        if len(words) > room:
            parts.append((_cut(words, room), "dim"))
            break
        parts.append((words, "bold $accent" if index == active else "dim"))
        room -= len(words)
    return Content.assemble(*parts, (")", "dim"))


def _length(name: str, pieces: list[str], first: int) -> int:
    return len(name) + 2 + (3 if first else 0) + sum(len(piece) + 2 for piece in pieces)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(0, width - 1)] + "…"


def first_paragraph(doc: str, signature: str, width: int = WIDTH) -> list[str]:
    """What the docstring says first, without the call that stands above it."""
    paragraphs = [
        " ".join(part.split()) for part in re.split(r"\n\s*\n", without_escapes(doc)) if part.strip()
    ]
    name = signature.partition("(")[0]
    spoken = [
        one for one in paragraphs if not (name and one.startswith(name + "(")) and not one.startswith("..")
    ]
    text = _ROLE.sub(lambda found: found[1] or found[2] or "", spoken[0]) if spoken else ""
    lines = textwrap.wrap(text, width)
    return lines if len(lines) <= LINES else [*lines[: LINES - 1], _cut(lines[LINES - 1], width - 2) + " …"]


def word_content(word: str, entry: Entry | None, answer: Answer, width: int = WIDTH) -> Content | None:
    """What the lessons say of a word, or else what it says of itself; None when nobody knows it."""
    lines: list[Content] = []
    if answer.signature:
        lines.append(signature_content(answer, width))
    if entry is not None:
        title = Content.styled(without_escapes(entry.word), "bold")
        lines[:0] = [] if lines and entry.word == word else [title]
        for meaning in entry.meanings[:MEANINGS]:
            lines += [Content(line) for line in textwrap.wrap(without_escapes(meaning.text), width)]
            lines.append(Content.styled(_cut(f"Lesson: {without_escapes(meaning.title)}", width), "dim"))
    elif answer.known:
        if not lines:
            lines.append(Content.styled(without_escapes(answer.subject or word), "bold"))
        lines += [Content(line) for line in first_paragraph(answer.doc, answer.signature, width)]
    return Content("\n").join(lines) if lines else None


class WordCard(Static, can_focus=False):
    """Shows one of the two, and nothing most of the time."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.explains = False
        """Whether it was asked for, and not only came up while typing."""

    @property
    def open(self) -> bool:
        """Whether it is shown."""
        return bool(self.display)

    @property
    def inside(self) -> Region:
        """What it had better not stick out of."""
        return self.parent.region if isinstance(self.parent, Widget) else self.screen.region

    def show_at(self, content: Content, cursor: Offset, *, explains: bool) -> None:
        """Show it at a place of the screen."""
        self.explains = explains
        self.update(content)
        lines = content.split("\n")
        width = min(max(line.cell_length for line in lines) + 4, self.screen.size.width)
        self.styles.width = width
        self.absolute_offset = popup_offset(cursor, self.inside, self.screen.size, width, len(lines))
        self.display = True

    def close(self) -> None:
        """Take it away."""
        self.display = False
