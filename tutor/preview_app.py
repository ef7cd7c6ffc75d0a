"""The screen of a preview: looks at the lesson's file and opens the step again when it was saved."""

from __future__ import annotations

from pathlib import Path

from tutor.interface import TutorApp

LOOKS_EVERY = 0.5
"""Seconds; watching by the clock works on network file systems too."""


class PreviewApp(TutorApp):
    """The tutor for the author of a lesson."""

    _path = Path()
    _lesson = ""
    _saved = (0, 0)

    async def open_first(self) -> None:
        """Open the step, or say what keeps it from being opened; then look at the file."""
        await super().open_first()
        catalog = self.services.catalog
        self._lesson = catalog.place(self._place)[0] if self._place else catalog.order[0]
        self._path = catalog.entry(self._lesson).path
        self._saved = self._stamp()
        self._tell_faults()
        self.set_interval(LOOKS_EVERY, self.look)

    async def look(self) -> None:
        """Open the step again when its file was saved since."""
        if (stamp := self._stamp()) == self._saved:
            return
        self._saved = stamp
        loaded = self.services.catalog.reload(self._lesson)
        self._tell_faults()
        self._keep_screens()
        place = self.services.progress.lesson_place(self._lesson)
        steps = [step.id for step in loaded.lesson.steps] if loaded.lesson is not None else []
        # While the step itself is broken it stays on the screen as it was.
        if place is None or place.step in steps:
            await self.open_lesson(self._lesson)

    def _tell_faults(self) -> None:
        for fault in self.services.catalog.loaded(self._lesson).faults[:3]:
            self.notify(fault.sentence, severity="error", timeout=15, markup=False)

    def _stamp(self) -> tuple[int, int]:
        try:
            found = self._path.stat()
        except OSError:
            return 0, 0  # editors that replace the file leave a moment without one
        return found.st_mtime_ns, found.st_size
