"""The signs the screens draw with, once for terminals that show them and once in ASCII."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One sign per meaning; each is one cell wide."""

    done: str = "●"
    assisted: str = "◐"
    todo: str = "○"
    here: str = "▸"
    passed: str = "✓"
    failed: str = "✗"
    advice: str = "!"
    mark: str = "●"
    broken: str = "✗"
    bar: str = "▎"
    dash: str = "─"
    dot: str = "·"


UNICODE = Glyphs()
ASCII = Glyphs(
    done="x", assisted="+", todo="o", here=">", passed="v", failed="x", advice="!", mark="*", broken="x", bar="|",
    dash="-", dot="-",
)  # fmt: skip


def glyphs_for(ascii: bool) -> Glyphs:
    """The signs a terminal can show."""
    return ASCII if ascii else UNICODE
