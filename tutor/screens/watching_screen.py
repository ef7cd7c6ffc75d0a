"""A lesson whose code may be edited elsewhere as well: it is kept in a file, loaded and run whenever that is saved."""

from __future__ import annotations

from pathlib import Path

from textual import events, on, work
from textual.timer import Timer

from tutor.lesson.model import Lesson
from tutor.progress.location import folder
from tutor.screens.both_changed import BothChanged
from tutor.screens.editing_screen import EditingScreen
from tutor.screens.watched_file import Saved, WatchedFile
from tutor.services import Services

BEAT = 0.25
"""Seconds between two looks at the file."""
FOLDER = "watched"


class WatchingScreen(EditingScreen):
    """Keeps file and editor the same."""

    def __init__(self, services: Services, lesson: Lesson, step: str | None = None) -> None:
        super().__init__(services, lesson, step)
        self._watching = services.settings.watch
        self._watched: WatchedFile | None = None
        self._beat: Timer | None = None

    @on(events.Mount)
    def begin_looking(self) -> None:
        """Look at the file now and then."""
        self._beat = self.set_interval(BEAT, self._look, pause=True)

    async def step_opened(self) -> None:
        """Another step has another file."""
        await super().step_opened()
        self._watch(announce=self._watching)

    def action_watch_file(self) -> None:
        """Put the code in a file for another editor, or stop that."""
        self._watching = not self._watching
        self._watch(announce=True)
        if not self._watching:
            self.notify("The file is no longer watched.", markup=False)

    def _watch(self, *, announce: bool) -> None:
        code = self.code
        fit = not (code.sorting or code.editor.read_only or self.query_one("#code").has_class("absent"))
        self._watched = None
        if self._watching and fit:
            self._watched = WatchedFile(self.watched_path)
            self._pass_on()
        if self._beat is not None:
            (self._beat.resume if self._watched is not None else self._beat.pause)()
        if announce and self._watched is not None:
            words = f"Edit {self._watched.path} with any editor; it runs whenever you save it."
            self.notify(words, timeout=15, markup=False)

    @property
    def watched_path(self) -> Path:
        """The file of this step."""
        kept = folder(self.services.settings.data_dir) / FOLDER
        return kept / self.lesson.id / f"{self.step.id}.py"

    def keep_draft(self) -> None:
        """Keep the code, in the file too."""
        super().keep_draft()
        self._pass_on()

    def _pass_on(self) -> None:
        if self._watched is not None:
            try:
                self._watched.follow(self.code.code)
            except OSError as error:
                self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        path = self._watched.path if self._watched is not None else ""
        self._watching, self._watched = False, None
        self.notify(
            f"{path} could not be written: {error.strerror or error}. It is no longer watched.",
            severity="error", timeout=15, markup=False,
        )  # fmt: skip

    def _look(self) -> None:
        if self._watched is None or self.app.screen is not self:
            return
        saved = self._watched.look(self.code.code)
        if saved is None:
            return
        if saved.clashes:
            self._ask_which(self._watched, saved)
        else:
            self._load(self._watched, saved.text)

    @work(exclusive=True, group="watch")
    async def _ask_which(self, watched: WatchedFile, saved: Saved) -> None:
        mine = self.code.code
        take_file = await self.app.push_screen_wait(BothChanged(str(watched.path), mine, saved.text))
        if watched is self._watched:
            self._put(saved.text)
            super().keep_draft()
            if take_file:
                self._load(watched, saved.text)
            else:
                self._put(mine)
                self._settle(watched, mine)

    def _load(self, watched: WatchedFile, text: str) -> None:
        self._put(text)
        self._settle(watched, text)
        self.remark(f"Loaded from {watched.path.name}")
        self.run_code()

    def _put(self, text: str) -> None:
        """Make this the code, undoably, with the cursor where it was."""
        editor = self.code.editor
        super().keep_draft()
        if editor.text == text:
            return
        row, column = editor.cursor_location
        self.code.replace_code(text)
        row = min(row, editor.document.line_count - 1)
        editor.move_cursor((row, min(column, len(editor.document.get_line(row)))))

    def _settle(self, watched: WatchedFile, code: str) -> None:
        super().keep_draft()
        try:
            watched.settle(code)
        except OSError as error:
            self._give_up(error)
