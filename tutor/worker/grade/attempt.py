"""Has anything been attempted? A program equal to the starter, but for layout and comments, has not."""

from __future__ import annotations

import ast
import difflib
import io
import tokenize

_LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


def same_program(one: str, other: str) -> bool:
    """Are these the same program, whatever their layout, comments and docstrings?"""
    try:
        return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))
    except (SyntaxError, ValueError):
        return _tokens(one) == _tokens(other)


def similarity(one: str, other: str) -> float:
    """How alike two programs are written, from 0 to 1: decides between mistakes that behave the same."""
    return difflib.SequenceMatcher(None, _tokens(one), _tokens(other), autojunk=False).ratio()


def _tokens(source: str) -> list[str]:
    words: list[str] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type not in _LAYOUT:
                words.append(token.string)
    except (tokenize.TokenError, SyntaxError, IndentationError):
        return source.split()
    return words
