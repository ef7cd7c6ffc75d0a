"""The command palette reads the table of commands, and finds lessons by their titles."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Protocol, runtime_checkable

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from tutor.commands import Command, in_force, shown_keys
from tutor.screens.messages import OpenLesson
from tutor.services import Services


@runtime_checkable
class KnowsServices(Protocol):
    """A screen that was handed the services."""

    services: Services


Found = tuple[str, str, IgnoreReturnCallbackType]


class CommandTable(Provider):
    """Everything the learner can ask for."""

    def _commands(self) -> Iterator[Found]:
        for entry in in_force():
            if entry.id != "palette" and self._can(entry):
                keys = shown_keys(entry.keys)
                words = f"{entry.label.capitalize()}  ({keys})" if keys else entry.label.capitalize()
                yield words, entry.help, partial(self.screen.run_action, entry.id)

    def _can(self, entry: Command) -> bool:
        """Whether the screen one is on can do that."""
        return entry.global_ or hasattr(self.screen, f"action_{entry.id.partition('(')[0]}")

    def _lessons(self) -> Iterator[Found]:
        screen = self.screen
        if isinstance(screen, KnowsServices):
            for lesson in screen.services.catalog.entries():
                asked = OpenLesson(lesson.id)
                yield f"Lesson: {lesson.title}", lesson.head.why.strip(), partial(self._ask, asked)

    def _ask(self, message: OpenLesson) -> None:
        self.screen.post_message(message)

    async def discover(self) -> Hits:
        """All commands, before anything is typed."""
        for words, help_text, callback in self._commands():
            yield DiscoveryHit(Content(words), callback, text=words, help=help_text)

    async def search(self, query: str) -> Hits:
        """Commands and lessons that match what is typed."""
        matcher = self.matcher(query)
        for words, help_text, callback in (*self._commands(), *self._lessons()):
            if (score := matcher.match(words)) > 0:
                yield Hit(score, matcher.highlight(words), callback, text=words, help=help_text)
