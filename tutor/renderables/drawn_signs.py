"""What lessons draw with, for terminals that show only ASCII."""

from __future__ import annotations

_DRAWN_IN_ASCII = {
    **{ord(sign): "-" for sign in "─━═╌┄‒–—"},
    **{ord(sign): "|" for sign in "│┃║┆┊"},
    **{ord(sign): "+" for sign in "┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╯╰┏┓┗┛"},
    **{ord(sign): ">" for sign in "→►▶▸"},
    **{ord(sign): "<" for sign in "←◄◀◂"},
    **{ord(sign): "^" for sign in "↑▲△"},
    **{ord(sign): "v" for sign in "↓▼▽"},
    **{ord(sign): "#" for sign in "█▓▒▇▆▅▄"},
    **{ord(sign): "." for sign in "░·▁▂▃…"},
    ord("×"): "x", ord("²"): "^2", ord("╲"): "\\", ord("╱"): "/", ord("−"): "-",
}  # fmt: skip
"""What lessons draw with, for terminals that show only ASCII; each sign keeps its one cell as far as it can."""


def in_ascii(text: str) -> str:
    """A lesson's text for a terminal that shows only ASCII."""
    return text.translate(_DRAWN_IN_ASCII).encode("ascii", "replace").decode("ascii")
