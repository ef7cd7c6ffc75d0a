"""The editor's colours: one calm theme for dark, one for light, one of ANSI names that any terminal can show."""

from __future__ import annotations

from rich.style import Style
from textual.widgets.text_area import TextAreaTheme

_KEYWORDS = (
    "keyword", "keyword.function", "keyword.return", "keyword.operator", "conditional", "repeat", "include", "exception",
)  # fmt: skip
_NUMBERS = ("number", "float", "boolean", "constant.builtin")
_CALLS = ("function", "function.call", "method", "method.call")
_TYPES = ("class", "type")


def _syntax(
    *, keyword: Style, number: Style, string: Style, comment: Style, call: Style, kind: Style
) -> dict[str, Style]:
    return {
        **dict.fromkeys(_KEYWORDS, keyword),
        **dict.fromkeys(_NUMBERS, number),
        **dict.fromkeys(_CALLS, call),
        **dict.fromkeys(_TYPES, kind),
        "string": string,
        "comment": comment,
    }


def _coloured(
    name: str, *, ink: str, paper: str, dim: str, lit: str, chosen: str, syntax: dict[str, Style]
) -> TextAreaTheme:
    return TextAreaTheme(
        name=name,
        base_style=Style(color=ink, bgcolor=paper),
        gutter_style=Style(color=dim, bgcolor=paper),
        cursor_style=Style(color=paper, bgcolor=ink),
        cursor_line_style=Style(bgcolor=lit),
        cursor_line_gutter_style=Style(color=ink, bgcolor=lit),
        bracket_matching_style=Style(bgcolor=chosen, bold=True),
        selection_style=Style(bgcolor=chosen),
        syntax_styles=syntax,
    )


DARK = _coloured(
    "tutor-dark", ink="#cdd3da", paper="#16191d", dim="#58616c", lit="#1d2227", chosen="#2f4257",
    syntax=_syntax(
        keyword=Style(color="#7aa2c8"), number=Style(color="#c9a26d"), string=Style(color="#8fb573"),
        comment=Style(color="#6f7a86", italic=True), call=Style(color="#a3c2d8"), kind=Style(color="#d4b062"),
    ),
)  # fmt: skip

LIGHT = _coloured(
    "tutor-light", ink="#24292f", paper="#fbfaf7", dim="#8c9096", lit="#f1efe9", chosen="#cfdfee",
    syntax=_syntax(
        keyword=Style(color="#1f5a96"), number=Style(color="#8a5a12"), string=Style(color="#3c6e22"),
        comment=Style(color="#767b81", italic=True), call=Style(color="#2c5670"), kind=Style(color="#7a5b10"),
    ),
)  # fmt: skip

ANSI = TextAreaTheme(
    name="tutor-ansi",
    base_style=Style(color="default", bgcolor="default"),
    gutter_style=Style(color="bright_black", bgcolor="default"),
    cursor_style=Style(reverse=True),
    cursor_line_style=Style(bgcolor="default"),
    cursor_line_gutter_style=Style(color="default", bgcolor="default", bold=True),
    bracket_matching_style=Style(bold=True, underline=True),
    selection_style=Style(reverse=True),
    syntax_styles=_syntax(
        keyword=Style(color="blue", bold=True), number=Style(color="cyan"), string=Style(color="green"),
        comment=Style(color="bright_black", italic=True), call=Style(), kind=Style(bold=True),
    ),
)  # fmt: skip

THEMES = (DARK, LIGHT, ANSI)


def theme_for(app_theme: str) -> str:
    """Name of the editor theme that goes with a theme of the app."""
    if app_theme.startswith("ansi"):
        return ANSI.name
    return LIGHT.name if "light" in app_theme else DARK.name
