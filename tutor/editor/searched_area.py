"""An annotated area in which a text is looked for: its places are marked, one of them is selected."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.widgets.text_area import Selection

from tutor.editor.annotated_area import AnnotatedArea
from tutor.editor.seeking import Place, index_before, index_from, places, replaced


class SearchedArea(AnnotatedArea):
    """Code in which something may be looked for."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"code--found"}

    _wanted = ""

    @property
    def found(self) -> list[Place]:
        """Every place of the text that is looked for."""
        return places(self.document.lines, self._wanted)

    @property
    def found_index(self) -> int | None:
        """Which place is selected, from 0."""
        start, end = sorted(self.selection)
        chosen = [
            index for index, place in enumerate(self.found) if (place.begin, place.close) == (start, end)
        ]
        return chosen[0] if chosen else None

    def look_for(self, wanted: str) -> None:
        """Mark every place of a text and select the first from the cursor on; an empty text ends the search."""
        self._wanted = wanted
        if found := self.found:
            self._select(found[index_from(found, min(self.selection))])
        self._line_cache.clear()
        self.refresh()

    def look_further(self, way: int) -> None:
        """Select the next place (1), or the one before (-1)."""
        if not (found := self.found):
            return
        start, end = sorted(self.selection)
        self._select(found[index_before(found, start) if way < 0 else index_from(found, max(end, start))])

    def replace_found(self, by: str) -> None:
        """Replace the place that is selected, and go to the next; with none selected only go there."""
        index = self.found_index
        if index is not None and not self.read_only:
            place = self.found[index]
            self.history.checkpoint()
            self.replace(by, place.begin, place.close, maintain_selection_offset=False)
            self.move_cursor((place.row, place.start + len(by)))
        self.look_further(1)

    def replace_all_found(self, by: str) -> int:
        """Replace every place as one step of undo; returns how many there were."""
        found = self.found
        if not found or self.read_only:
            return 0
        cursor = self.cursor_location
        lines = replaced(self.document.lines, found, by)
        self.history.checkpoint()
        self.replace("\n".join(lines), (0, 0), self.document.end, maintain_selection_offset=False)
        self.history.checkpoint()
        self.move_cursor((cursor[0], min(cursor[1], len(lines[cursor[0]]))))
        return len(found)

    def _select(self, place: Place) -> None:
        self.selection = Selection(place.begin, place.close)
        self.scroll_cursor_visible(center=True)

    def get_line(self, line_index: int) -> Text:
        """The line's text with every place marked."""
        text = super().get_line(line_index)
        if self._wanted:
            style = self.get_component_rich_style("code--found", partial=True)
            for place in places([text.plain], self._wanted):
                text.stylize(style, place.start, place.end)
        return text
