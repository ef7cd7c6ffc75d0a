"""How wide the explanation is beside the code: as wide as the widest picture in it needs, within bounds."""

from __future__ import annotations

from rich.cells import cell_len

ASIDE = 5
"""Cells of the column that its text cannot use: margins, the scroll bar and the hair line."""
TWO, THREE = 100, 160
"""Columns of a terminal from which there are two and three panes beside each other."""
MOST = 0.6
"""Of the screen, for two columns."""
MOST_OF_THREE = 0.45


def widest_drawn(markdown: str) -> int:
    """Cells of the widest line that must not be broken: of fences and tables."""
    widest, fence = 0, ""
    for line in markdown.splitlines():
        bare = line.strip()
        if bare.startswith(("```", "~~~")) and fence in ("", bare[:3]):
            fence = "" if fence else bare[:3]
        elif fence or bare.startswith("|"):
            widest = max(widest, cell_len(line))
    return widest


def grid_columns(widest: int, width: int, *, results: bool) -> str:
    """The columns of the grid on a screen so wide; empty where the panes stand above each other."""
    if width < TWO:
        return ""
    if width < THREE:
        return _columns(widest, width * 5 // 12, round(width * MOST), "1fr")
    rest = "6fr 5fr" if results else "1fr"
    return _columns(widest, width * 5 // 16, round(width * MOST_OF_THREE), rest)


def _columns(widest: int, usual: int, most: int, rest: str) -> str:
    return f"{min(max(widest + ASIDE, usual), most)} {rest}"
