"""Writes texts into a lesson file: one line quoted, several as a block."""

from __future__ import annotations

import json


def quoted_text(text: str) -> str:
    """A text of one line in double quotes, as YAML and JSON both read it."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def block(key: str, text: str, indent: int) -> str:
    """`key: |` and the text below it; an indentation indicator where the text itself starts with white space."""
    margin = " " * (indent + 2)
    mark = "|2" if text[:1] == " " else "|"
    lines = [f"{margin}{line}".rstrip() for line in _printable(text).rstrip("\n").split("\n")]
    return f"{' ' * indent}{key}: {mark}\n" + "\n".join(lines) + "\n"


def _printable(text: str) -> str:
    """YAML takes no control characters."""
    return "".join(letter for letter in text if letter == "\n" or letter.isprintable())
