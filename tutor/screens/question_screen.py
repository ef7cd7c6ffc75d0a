"""Questions: predictions, whose answer is computed by running the code, and choices, whose answer the lesson knows."""

from __future__ import annotations

import zlib

from textual import on, work
from textual.content import Content

from tutor.events import Event
from tutor.lesson.model import Choice, Predict
from tutor.lesson.wire import fingerprint
from tutor.panes.printed import without_escapes
from tutor.panes.question_panel import QuestionPanel
from tutor.progress.contract import Outcome
from tutor.renderables.run_record import RunRecord
from tutor.runner.truth import asks_of, is_right, options, reason, truth
from tutor.screens.running_screen import RunningScreen


class QuestionScreen(RunningScreen):
    """A lesson that asks."""

    _heard: tuple[Event, ...] = ()
    """What running a prediction's code said; shown once it is answered."""
    _right: str | None = None

    def keep_outcome(self, outcome: Outcome) -> None:
        """Put an attempt into the learner's record."""
        self.services.progress.keep_attempt(
            self.lesson.id, self.step.id, outcome, content=fingerprint(self.step)
        )
        self.tell_status()

    @property
    def question(self) -> QuestionPanel:
        """Where the question stands."""
        return self.reading.question

    async def step_opened(self) -> None:
        """Offer what can be answered."""
        self._heard, self._right = (), None
        step = self.step
        self.question.open_question()
        match step:
            case Choice():
                self.question.offer([option.text for option in step.options])
            case Predict():
                if not step.choices:
                    self.question.offer_line()
                self.compute_answer()

    def action_run(self) -> None:
        """Run the code; that of a prediction only once it is answered."""
        if isinstance(self.step, Predict) and not self.question.closed:
            self.remark("Answer first, then see it run.")
        elif isinstance(self.step, Predict):
            self.run_worker(self.reveal(), exclusive=True, group="run")
        else:
            super().action_run()

    @work(exclusive=True, group="question", exit_on_error=False)
    async def compute_answer(self) -> None:
        """Run a prediction's code out of sight: its choices need the right answer among them."""
        step = self.step
        if not isinstance(step, Predict):
            return
        request = self.make_request(asks=asks_of(step))
        self._heard = tuple([event async for event in self.session.events(request)])
        self._right = truth(step, self._heard)
        self.tell_hints()
        if self._right is None:
            self._say_unanswerable()
        elif step.choices:
            self.question.offer(options(step, self._right, zlib.crc32(step.id.encode())))
            if self.panes.current == "read" and not self.panes.typing:
                self.set_focus(self.question.answerable)

    def _say_unanswerable(self) -> None:
        state = self.services.runner.state
        why = (
            f"{state.reason} {state.advice}".strip()
            if state.phase != "ready"
            else "The code did not give one."
        )
        self.question.reply(Content.assemble(("The answer could not be computed. ", "bold $warning"), why))

    @on(QuestionPanel.Answered)
    async def take_answer(self, event: QuestionPanel.Answered) -> None:
        """Say whether it is right, and why."""
        event.stop()
        step = self.step
        if isinstance(step, Choice) and event.index is not None:
            option = step.options[event.index]
            await self._reply(option.right, option.reason)
        elif isinstance(step, Predict):
            if self._right is None:
                self._say_unanswerable()
                return
            right = is_right(step, event.answer, self._right)
            await self._reply(right, "" if right else reason(step, event.answer))
            if right:
                await self.reveal()

    async def _reply(self, right: bool, why: str) -> None:
        sign = self.charset.glyphs.tick if right else self.charset.glyphs.cross
        head = (f"{sign} Right. ", "bold $success") if right else (f"{sign} Not that one. ", "bold $error")
        helped = "" if right or isinstance(self.step, Choice) else "\nAnother try, or ^G shows the answer."
        self.question.reply(Content.assemble(head, without_escapes(why.strip()), (helped, "dim")))
        self.keep_outcome("passed" if right else "not_yet")
        if right:
            self.question.close_question()
            await self.finish_step()

    async def finish_step(self) -> None:
        """The step is done: what to keep from it, and the way on."""
        if self.step.after:
            await self.reading.show_after(self.step.after)
        self.remark("^N goes on")

    async def reveal(self) -> None:
        """Show what running a prediction's code did."""
        step = self.step
        self.record = record = RunRecord(source=self.code.code)
        self.show_panes(results=True)
        self.results.begin(record, step.show)
        for event in self._heard:
            record.add(event)
            self.route(event)
        self.finish_run()
        self.results.finish()
        self.results.look_at(step.look)

    async def give_answer_away(self) -> None:
        """Show a prediction's answer; the step counts as assisted."""
        if self._right is None:
            self._say_unanswerable()
            return
        self.services.progress.keep_hint(self.lesson.id, self.step.id, 0, solution=True)
        self.question.reply(
            Content.assemble(("The answer is ", "dim"), (without_escapes(self._right), "bold"))
        )
        self.keep_outcome("passed")
        self.question.close_question()
        await self.reveal()
        await self.finish_step()
