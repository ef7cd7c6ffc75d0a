"""The code editor: an annotated text area whose keys know Python and never trap the learner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets.text_area import Selection

from tutor.bindings import editor_bindings
from tutor.commands import in_force
from tutor.editor import editing
from tutor.editor.brackets import partner
from tutor.editor.completion_list import ROWS, CompletionList
from tutor.editor.searched_area import SearchedArea

_LISTED = frozenset({"cursor_up", "cursor_down", "cursor_page_up", "cursor_page_down"})


class CodeEditor(SearchedArea):
    """Where the learner types."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *editor_bindings(),
        Binding("shift+tab", "dedent", "Dedent", show=False),
        Binding("ctrl+home", "document_start", "Start", show=False),
        Binding("ctrl+end", "document_end", "End", show=False),
    ]

    class Left(Message):
        """Escape was pressed: the learner wants out of the editor."""

    class Typed(Message):
        """A letter was typed, or taken back."""

    choices: CompletionList | None = None
    """What is on offer at the cursor; set by whoever shows it."""

    @property
    def choosing(self) -> bool:
        """Whether names are on offer."""
        return self.choices is not None and self.choices.open

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Arrows are bindings of the text area, and would win over the list."""
        if self.choosing and action in _LISTED and not parameters:
            return False
        return super().check_action(action, parameters)

    def _choose(self, key: str) -> bool:
        """Do what the key means in the list; False where it means nothing there."""
        if self.choices is None:
            return False
        match key:
            case "up" | "down" | "pageup" | "pagedown":
                self.choices.move({"up": -1, "down": 1, "pageup": -ROWS, "pagedown": ROWS}[key])
                return True
            case "escape":
                self.choices.close()
                return True
            case "tab" | "enter":
                return self._accept(self.choices, key)
        return False

    def _accept(self, choices: CompletionList, key: str) -> bool:
        (row, start), (now, column) = choices.word_start, self.cursor_location
        typed = self.document.get_line(row)[start:column] if row == now and start <= column else None
        name = choices.chosen(typed, key=key) if typed is not None else None
        choices.close()
        if name is None:
            return False
        self.history.checkpoint()
        self.replace(name, (row, start), (row, column), maintain_selection_offset=False)
        self.move_cursor((row, start + len(name)))
        return True

    async def _on_key(self, event: events.Key) -> None:
        # Textual calls the parent's handler by itself unless the default is prevented.
        if self.choosing and self._choose(event.key):
            event.stop()
            event.prevent_default()
        elif event.key == "escape":
            event.stop()
            event.prevent_default()
            self.post_message(self.Left())
        elif own := self._own_action(event.key):
            # A binding waits until the key has bubbled up, and letters that follow at once would overtake it.
            event.stop()
            event.prevent_default()
            await self.run_action(own)
        elif not self.read_only:
            if event.is_printable or (event.key == "backspace" and self.choosing):
                self.post_message(self.Typed())
            if self._press(event):
                event.stop()
                event.prevent_default()

    def _own_action(self, key: str) -> str:
        """The text area's own action for a key; empty where it has none, or where a command or code has its own meaning for it."""
        if key in ("tab", "enter", "backspace") or any(key in entry.keys for entry in in_force()):
            return ""
        actions = [binding.action for binding in self._bindings.key_to_bindings.get(key, ())]
        return next((action for action in actions if "." not in action), "")

    def _press(self, event: events.Key) -> bool:
        """Do what the key means in code; False leaves it to the text area."""
        match event.key:
            case "enter":
                self._break_line()
                return True
            case "tab" if self.selection.start[0] != self.selection.end[0]:
                self._rewrite_lines(editing.indent)
                return True
            case "backspace":
                return self._take_back()
        if event.character is not None and event.is_printable:
            return self._type(event.character)
        return False

    def _around(self) -> tuple[str, str]:
        """The cursor's line before and after the cursor."""
        row, column = self.cursor_location
        line = self.document.get_line(row)
        return line[:column], line[column:]

    def _type(self, character: str) -> bool:
        if not self.selection.is_empty:
            if character not in editing.PAIRS and character not in editing.QUOTES:
                return False
            wrapped = character + self.selected_text + editing.PAIRS.get(character, character)
            self._replace_via_keyboard(wrapped, *self.selection)
            return True
        typed = editing.type_character(character, *self._around())
        if typed is None:
            return False
        row, column = self.cursor_location
        if typed.insert:
            self._replace_via_keyboard(typed.insert, *self.selection)
        self.move_cursor((row, column + typed.caret))
        return True

    def _take_back(self) -> bool:
        if not self.selection.is_empty:
            return False
        left, right = editing.backspace_span(*self._around())
        row, column = self.cursor_location
        if (left, right) == (1, 0) or column < left:
            return False
        self.delete((row, column - left), (row, column + right), maintain_selection_offset=False)
        return True

    def _break_line(self) -> None:
        start = min(self.selection)
        before, after = (
            self._around() if self.selection.is_empty else (self.document.get_line(start[0])[: start[1]], "")
        )
        margin = editing.next_indentation([*self.document.lines[: start[0]], before])
        if self.selection.is_empty and editing.splits_pair(before, after):
            closing = editing.indentation(before)
            margin = closing + " " * editing.UNIT
            self._replace_via_keyboard(f"\n{margin}\n{closing}", *self.selection)
            self.move_cursor((start[0] + 1, len(margin)))
            return
        self._replace_via_keyboard("\n" + margin, *self.selection)

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if not self.read_only:
            self.history.checkpoint()
            self._replace_via_keyboard(editing.pasted(event.text), *self.selection)
            self.focus()

    def _rewrite_lines(self, change: Callable[[Sequence[str]], list[str]]) -> None:
        """Change the selected lines, or the cursor's, as one step of undo; the selection stays on its text."""
        start, end = self.selection
        first, last = self._chosen_rows()
        old = [self.document.get_line(row) for row in range(first, last + 1)]
        new = change(old)
        if old == new or self.read_only:
            return
        self._put_lines(new, first, last)
        grown = {
            first + index: len(after) - len(before)
            for index, (before, after) in enumerate(zip(old, new, strict=True))
        }
        self.selection = Selection(
            (start[0], max(0, start[1] + grown.get(start[0], 0))),
            (end[0], max(0, end[1] + grown.get(end[0], 0))),
        )

    def _chosen_rows(self) -> tuple[int, int]:
        """First and last row of the selection; a last line without a selected character does not count."""
        start, end = sorted(self.selection)
        return start[0], end[0] - (1 if end[0] > start[0] and end[1] == 0 else 0)

    def _put_lines(self, lines: Sequence[str], first: int, last: int) -> None:
        """Put lines in place of others, as one step of undo."""
        self.history.checkpoint()
        last_width = len(self.document.get_line(last))
        self.replace("\n".join(lines), (first, 0), (last, last_width), maintain_selection_offset=False)
        self.history.checkpoint()

    def action_toggle_comment(self) -> None:
        """Comment the lines out, or in again."""
        self._rewrite_lines(editing.toggle_comment)

    def action_dedent(self) -> None:
        """Take one level of indentation off."""
        self._rewrite_lines(editing.dedent)

    def action_indent(self) -> None:
        """Put the lines one level deeper."""
        self._rewrite_lines(editing.indent)

    def action_move_lines(self, way: int) -> None:
        """Move the selected lines, or the cursor's, up (-1) or down (1)."""
        first, last = self._chosen_rows()
        neighbour = first - 1 if way < 0 else last + 1
        if self.read_only or not 0 <= neighbour < self.document.line_count:
            return
        start, end = self.selection
        top, bottom = min(first, neighbour), max(last, neighbour)
        lines = [self.document.get_line(row) for row in range(top, bottom + 1)]
        moved = [*lines[1:], lines[0]] if way < 0 else [lines[-1], *lines[:-1]]
        self._put_lines(moved, top, bottom)
        self.selection = Selection((start[0] + way, start[1]), (end[0] + way, end[1]))

    def action_match_bracket(self) -> None:
        """Jump to the bracket that belongs to the one at the cursor, or to the one that opened what is around it."""
        there = partner(self.document.lines, self.cursor_location)
        if there is not None:
            self.move_cursor(there, record_width=True)

    def go_to_line(self, number: int) -> None:
        """Go to the first character of a line, counted from 1; beyond the end, to the last line."""
        row = min(max(number, 1), self.document.line_count) - 1
        self.move_cursor((row, len(editing.indentation(self.document.get_line(row)))), center=True)

    def action_document_start(self) -> None:
        """Go to the first character."""
        self.move_cursor((0, 0))

    def action_document_end(self) -> None:
        """Go behind the last character."""
        self.move_cursor(self.document.end)
