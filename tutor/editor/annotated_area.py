"""A text area that shows what a run said: notes at the ends of lines, marks in the gutter, the span to blame underlined."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.strip import Strip
from textual.widgets import TextArea

from tutor.editor.notes import (
    Annotations,
    Note,
    NoteKind,
    Underline,
    follow,
    note_column,
    paint_mark,
    paint_note,
)
from tutor.editor.themes import THEMES, theme_for

REMAP_AT_ONCE = 500
"""Lines; in a longer document notes are dropped at the first edit rather than slow every key down."""


class AnnotatedArea(TextArea):
    """Code with what was said about it; annotations follow their lines through edits."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"note--value", "note--error", "note--insight"}

    def __init__(
        self,
        code: str = "",
        *,
        id: str | None = None,
        classes: str | None = None,
        read_only: bool = False,
        mark: str = "●",
    ) -> None:
        super().__init__(
            code,
            language="python",
            soft_wrap=False,
            tab_behavior="indent",
            show_line_numbers=True,
            max_checkpoints=500,
            read_only=read_only,
            id=id,
            classes=classes,
        )
        for theme in THEMES:
            self.register_theme(theme)
        self.cursor_blink = False
        self._mark = mark
        self._said = Annotations()
        self._shown = Annotations()

    def on_mount(self) -> None:
        """Take the colours that go with the app's theme, now and at each change."""
        self.watch(self.app, "theme", self._take_theme)

    def _take_theme(self, theme: str) -> None:
        self.theme = theme_for(theme)

    # Annotations

    @property
    def shown(self) -> Annotations:
        """The annotations of the lines that are still as they ran."""
        return self._shown

    def annotate(self, annotations: Annotations) -> None:
        """Show what a run of `annotations.source` said."""
        self._said = annotations
        self._place_annotations()

    def clear_annotations(self) -> None:
        """Show plain code again."""
        self.annotate(Annotations())

    def _place_annotations(self) -> None:
        lines = self.document.lines
        if len(lines) > REMAP_AT_ONCE and self.text != self._said.source:
            self._shown = Annotations()
        elif self._said.notes or self._said.marks or self._said.underlines:
            self._shown = follow(self._said, lines)
        else:
            self._shown = self._said
        # The cache's key knows nothing of notes: stale ones would stay.
        self._line_cache.clear()
        self.refresh()

    def on_text_area_changed(self) -> None:
        """Keep the notes on their lines."""
        if self._said.source:
            self._place_annotations()

    # Drawing

    def get_line(self, line_index: int) -> Text:
        """The line's text with the span to blame underlined."""
        text = super().get_line(line_index)
        for span in self._shown.underlines:
            if span.line == line_index:
                text.stylize(Style(underline=True) + self._style_of("error"), *self._extent(span, text.plain))
        return text

    @staticmethod
    def _extent(span: Underline, line: str) -> tuple[int, int]:
        end = len(line) if span.end is None else min(span.end, len(line))
        start = min(max(span.start, len(line) - len(line.lstrip())), end)
        return start, end

    def _style_of(self, kind: NoteKind) -> Style:
        return self.get_component_rich_style(f"note--{kind}", partial=True)

    def render_line(self, y: int) -> Strip:
        """One row of the screen: the code, the mark in its gutter and the note after it."""
        strip = super().render_line(y)
        if not self._shown.notes and not self._shown.marks:
            return strip
        rows = self.wrapped_document._offset_to_line_info
        row = y + self.scroll_offset.y
        if row >= len(rows):
            return strip
        line, section = rows[row]
        if section == 0 and (mark := self._shown.marks.get(line)):
            strip = paint_mark(strip, self._mark, self._style_of(mark), self.gutter_width)
        note = self._shown.notes.get(line)
        if note is None or section != len(self.wrapped_document.get_offsets(line)):
            return strip
        return self._with_note(strip, line, note)

    def _with_note(self, strip: Strip, line: int, note: Note) -> Strip:
        aside = self.gutter_width - self.scroll_offset.x
        return paint_note(
            strip,
            note,
            self._style_of(note.kind),
            line_end=max(self.gutter_width, aside + self._width_of(line)),
            column=aside
            + note_column([self._width_of(noted) for noted in self._shown.notes], self.size.width),
            width=self.scrollable_content_region.width - 1,
        )

    def _width_of(self, line: int) -> int:
        return cell_len(self.document.get_line(line).expandtabs(self.indent_width))

    def _recompute_cursor_offset(self) -> None:
        recompute: Callable[[], None] = super()._recompute_cursor_offset
        # Undoing a paste leaves the cursor beyond the end for a moment (Textualize/textual#6686).
        try:
            recompute()
        except ValueError:
            self._cursor_offset = self.wrapped_document.location_to_offset(self.document.end)
