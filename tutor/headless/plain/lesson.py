"""The way through a lesson: each step is said, then one command after the other is taken."""

from __future__ import annotations

from typing import Literal

from tutor.headless.plain import answers, marking, questions
from tutor.headless.plain.commands import commands_for, help_text, prompt_for
from tutor.headless.plain.sitting import Sitting
from tutor.headless.plain.what import line_in_words
from tutor.headless.plain.words import (
    lesson_heading,
    lines_in_words,
    listing,
    step_in_words,
    steps_in_words,
    summary_in_words,
)
from tutor.lesson.catalog import Entry
from tutor.lesson.model import Choice, Code, Explain, Order, Predict, Tune
from tutor.lesson.task import code_of

Way = Literal["stay", "open", "next", "previous", "quit"]


class PlainLesson:
    """One lesson, from a step on."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._question: questions.Question | None = None

    async def work_through(self, index: int, following: Entry | None) -> bool:
        """Take the learner through the steps from `index`; True when the next lesson is wanted."""
        self._sitting.talk.say(*lesson_heading(self._sitting.lesson))
        count = len(self._sitting.lesson.steps)
        while True:
            way = await (self._work_at(index) if index < count else self._end(following))
            match way:
                case "quit":
                    return False
                case "next" if index == count:
                    return True
                case "open":
                    index = self._sitting.index
                case "next" | "previous":
                    index = max(0, index + (1 if way == "next" else -1))

    async def _work_at(self, index: int) -> Way:
        """One step, until the learner leaves it."""
        sitting = self._sitting
        sitting.open_step(index)
        await self._say_step()
        while True:
            sitting.say_what_is_not_saved()
            asking = self._question is not None and not self._question.answered
            typed = (await sitting.talk.ask(f"\n{prompt_for(sitting.step, asking)}")).strip()
            word, _, rest = typed.partition(" ")
            command = commands_for(sitting.step, asking).get(word.lower(), "")
            if rest and command not in ("edit", "go", "what"):
                command = ""
            way = await self._obey(command, rest.strip(), typed)
            if way != "stay":
                return way

    async def _say_step(self) -> None:
        sitting, step = self._sitting, self._sitting.step
        sitting.talk.say(*step_in_words(sitting.lesson, sitting.index, sitting.passed))
        if isinstance(step, Order):
            sitting.talk.say(lines_in_words(step))
        sitting.talk.say(listing(sitting.code))
        self._question = None
        if isinstance(step, Predict | Choice):
            self._question = await questions.prepare(sitting, step)

    async def _obey(self, command: str, rest: str, typed: str) -> Way:
        sitting = self._sitting
        match command:
            case "next":
                if isinstance(sitting.step, Explain) and not sitting.passed:
                    sitting.keep_outcome("passed")
                return "next"
            case "previous" | "quit" as way:
                return way
            case "go":
                return self._go(rest)
            case "list":
                records = sitting.services.progress.records().get(sitting.lesson.id, {})
                sitting.talk.say(steps_in_words(sitting.lesson, records, sitting.index))
            case "again":
                await self._say_step()
            case "help":
                sitting.talk.say(help_text(sitting.step, self._question is not None))
            case _:
                await self._act(command, rest, typed)
        return "stay"

    async def _act(self, command: str, rest: str, typed: str) -> None:
        sitting, step, question = self._sitting, self._sitting.step, self._question
        match command:
            case "run":
                await marking.run(sitting)
            case "edit":
                await answers.edit(sitting, rest)
            case "start over":
                sitting.keep_code(code_of(step))
                sitting.talk.say("The step's own code is back.", listing(sitting.code))
            case "what":
                sitting.talk.say(line_in_words(sitting.runs.last, rest))
            case "check" if isinstance(step, Code | Order | Tune):
                await marking.check(sitting, step)
            case "hint" if isinstance(step, Code | Order | Tune):
                marking.hint(sitting, step)
            case "solution" if isinstance(step, Code | Order | Tune):
                marking.solution(sitting, step)
            case "hint" | "solution" if question is not None:
                questions.give_away(sitting, question)
            case _ if question is not None and not question.answered and typed:
                questions.answer(sitting, question, typed)
            case _ if typed:
                sitting.talk.say(f"{typed} means nothing here; a question mark says what does.")

    def _go(self, where: str) -> Way:
        ids = [step.id for step in self._sitting.lesson.steps]
        if where.isdecimal() and 1 <= int(where) <= len(ids):
            self._sitting.index = int(where) - 1
        elif where in ids:
            self._sitting.index = ids.index(where)
        else:
            self._sitting.talk.say(f"There are the steps 1 to {len(ids)}; l lists them.")
            return "stay"
        return "open"

    async def _end(self, following: Entry | None) -> Way:
        """Sum the lesson up."""
        sitting = self._sitting
        records = sitting.services.progress.records().get(sitting.lesson.id, {})
        sitting.talk.say(*summary_in_words(sitting.lesson, records, following))
        while True:
            on = "[n]ext lesson, " if following is not None else ""
            typed = (await sitting.talk.ask(f"\n{on}[p]revious step, [l]ist, [q]uit:")).strip().lower()
            match typed.split():
                case ["n"] if following is not None:
                    return "next"
                case ["p"]:
                    return "previous"
                case ["q"]:
                    return "quit"
                case ["l"]:
                    sitting.talk.say(steps_in_words(sitting.lesson, records, -1))
                case ["g", where] if self._go(where) == "open":
                    return "open"
                case _:
                    sitting.talk.say("Type one of these letters; g and a number goes to a step.")
