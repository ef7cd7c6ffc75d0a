"""What the terminal can show, decided before Textual is imported: it reads colours from the environment at once."""

from __future__ import annotations

import io
import locale
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ThemeName = Literal["tutor-dark", "tutor-light", "ansi-dark", "ansi-light"]


@dataclass(frozen=True, slots=True)
class Look:
    """How the screen is drawn."""

    theme: ThemeName = "tutor-dark"
    ascii: bool = False
    """True: only characters of ASCII."""

    @property
    def ansi(self) -> bool:
        """Whether only the terminal's own sixteen colours are used."""
        return self.theme.startswith("ansi")


def speaks_utf8(environ: Mapping[str, str]) -> bool:
    """Whether the locale says that the terminal shows UTF-8."""
    named = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    if named:
        return "utf" in named.lower() or named in {"C", "POSIX"}
    return "utf" in locale.getpreferredencoding(False).lower()


def is_light(environ: Mapping[str, str]) -> bool:
    """Whether COLORFGBG names a light background."""
    background = environ.get("COLORFGBG", "").rpartition(";")[2]
    return background in {"7", "15"}


def few_colours(environ: Mapping[str, str]) -> bool:
    """Whether the terminal shows sixteen colours or none, by the rules Rich goes by."""
    if "NO_COLOR" in environ:
        return True
    if environ.get("COLORTERM", "").strip().lower() in {"truecolor", "24bit"}:
        return False
    terminal = environ.get("TERM", "").strip().lower()
    if terminal in {"dumb", "unknown"}:
        return True
    _, _, colours = terminal.rpartition("-")
    return colours not in {"256color", "kitty", "truecolor", "direct"}


def draws_nothing(environ: Mapping[str, str]) -> bool:
    """Whether no screen can be drawn: lines of text, one after the other, are all there is."""
    return environ.get("TERM", "") in ("", "dumb", "unknown")


def choose_look(environ: Mapping[str, str], *, color: bool = True, ascii: bool = False) -> Look:
    """The theme and the character set that are legible in this terminal."""
    light = is_light(environ)
    if not color or few_colours(environ):
        theme: ThemeName = "ansi-light" if light else "ansi-dark"
    else:
        theme = "tutor-light" if light else "tutor-dark"
    return Look(theme, ascii or not speaks_utf8(environ))


def prepare_terminal(look: Look, *, color: bool = True) -> None:
    """Make the streams Textual writes to speak UTF-8, and tell Textual what it reads while it is imported."""
    for stream in (sys.__stdout__, sys.__stderr__):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if look.ansi:
        # A theme set after the app was made paints black on black under NO_COLOR.
        os.environ["TEXTUAL_THEME"] = look.theme
    if not color:
        os.environ["NO_COLOR"] = "1"
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
