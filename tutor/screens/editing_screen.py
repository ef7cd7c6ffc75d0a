"""A lesson whose code is edited: the editor's commands, whether by key, by letter or from the palette."""

from __future__ import annotations

from tutor.screens.marking_screen import MarkingScreen


class EditingScreen(MarkingScreen):
    """Passes the editor's commands on to it."""

    def _editable(self) -> bool:
        code = self.code
        fit = (
            not code.sorting and not code.editor.read_only and not self.query_one("#code").has_class("absent")
        )
        if not fit:
            self.remark("This step's code is not for editing.")
        return fit

    def _find(self, *, line: bool) -> None:
        if self.code.sorting or self.query_one("#code").has_class("absent"):
            self.remark("There is no code to look in here.")
            return
        self.panes.go("code", typing=False)
        self.code.find("line" if line else "text")

    def action_find(self) -> None:
        """Find in the code."""
        self._find(line=False)

    def action_go_to_line(self) -> None:
        """Go to a line by its number."""
        self._find(line=True)

    def action_match_bracket(self) -> None:
        """Jump to the bracket that belongs to this one."""
        self.code.editor.action_match_bracket()

    def action_move_lines(self, way: int) -> None:
        """Move the lines up or down."""
        if self._editable():
            self.code.editor.action_move_lines(way)

    def action_indent(self) -> None:
        """Put the lines one level deeper."""
        if self._editable():
            self.code.editor.action_indent()

    def action_dedent(self) -> None:
        """Take one level of indentation off."""
        if self._editable():
            self.code.editor.action_dedent()

    def action_toggle_comment(self) -> None:
        """Comment the lines out, or in again."""
        if self._editable():
            self.code.editor.action_toggle_comment()
