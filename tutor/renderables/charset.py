"""Which glyphs and colours a terminal can show. Everything that differs between Unicode and ASCII stands here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "muted", "title", "accent", "good", "warning", "bad"]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs pictures are made of; each cell of a drawing takes one character of theirs."""

    arrow: str
    times: str
    pencil: str
    """An in-place change."""
    returns: str
    grad: str
    ellipsis: str
    tick: str
    cross: str
    circle: str
    dot: str
    """Nothing in this cell."""
    unequal: str
    horizontal: str
    vertical: str
    crossing: str
    top_left: str
    top_right: str
    bottom_left: str
    bottom_right: str
    axis: str
    """Where a tick meets the y axis."""
    sparks: str
    """From almost nothing to full; index 0 is nothing."""
    bar: str
    bar_parts: str
    """A bar's last cell, from empty upwards."""
    positive: str
    """Shades of growing strength for values above zero; index 0 is nothing."""
    negative: str
    lanes: str
    """In order: node, line, dash, and the joints ╮ ╭ ╯ ╰ ├ ┤ ┼ ┴ ┬."""
    branch: str
    under: str
    """Opens a remark under a line of code."""


UNICODE = Glyphs(
    arrow="→",
    times="×",
    pencil="✎",
    returns="↩",
    grad="∇",
    ellipsis="…",
    tick="✓",
    cross="✗",
    circle="○",
    dot="·",
    unequal="≠",
    horizontal="─",
    vertical="│",
    crossing="┼",
    top_left="┌",
    top_right="┐",
    bottom_left="└",
    bottom_right="┘",
    axis="┤",
    sparks=" ▁▂▃▄▅▆▇█",
    bar="█",
    bar_parts=" ▏▎▍▌▋▊▉",
    positive=" ░▒▓█",
    negative="·-=≡#",
    lanes="●│─╮╭╯╰├┤┼┴┬",
    branch="←",
    under="╰",
)

ASCII = Glyphs(
    arrow="->",
    times="x",
    pencil="in place",
    returns="<-",
    grad="yes",
    ellipsis="~",
    tick="+",
    cross="x",
    circle="o",
    dot=".",
    unequal="!=",
    horizontal="-",
    vertical="|",
    crossing="+",
    top_left="+",
    top_right="+",
    bottom_left="+",
    bottom_right="+",
    axis="+",
    sparks=" .:-=+*#@",
    bar="#",
    bar_parts=" ",
    positive=" .:oO",
    negative="'-=%#",
    lanes="*|-..''+++++",
    branch="<-",
    under="`",
)

_COLOURS: dict[Tone, str] = {
    "plain": "",
    "muted": "dim",
    "title": "bold",
    "accent": "cyan",
    "good": "green",
    "warning": "yellow",
    "bad": "bold red",
}
_WITHOUT_COLOUR: dict[Tone, str] = {
    "plain": "",
    "muted": "dim",
    "title": "bold",
    "accent": "",
    "good": "",
    "warning": "",
    "bad": "bold",
}


@dataclass(frozen=True, slots=True)
class Charset:
    """What may be drawn with: a set of glyphs, and colour or none."""

    glyphs: Glyphs = UNICODE
    color: bool = True

    @classmethod
    def of(cls, ascii: bool, color: bool) -> Charset:
        """The character set of two settings."""
        return cls(ASCII if ascii else UNICODE, color)

    @property
    def ascii(self) -> bool:
        """True when nothing beyond ASCII may be drawn."""
        return self.glyphs is ASCII

    def style(self, tone: Tone) -> str:
        """The Rich style of a tone; without colour, weight alone carries it."""
        return (_COLOURS if self.color else _WITHOUT_COLOUR)[tone]
