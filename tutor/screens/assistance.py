"""Help while one types: names that could stand here, how the call is made, what a word is. It asks and never waits for the answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from textual.screen import Screen
from textual.timer import Timer

from tutor.editor.code_editor import CodeEditor
from tutor.editor.completion_list import CompletionList, Offer
from tutor.lesson.glossary import Entry, Glossary
from tutor.lesson.model import Lesson
from tutor.lesson.task import code_of
from tutor.panes.code_pane import CodePane
from tutor.panes.word_card import WIDTH, WordCard, signature_content, word_content
from tutor.runner.answer import About, Answer
from tutor.runner.contract import Runner
from tutor.runner.cursor import text_for

PAUSE = 0.03
"""Seconds without a key before a question is asked."""
GROUP = "assistance"
CALL_WIDTH = 72
CARD_MARGIN = 4
"""Cells of a card beside its words."""
_WORTH = re.compile(r"(?:\.|[^\W\d]\w+)$")
_QUOTED = re.compile(r"`([^`\n]+)`")
_NAME = re.compile(r"[^\W\d]\w*")


def names_of_lesson(lesson: Lesson) -> tuple[str, ...]:
    """The names a lesson's code and words use, in their order: they are offered first."""
    texts: list[str] = []
    for step in lesson.steps:
        texts += [code_of(step), *_QUOTED.findall(step.text)]
    return tuple(dict.fromkeys(name for text in texts for name in _NAME.findall(text)))


class Assistance:
    """Helps in one editor."""

    def __init__(self, screen: Screen[None], runner: Runner, glossary: Glossary) -> None:
        self._screen = screen
        self._runner = runner
        self._glossary = glossary
        self._timer: Timer | None = None
        self._first: Sequence[str] = ()

    def open_lesson(self, lesson: Lesson) -> None:
        """Offer the names of this lesson first."""
        self._first = names_of_lesson(lesson)

    @property
    def _editor(self) -> CodeEditor:
        return self._screen.query_one(CodePane).editor

    @property
    def _list(self) -> CompletionList:
        return self._screen.query_one(CodePane).completions

    @property
    def _card(self) -> WordCard:
        return self._screen.query_one(CodePane).card

    # What happened in the editor

    def typed(self) -> None:
        """A letter was typed: ask once there is a pause."""
        self._ask_soon(typed=True)

    def moved(self) -> None:
        """The cursor went elsewhere: what stands beside it may no longer fit."""
        editor, choices = self._editor, self._list
        if choices.open:
            row, column = editor.cursor_location
            word = editor.document.get_line(row)[choices.word_start[1] : column]
            if (
                row != choices.word_start[0]
                or column < choices.word_start[1]
                or not re.fullmatch(r"\w*", word)
            ):
                choices.close()
        if self._card.open:
            if self._card.explains:
                self._card.close()
            else:
                self._ask_soon(typed=False)

    def close(self) -> None:
        """Take everything away."""
        if self._timer is not None:
            self._timer.stop()
        self._screen.workers.cancel_group(self._screen, GROUP)
        self._list.close()
        self._card.close()

    def close_card(self) -> bool:
        """Take the card away; False when there was none."""
        shown = self._card.open
        self._card.close()
        return shown

    @property
    def explaining(self) -> bool:
        """Whether a word is being explained."""
        return self._card.open and self._card.explains

    # Questions

    def _ask_soon(self, *, typed: bool) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(PAUSE, lambda: self._start(typed=typed, explicit=False))

    def complete(self) -> None:
        """Offer names now, whatever stands there."""
        self._start(typed=True, explicit=True)

    def _start(self, *, typed: bool, explicit: bool) -> None:
        if self._editor.has_focus and not self._editor.read_only:
            work = self._answer(typed=typed, explicit=explicit)
            self._screen.run_worker(work, group=GROUP, exclusive=True, exit_on_error=False)

    async def _ask(self, about: About) -> Answer | None:
        """The answer; None when the cursor or the text has moved on meanwhile."""
        editor = self._editor
        here = (editor.text, editor.cursor_location)
        row, column = editor.cursor_location
        lines = editor.document.lines
        offset = sum(len(line) + 1 for line in lines[:row]) + column
        text = text_for(about, "\n".join(lines), offset)
        if about == "doc" and (name := self._list.name_at):
            text = text[: offset - column + self._list.word_start[1]] + name
        answer = await self._runner.ask(about, text, first=self._first)
        return answer if here == (editor.text, editor.cursor_location) else None

    async def _answer(self, *, typed: bool, explicit: bool) -> None:
        editor = self._editor
        row, column = editor.cursor_location
        if typed and (explicit or _WORTH.search(editor.document.get_line(row)[:column])):
            answer = await self._ask("complete")
            if answer is None or not editor.has_focus:
                return
            self._offer(answer, explicit=explicit)
        elif typed:
            self._list.close()
        await self._show_call()

    def _offer(self, answer: Answer, *, explicit: bool) -> None:
        editor = self._editor
        row, column = editor.cursor_location
        start = column - answer.replaces
        self._list.offer(
            [Offer(one.name, one.kind) for one in answer.candidates],
            (row, start),
            editor.document.get_line(row)[start:column],
            editor.cursor_screen_offset,
            explicit=explicit,
        )

    async def _show_call(self) -> None:
        answer = await self._ask("signature")
        if answer is None:
            return
        if not answer.signature or self._list.open or not self._editor.has_focus:
            self._card.close()
            return
        width = min(CALL_WIDTH, self._card.inside.width - CARD_MARGIN)
        cursor = self._editor.cursor_screen_offset
        self._card.show_at(signature_content(answer, width), cursor, explains=False)

    async def explain(self) -> bool:
        """Say what the word at the cursor is; False when nobody knows."""
        word = self._word()
        if not word:
            return False
        answer = await self._ask("doc")
        if answer is None:
            return True
        entry = await asyncio.to_thread(self._find_entry, answer.subject, word)
        width = min(WIDTH, self._card.inside.width - CARD_MARGIN)
        content = word_content(word, entry, answer, width)
        if content is None:
            return False
        self._list.close()
        self._card.show_at(content, self._editor.cursor_screen_offset, explains=True)
        return True

    def _find_entry(self, *words: str) -> Entry | None:
        return next((entry for word in words if word and (entry := self._glossary.lookup(word))), None)

    def _word(self) -> str:
        if name := self._list.name_at:
            return name
        row, column = self._editor.cursor_location
        line = self._editor.document.get_line(row)
        around = [found[0] for found in _NAME.finditer(line) if found.start() <= column <= found.end()]
        return around[-1] if around else ""
