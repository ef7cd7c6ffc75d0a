"""Where code is: an editor, or lines to put in order, whichever the step needs."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from tutor.editor.code_editor import CodeEditor
from tutor.lesson.model import Order, Predict, Step
from tutor.panes.line_sorter import LineSorter


class CodePane(Vertical):
    """Holds the learner's code."""

    def __init__(self, mark: str, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._mark = mark

    def compose(self) -> ComposeResult:
        """Both; one is shown."""
        yield CodeEditor(id="editor", mark=self._mark)
        yield LineSorter(id="sorter")

    @property
    def editor(self) -> CodeEditor:
        """The editor."""
        return self.query_one(CodeEditor)

    @property
    def sorter(self) -> LineSorter:
        """The lines to put in order."""
        return self.query_one(LineSorter)

    @property
    def sorting(self) -> bool:
        """Whether lines are put in order here."""
        return bool(self.sorter.display)

    @property
    def code(self) -> str:
        """The learner's code as it stands."""
        return self.sorter.code if self.sorting else self.editor.text

    def show_step(self, step: Step, code: str, cursor: tuple[int, int]) -> None:
        """Show a step's code, as it was left."""
        sorting = isinstance(step, Order)
        self.sorter.display = sorting
        self.editor.display = not sorting
        if isinstance(step, Order):
            self.sorter.open(step.solution.splitlines(), step.distractors, code)
            return
        self.editor.read_only = isinstance(step, Predict)
        self.editor.clear_annotations()
        self.editor.load_text(code)
        self.editor.move_cursor(cursor)

    def replace_code(self, code: str) -> None:
        """Put other code in place of what is in the editor; undo brings it back."""
        editor = self.editor
        editor.history.checkpoint()
        editor.replace(code, (0, 0), editor.document.end, maintain_selection_offset=False)
        editor.move_cursor((0, 0))
