"""A lesson whose record can be forgotten, by the step, by the lesson or altogether; each can be undone as long as the tutor is open."""

from __future__ import annotations

from typing import Literal

from tutor.screens.watching_screen import WatchingScreen

Extent = Literal["step", "lesson", "course"]
_SAID: dict[Extent, str] = {
    "step": "This step is as if it had never been opened.",
    "lesson": "This lesson is as if it had never been opened.",
    "course": "Everything is as if it had never been opened.",
}


class ForgettingScreen(WatchingScreen):
    """Takes back what was done."""

    async def action_forget(self, extent: Extent) -> None:
        """Forget what was done at the step, in the lesson, or everywhere."""
        lesson = None if extent == "course" else self.lesson.id
        step = self.step.id if extent == "step" else None
        self.leave_step()
        self.drafts.forget(lesson, step)
        self.services.forgotten.append(self.services.progress.reset(lesson, step))
        self.services.keepsakes.forget(lesson, step)
        await self._open_again()
        self.notify(f"{_SAID[extent]} Undo it with “bring back” in the palette (^P).", markup=False)

    async def action_bring_back(self) -> None:
        """Undo the last time something was forgotten."""
        if not self.services.forgotten:
            self.remark("Nothing was forgotten since the tutor was opened.")
            return
        self.leave_step()
        self.drafts.forget(None, None)
        self.services.progress.undo(self.services.forgotten.pop())
        await self._open_again()
        self.remark("What was forgotten last is back.")

    async def _open_again(self) -> None:
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._remark = ""
        await self.open_step()
