"""The themes of the interface: calm, one accent, one colour for trouble. Style sheets use these by variable only."""

from __future__ import annotations

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

FALLBACK = {"hairline": "ansi_bright_black", "note": "ansi_bright_black"}
"""What our own variables mean in themes that do not define them."""
