"""What is said and what is typed, one line after the other; nothing said can steer a terminal."""

from __future__ import annotations

from typing import Protocol, TextIO

from tutor.headless.presenting import cleaned
from tutor.renderables.charset import Charset
from tutor.renderables.drawn_signs import in_ascii
from tutor.renderables.literal import literal_lines


class Lines(Protocol):
    """Where typed lines come from."""

    async def next_line(self) -> str | None:
        """The next line without its end; None when there are no more."""
        ...


class EndOfTyping(Exception):
    """There are no more lines to read."""


class Conversation:
    """Says something, asks for a line."""

    def __init__(self, lines: Lines, out: TextIO, *, ascii: bool = False, echo: bool = False) -> None:
        self._lines = lines
        self._out = out
        self._echo = echo
        self.charset = Charset.of(ascii, False)
        self._partial = ""

    def say(self, *paragraphs: str) -> None:
        """Say each, with an empty line before it; what is empty is left unsaid."""
        self.end_line()
        for paragraph in paragraphs:
            if paragraph.strip():
                self._write(f"\n{literal_lines(paragraph.rstrip())}\n")

    def pass_on(self, text: str) -> None:
        """Say what a program printed, line by line; of a line it wrote over again and again, the last state."""
        whole, end, rest = (self._partial + cleaned(text)).rpartition("\n")
        self._partial = rest.rpartition("\r")[2]
        if end:
            lines = whole.split("\n")
            self._write("".join(f"{line.rstrip(chr(13)).rpartition(chr(13))[2]}\n" for line in lines))

    def end_line(self) -> None:
        """Say what a program printed without ending its line."""
        if self._partial:
            self._write(f"{self._partial}\n")
            self._partial = ""

    async def ask(self, prompt: str) -> str:
        """The line typed at a prompt; raises `EndOfTyping` when there are no more."""
        self.end_line()
        self._write(f"{literal_lines(prompt)} ")
        return await self.typed_line()

    async def typed_line(self) -> str:
        """The next line, without a prompt of ours."""
        if self._partial:
            self._write(self._partial)
            self._partial = ""
        line = await self._lines.next_line()
        if line is None:
            self._write("\n")
            raise EndOfTyping
        line = line.rstrip("\r")
        if self._echo:
            self._write(f"{literal_lines(line)}\n")
        return line

    def _write(self, text: str) -> None:
        self._out.write(in_ascii(text) if self.charset.ascii else text)
        self._out.flush()
