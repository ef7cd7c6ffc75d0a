"""The lines of a program as they are drawn: coloured by what they are, literal otherwise."""

from __future__ import annotations

from rich.text import Text

from tutor.renderables.charset import Charset
from tutor.renderables.literal import literal


def source_lines(source: str, charset: Charset) -> list[Text]:
    """One text a line; without colour, as it stands."""
    plain = [literal(line.expandtabs(4), charset) for line in source.rstrip("\n").split("\n")]
    if not charset.color:
        return [Text(line, no_wrap=True) for line in plain]
    from rich.syntax import Syntax  # deferred: pygments takes a while to import

    drawn = Syntax("", "python", theme="ansi_dark", background_color="default").highlight("\n".join(plain))
    lines = drawn.split("\n", allow_blank=True)[: len(plain)]
    if [line.plain for line in lines] != plain:
        return [Text(line, no_wrap=True) for line in plain]
    for line in lines:
        line.no_wrap = True
    return list(lines)
