"""A lesson whose code is edited: the editor's commands, whether by key, by letter or from the palette."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.widgets import Input, TextArea

from tutor.editor.code_editor import CodeEditor
from tutor.lesson.glossary import Glossary
from tutor.lesson.model import Lesson
from tutor.screens.assistance import Assistance
from tutor.screens.marking_screen import MarkingScreen
from tutor.services import Services


class EditingScreen(MarkingScreen):
    """Passes the editor's commands on to it, and helps while one types."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "step_back", "close", show=False)]

    def __init__(self, services: Services, lesson: Lesson, step: str | None = None) -> None:
        super().__init__(services, lesson, step)
        self.assistance = Assistance(self, services.runner, Glossary(services.catalog))
        self.assistance.open_lesson(lesson)

    # Help while one types

    @on(CodeEditor.Typed)
    def offer_names(self) -> None:
        """See what could stand there."""
        self.assistance.typed()

    @on(TextArea.SelectionChanged, "#editor")
    def follow_cursor(self) -> None:
        """What stands beside the cursor may no longer fit."""
        if self.ready:
            self.assistance.moved()

    @on(events.DescendantBlur)
    def stop_helping(self) -> None:
        """Whoever leaves the editor wants to see the rest."""
        if self.ready:
            self.assistance.close()

    async def step_opened(self) -> None:
        """Another step is another text."""
        await super().step_opened()
        self.assistance.close()

    def action_step_back(self) -> None:
        """Take the explanation away; or leave the line one types in, so that letters act."""
        if not self.assistance.close_card() and isinstance(self.focused, Input):
            self.set_focus(None)

    def action_complete(self) -> None:
        """Offer names for what is being typed."""
        self.assistance.complete()

    @work(exclusive=True, group="explain", exit_on_error=False)
    async def action_explain_word(self) -> None:
        """Say what the word at the cursor is."""
        if self.assistance.explaining:
            self.assistance.close_card()
        elif not await self.assistance.explain():
            self.remark("Nothing is known of the word at the cursor.")

    @work(exclusive=True, group="explain", exit_on_error=False)
    async def action_help(self) -> None:
        """Say what the word being typed is; show all keys where there is none, and the second time."""
        typing = self.code.editor.has_focus and not self.assistance.explaining
        if not (typing and await self.assistance.explain()):
            self.assistance.close()
            self.show_keys()

    def show_keys(self) -> None:
        """Show all keys."""
        from tutor.screens.help import HelpScreen  # deferred: not needed for the first paint

        self.app.push_screen(HelpScreen())

    # Editing

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
