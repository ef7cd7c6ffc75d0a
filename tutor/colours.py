"""The themes of the interface: calm, one accent, one colour for trouble. Style sheets use these by variable only."""

from __future__ import annotations

from rich.terminal_theme import TerminalTheme
from textual.color import Color
from textual.theme import Theme

DARK = Theme(
    name="tutor-dark",
    primary="#7aa2c8",
    secondary="#6c8ba8",
    accent="#e0a458",
    warning="#d9a441",
    error="#e06c66",
    success="#8fb573",
    foreground="#cdd3da",
    background="#16191d",
    surface="#16191d",
    panel="#1d2227",
    boost="#1d2227",
    dark=True,
    variables={"hairline": "#333a42", "note": "#7d8894", "text": "#cdd3da"},
)

LIGHT = Theme(
    name="tutor-light",
    primary="#1f5a96",
    secondary="#4b7299",
    accent="#a85a00",
    warning="#8a5a00",
    error="#b3261e",
    success="#3c6e22",
    foreground="#24292f",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#f1efe9",
    boost="#f1efe9",
    dark=False,
    variables={"hairline": "#d5d2ca", "note": "#7b7f85", "text": "#24292f"},
)

THEMES = (DARK, LIGHT)


def _sixteen(background: str, foreground: str, *colours: str) -> TerminalTheme:
    """What the terminal's own colour names mean in a theme; pictures are drawn with names."""
    rgb = [Color.parse(colour).rgb for colour in (background, foreground, *colours)]
    return TerminalTheme(rgb[0], rgb[1], rgb[2:], rgb[2:])


ANSI_ON_DARK = _sixteen(
    "#16191d", "#cdd3da", "#4a525c", "#e06c66", "#8fb573", "#d9a441", "#7aa2c8", "#b390c4", "#79b8b2", "#cdd3da",
)  # fmt: skip
ANSI_ON_LIGHT = _sixteen(
    "#fbfaf7", "#24292f", "#6e747b", "#b3261e", "#3c6e22", "#8a5a00", "#1f5a96", "#7b4a91", "#0f6f6c", "#24292f",
)  # fmt: skip

FALLBACK = {"hairline": "ansi_bright_black", "note": "ansi_bright_black"}
"""What our own variables mean in themes that do not define them."""
