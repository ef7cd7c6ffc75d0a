"""Keeps what is typed: a second after the last key, before each run, and whenever the screen is left."""

from __future__ import annotations

from tutor.progress.contract import Progress

DELAY = 1.0
"""Seconds after the last key."""


class Drafts:
    """The draft of the step that is open."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._lesson = ""
        self._step = ""
        self._kept = ""
        self.fault = ""
        """Why the last draft could not be saved, as a sentence."""

    def open(self, lesson: str, step: str, starter: str) -> str:
        """The code to begin with: what was typed last time, or the step's own."""
        self._lesson, self._step = lesson, step
        draft = self._progress.draft(lesson, step)
        self._kept = starter if draft is None else draft
        return self._kept

    def differs(self, code: str) -> bool:
        """Whether the code is not yet kept."""
        return code != self._kept

    def keep(self, code: str) -> bool:
        """Keep the code; False when it could not be saved."""
        if not self._step or not self.differs(code):
            return not self.fault
        try:
            self._progress.keep_draft(self._lesson, self._step, code)
        except OSError as error:
            self.fault = f"The draft could not be saved: {error.strerror or error}."
            return False
        self.fault = self._progress.read_only
        if not self.fault:
            self._kept = code
        return not self.fault
