"""Has answers graded and counts what is done; and helps, one rung at a time."""

from __future__ import annotations

import asyncio
import random

from textual import on, work
from textual.widgets import TextArea

from tutor.events import Event
from tutor.lesson.model import Choice, Code, Explain, Gradable, Order, Predict, Run, Step, Tune
from tutor.lesson.task import solution_of
from tutor.lesson.tuning import touched_line
from tutor.panes.lesson_end import mishap_line
from tutor.progress.keepsakes import Diary
from tutor.renderables.run_record import RunRecord
from tutor.runner.grading import grading_of
from tutor.runner.outcome import Verdict, judge
from tutor.screens.question_screen import QuestionScreen


class MarkingScreen(QuestionScreen):
    """A lesson that is graded."""

    _diary: Diary | None = None

    @property
    def passed(self) -> bool:
        """Whether the step is done."""
        return self.services.progress.record(self.lesson.id, self.step.id).passed

    async def ran(self, step: Run, record: RunRecord) -> None:
        """Running it is the task; sometimes changing it first."""
        finished = record.finished
        if finished is None or finished.status != "ok":
            return
        if step.changed and record.source.rstrip() == step.code.rstrip():
            self.results.look_at(f"{step.look.strip()} Now change the code, and run it again.".strip())
            return
        self.keep_outcome("passed")
        self.results.look_at(step.look)
        await self.finish_step()

    # How the lesson goes

    @property
    def diary(self) -> Diary:
        """How the lesson went so far."""
        if self._diary is None:
            self._diary = self.services.keepsakes.diary(self.lesson.id)
        return self._diary

    @on(TextArea.Changed, "#editor")
    def note_life(self) -> None:
        """Somebody is working here."""
        self.diary.alive(self.services.clock())

    async def step_opened(self) -> None:
        """Another step: somebody is still here."""
        await super().step_opened()
        self.note_life()

    async def run_ended(self, step: Step, record: RunRecord, heard: list[Event]) -> None:
        """Count the run, and remember what went wrong."""
        await super().run_ended(step, record, heard)
        self.note_life()
        self.diary.runs += 1
        if record.error is not None:
            self.diary.met(mishap_line(record.error))
        await asyncio.to_thread(self.services.keepsakes.keep_diary, self.lesson.id, self.diary)

    # Checking

    async def action_check(self) -> None:
        """Have the answer graded."""
        if self.session.busy:
            self.remark("The program is still running; ^C stops it.")
            return
        match self.step:
            case Code() | Order() | Tune() as step:
                self.keep_draft()
                if self._may_be_checked(step):
                    self.grade(step)
            case Run():
                self.action_run()
            case Predict() | Choice():
                self.panes.go("read", typing=True)
            case Explain():
                self.remark("There is nothing to check here; ^N goes on.")

    def _may_be_checked(self, step: Gradable) -> bool:
        """Whether only what may change was changed."""
        line = touched_line(step.code, self.code.code, step.given) if isinstance(step, Tune) else None
        if line is not None:
            names = ", ".join(step.given) if isinstance(step, Tune) else ""
            self.remark(f"Line {line} is not yours to change; only {names}. ^Z takes it back.")
        return line is None

    @work(exclusive=True, group="run", exit_on_error=False)
    async def grade(self, step: Gradable) -> None:
        """Run the answer, judge it, show and keep the verdict."""
        source = self.code.code
        grading = grading_of(step, source, random.randrange(1, 1 << 31))
        record = await self.perform(self.make_request(grading=grading))
        if self.step is not step:
            return
        self.results.finish()
        verdict = judge(step, record.told())
        self.keep_outcome(verdict.outcome)
        if verdict.done:
            self.results.show_solution(solution_of(step), open_it=False)
        self.results.show_verdict(verdict)
        await self._follow_up(verdict)

    async def _follow_up(self, verdict: Verdict) -> None:
        if verdict.done:
            await self.finish_step()
        else:
            self.remark("")

    # Help

    async def action_hint(self) -> None:
        """Show the next hint; after the last one, the solution."""
        step = self.step
        if isinstance(step, Predict):
            await self.give_answer_away()
            return
        if not isinstance(step, Code | Order | Tune):
            self.remark("This step has no hints.")
            return
        hints = step.hints
        rung = len(self.reading.scroller.query(".hint")) + 1
        if rung > len(hints):
            self.action_solution()
            return
        if rung > self.services.progress.record(self.lesson.id, step.id).hints:
            self.services.progress.keep_hint(self.lesson.id, step.id, rung)
        await self.reading.show_hint(rung, len(hints), hints[rung - 1])
        self.remark("^G shows the next hint" if rung < len(hints) else "^G once more shows the solution")

    def action_solution(self) -> None:
        """Show our code; the step then counts as assisted unless it is already done."""
        step = self.step
        if not isinstance(step, Code | Order | Tune):
            self.remark("This step has no solution to show.")
            return
        if not self.passed:
            hints = self.services.progress.record(self.lesson.id, step.id).hints
            self.services.progress.keep_hint(self.lesson.id, step.id, hints, solution=True)
        self.show_panes(results=True)
        self.results.show_solution(solution_of(step))
        self.remark("Our code is beside yours. Write it in your own words, then check.")
        self.tell_status()
