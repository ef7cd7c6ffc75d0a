"""Markdown as text that reads well aloud and in a pipe: no marks for emphasis, code indented, links followed by their address."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_]+?)(?<=\S)\1(?![\w*])")
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
_CODE = re.compile(r"(`+)(.+?)\1")


def plain(markdown: str) -> str:
    """The text, block by block."""
    return "\n".join(_lines(markdown.splitlines())).removesuffix("\n")


def _lines(lines: list[str]) -> Iterator[str]:
    fence = ""
    prose: list[str] = []
    for line in [*lines, ""]:
        mark, heading = _FENCE.match(line), _HEADING.match(line)
        if not fence and line.strip() and not mark and not heading:
            prose.append(line)
            continue
        if prose:
            yield inline("\n".join(prose))  # emphasis may go on in the next line
            prose.clear()
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
            if fence:
                yield f"    {line}".rstrip()
        elif mark:
            fence = mark[1]
        elif heading:
            yield from _headline(heading)
        else:
            yield line


def _headline(heading: re.Match[str]) -> Iterator[str]:
    title = inline(heading[2])
    yield title
    if len(heading[1]) <= 2:
        yield ("=" if len(heading[1]) == 1 else "-") * len(title)


def inline(text: str) -> str:
    """A paragraph without its marks; what stands between backticks is left exactly as it is."""
    parts = []
    end = 0
    for code in _CODE.finditer(text):
        parts += [_unmarked(text[end : code.start()]), code[2].strip()]
        end = code.end()
    return "".join([*parts, _unmarked(text[end:])])


def _unmarked(text: str) -> str:
    text = _LINK.sub(r"\1 (\2)", text)
    return _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
