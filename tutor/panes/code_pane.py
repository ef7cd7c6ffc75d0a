"""Where code is: an editor, or lines to put in order, whichever the step needs."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from tutor.editor.code_editor import CodeEditor
from tutor.editor.completion_list import CompletionList
from tutor.lesson.model import Order, Predict, Step
from tutor.panes.find_bar import FindBar, Seeking
from tutor.panes.line_sorter import LineSorter
from tutor.panes.word_card import WordCard


class CodePane(Vertical):
    """Holds the learner's code."""

    def __init__(self, mark: str, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._mark = mark

    def compose(self) -> ComposeResult:
        """Both; one is shown. And what comes up beside the cursor."""
        editor = CodeEditor(id="editor", mark=self._mark)
        editor.choices = CompletionList(id="completions")
        yield editor
        yield editor.choices
        yield WordCard(id="word-card")
        yield FindBar(id="find")
        yield LineSorter(id="sorter")

    @property
    def editor(self) -> CodeEditor:
        """The editor."""
        return self.query_one(CodeEditor)

    @property
    def find_bar(self) -> FindBar:
        """Where one says what to look for."""
        return self.query_one(FindBar)

    @property
    def completions(self) -> CompletionList:
        """The names on offer at the cursor."""
        return self.query_one(CompletionList)

    @property
    def card(self) -> WordCard:
        """What is said beside the cursor."""
        return self.query_one(WordCard)

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

    def focus_target(self) -> Widget:
        """What takes the focus when code is typed or put in order."""
        return self.sorter if self.sorting else self.editor

    def show_step(self, step: Step, code: str, cursor: tuple[int, int]) -> None:
        """Show a step's code, as it was left."""
        self.find_bar.display = False
        self.editor.look_for("")
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

    # Finding

    def find(self, seeking: Seeking) -> None:
        """Ask what to look for."""
        if not self.sorting:
            self.find_bar.open(seeking, self.editor.selected_text, self.editor.read_only)

    @on(FindBar.Sought)
    def look_for(self, event: FindBar.Sought) -> None:
        """Look for what is typed, or go to that line."""
        if event.seeking == "line":
            self.editor.look_for("")
            if event.wanted.strip().isdecimal():
                self.editor.go_to_line(int(event.wanted))
        else:
            self.editor.look_for(event.wanted)
            self._tell_found()

    @on(FindBar.Further)
    def look_further(self, event: FindBar.Further) -> None:
        """Go to another place."""
        self.editor.look_further(event.way)
        self._tell_found()

    @on(FindBar.Replaced)
    def replace_found(self, event: FindBar.Replaced) -> None:
        """Replace one place, or all."""
        if event.everywhere:
            count = self.editor.replace_all_found(event.by)
            self.find_bar.tell(f"{count} replaced")
        else:
            self.editor.replace_found(event.by)
            self._tell_found()

    @on(FindBar.Closed)
    def stop_finding(self) -> None:
        """Back to the code, at the place that was found."""
        self.find_bar.display = False
        self.editor.look_for("")
        self.editor.focus()

    def _tell_found(self) -> None:
        index, count = self.editor.found_index, len(self.editor.found)
        words = f"{index + 1} of {count}" if index is not None else f"{count} found" if count else "not found"
        self.find_bar.tell(words if self.find_bar.wanted.value else "")
