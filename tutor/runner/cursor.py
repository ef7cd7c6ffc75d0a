"""Reading the text before the cursor: what is being written there, what its names were imported as. Nothing is executed or parsed
as Python: unfinished lines are the rule here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NAME = r"[^\W\d]\w*"
_OPENING = re.compile(r"#|\"\"\"|'''|\"|'")
_IMPORT = re.compile(
    rf"^[ \t]*import[ \t]+((?:{NAME})(?:[ \t]*[.,][ \t]*{NAME}|[ \t]+as[ \t]+{NAME})*)", re.M
)
_FROM = re.compile(rf"^[ \t]*from[ \t]+({NAME}(?:\.{NAME})*)[ \t]+import[ \t]*(?:\(([^)]*)|(.*))", re.M)
_AS = re.compile(rf"({NAME}(?:\.{NAME})*)(?:\s+as\s+({NAME}))?")
_BOUND = re.compile(rf"^[ \t]*((?:self\.)?{NAME})[ \t]*=[ \t]*({NAME}[^\n=]*\))[ \t]*$", re.M)
_WORD = re.compile(rf"{NAME}$")


@dataclass(frozen=True, slots=True)
class Path:
    """A name and what follows it: `nn.Linear(2, 3)` is `nn`, then `Linear`, then `()`."""

    steps: tuple[str, ...]
    text: str


def text_for(about: str, source: str, offset: int) -> str:
    """The text to ask about with the cursor at `offset`: what stands before it; for `doc`, to the end of the word it is in."""
    rest = re.match(r"\w*", source[offset:]) if about == "doc" else None
    return source[: offset + (rest.end() if rest else 0)]


def code_of(text: str) -> tuple[str, bool]:
    """The text with strings and comments blanked out, and whether its end lies within one."""
    kept: list[str] = []
    at = 0
    while match := _OPENING.search(text, at):
        kept.append(text[at : match.start()])
        opening = match[0]
        end = _end_of(text, match.end(), opening)
        if end is None:
            return "".join(kept), True
        kept.append(" " if opening == "#" else "''")
        at = end
    return "".join(kept) + text[at:], False


def _end_of(text: str, start: int, opening: str) -> int | None:
    if opening == "#":
        newline = text.find("\n", start)
        return newline if newline >= 0 else None
    at = start
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text.startswith(opening, at):
            return at + len(opening)
        elif text[at] == "\n" and len(opening) == 1:
            return at
        else:
            at += 1
    return None


def path_before(code: str) -> Path | None:
    """The path that ends the code: names, dots, `[…]` and `(…)`; None where none does, or it begins with something else."""
    steps: list[str] = []
    at = len(code)
    while True:
        if at and code[at - 1] in ")]":
            opening = opening_before(code, at - 1)
            if opening is None:
                return None
            steps.append(_bracketed(code[opening:at]))
            at = opening
            continue
        word = _WORD.search(code[:at])
        if word is None:
            return None
        steps.append(word[0])
        at = word.start()
        if not at or code[at - 1] != ".":
            break
        at -= 1
    return Path(tuple(reversed(steps)), code[at:]) if steps[-1][0] not in "([" else None


def _bracketed(piece: str) -> str:
    return "()" if piece[0] == "(" else piece.replace(" ", "") if piece[1:-1].strip().isdigit() else "[]"


def opening_before(code: str, closing: int) -> int | None:
    """Where the bracket that closes at `closing` was opened; with `closing` at the end: the innermost one still open."""
    depth = 0
    for at in range(closing, -1, -1):
        if at < len(code) and code[at] in ")]}":
            depth += 1
        elif at < len(code) and code[at] in "([{":
            depth -= 1
            if depth == (-1 if closing == len(code) else 0):
                return at
    return None


def arguments(inside: str) -> tuple[int, str]:
    """Which argument the cursor is in, counted from 0, and its keyword where one has been written."""
    depth = count = start = 0
    for at, letter in enumerate(inside):
        if letter in "([{":
            depth += 1
        elif letter in ")]}":
            depth -= 1
        elif letter == "," and not depth:
            count, start = count + 1, at + 1
    keyword = re.match(rf"\s*({NAME})\s*=(?!=)", inside[start:])
    return count, keyword[1] if keyword else ""


def imports(code: str) -> dict[str, str]:
    """Name to the dotted name it was imported from, by the import lines."""
    found: dict[str, str] = {}
    for line in _IMPORT.findall(code):
        for dotted, alias in _AS.findall(line.replace(" .", ".")):
            found[alias or dotted.partition(".")[0]] = dotted if alias else dotted.partition(".")[0]
    for module, inner, rest in _FROM.findall(code):
        for name, alias in _AS.findall(inner or rest):
            found[alias or name] = f"{module}.{name}"
    return found


def constructed(code: str) -> dict[str, Path]:
    """Name to the call whose result it was given, the last one each."""
    found: dict[str, Path] = {}
    for name, call in _BOUND.findall(code):
        path = path_before(call.strip())
        if path is not None and path.text == call.strip():
            found[name] = path
    return found


def words(code: str) -> set[str]:
    """Every name the text assigns, imports, defines or loops over."""
    bound = re.findall(
        rf"^[ \t]*(?:def|class|for)[ \t]+({NAME})|^[ \t]*({NAME})(?:[ \t]*,[ \t]*{NAME})*[ \t]*(?::[^=\n]*)?=(?!=)",
        code,
        re.M,
    )
    return {name for pair in bound for name in pair if name} | set(imports(code))


def importing_from(code: str) -> str | None:
    """The module of an unfinished `from M import …` at the end of the text."""
    found = re.search(
        rf"(?:^|\n)[ \t]*from[ \t]+({NAME}(?:\.{NAME})*)[ \t]+import[ \t]+(?:\([^)]*|[^\n]*)$", code
    )
    return found[1] if found else None
