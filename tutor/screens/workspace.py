"""The workspace: the keys of a lesson, and the way from step to step and to other screens."""

from __future__ import annotations

from pathlib import PurePath
from typing import ClassVar

from textual.binding import BindingType

from tutor.bindings import workspace_bindings
from tutor.lesson.model import Explain
from tutor.lesson.task import code_of
from tutor.screens.external_editor import edit_outside
from tutor.screens.forgetting_screen import ForgettingScreen
from tutor.screens.pane_focus import PaneName


class WorkspaceScreen(ForgettingScreen):
    """Where lessons are worked through."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["workspace.tcss", "editing.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = workspace_bindings()

    # Steps

    async def action_next_step(self) -> None:
        """Go on; at the end of the lesson, sum it up."""
        if isinstance(self.step, Explain) and not self.passed:
            self.keep_outcome("passed")
        self.leave_step()
        if self.walk.forward():
            await self.open_step()
        else:
            from tutor.screens.summary import SummaryScreen  # deferred: not needed for the first paint

            self.app.push_screen(SummaryScreen(self.services, self.lesson))

    async def action_previous_step(self) -> None:
        """Go back."""
        self.leave_step()
        if self.walk.back():
            await self.open_step()

    async def action_reset_step(self) -> None:
        """Put the step's own code back; the same again undoes it."""
        if self.code.sorting:
            self.code.show_step(self.step, "", (0, 0))
            self.keep_soon()
        elif not self.code.editor.read_only:
            self.code.replace_code(code_of(self.step))
            self.remark("^Z brings your code back.")

    # Panes

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self.panes.go_on()
        self.tell_status()

    def action_show_pane(self, name: PaneName) -> None:
        """Go to a pane."""
        self.panes.go(name, typing=False)
        self.tell_status()

    def action_next_view(self) -> None:
        """Show the next view of the results."""
        self.results.next_view()
        if self.panes.current == "results":
            self.set_focus(self.results.focus_target())

    def action_zoom(self) -> None:
        """Give the pane the whole screen, or take it back."""
        self.panes.zoom()
        self.tell_status()

    def action_type(self) -> None:
        """Go back to typing."""
        self.panes.go("read" if self.reading.question.answerable else "code", typing=True)
        self.tell_hints()

    # Elsewhere

    def action_external_editor(self) -> None:
        """Open the code in the learner's own editor."""
        if self.code.editor.read_only or self.code.sorting:
            self.remark("This step's code is not for editing.")
            return
        self.keep_draft()
        code, fault = edit_outside(self.app, self.code.code, f"{self.step.id}.py")
        if fault:
            self.notify(fault, severity="error", timeout=10, markup=False)
        elif code != self.code.code:
            self.code.replace_code(code)

    def action_contents(self) -> None:
        """Show the course."""
        from tutor.screens.contents import ContentsScreen  # deferred: not needed for the first paint

        self.keep_draft()
        self.keep_place()
        self.app.push_screen(ContentsScreen(self.services, self.lesson.id))
