"""Opens lessons without a screen, one after the other, and sees to it that leaving in any way leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import TextIO

from tutor.failures import CommandFailure, Exit
from tutor.headless.course import find_place, open_catalog, open_record
from tutor.headless.plain.conversation import Conversation, EndOfTyping, Lines
from tutor.headless.plain.lesson import PlainLesson
from tutor.headless.plain.own_editor import OwnEditor
from tutor.headless.plain.running import Runs
from tutor.headless.plain.sitting import Editor, Sitting
from tutor.headless.plain_report import writes_unicode
from tutor.headless.typed_lines import TypedLines
from tutor.lesson.catalog import Catalog, Entry
from tutor.lesson.model import Lesson
from tutor.progress.contract import Progress
from tutor.services import Services
from tutor.settings import Settings


def open_plain(settings: Settings, place: str | None) -> int:
    """Open the tutor without a screen, at a place or where the learner left off."""
    from tutor.runner.client import WorkerClient
    from tutor.runner.interpreter import choose

    catalog = open_catalog(settings)
    asked = find_place(catalog, place) if place is not None else (None, None)
    progress = open_record(settings, catalog)
    services = Services(catalog, WorkerClient(choose(settings)), progress, time.time, settings)
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    talk = conversation(TypedLines(), sys.stdout, settings, echo=not sys.stdin.isatty())
    try:
        return asyncio.run(_attend(services, talk, OwnEditor(os.environ, terminal), asked))
    finally:
        progress.close()


def conversation(lines: Lines, out: TextIO, settings: Settings, *, echo: bool) -> Conversation:
    """A conversation in the characters that the output takes."""
    return Conversation(lines, out, ascii=settings.ascii or not writes_unicode(out), echo=echo)


async def _attend(
    services: Services, talk: Conversation, editor: Editor, asked: tuple[str | None, str | None]
) -> int:
    runs = Runs(services, talk)
    _listen_to_signals(runs)
    starting = asyncio.create_task(services.runner.start())
    try:
        await attend(services, talk, editor, runs, asked)
    except asyncio.CancelledError:
        talk.say("You are out; everything is kept.")
    finally:
        starting.cancel()
        await services.runner.close()
    return Exit.FINE


async def attend(
    services: Services, talk: Conversation, editor: Editor, runs: Runs, asked: tuple[str | None, str | None]
) -> None:
    """Lesson after lesson, until the learner leaves or the input ends."""
    name, step = _first_place(services.catalog, services.progress, asked)
    try:
        while True:
            lesson = _opened(services.catalog, name)
            sitting = Sitting(services, talk, runs, editor, lesson)
            following = _following(services.catalog, name)
            wants_more = await PlainLesson(sitting).work_through(_index(services, lesson, step), following)
            if not wants_more or following is None:
                break
            name, step = following.id, None
    except EndOfTyping:
        pass
    talk.say(
        "You are out; everything is kept." if not services.progress.read_only else services.progress.read_only
    )


def _first_place(
    catalog: Catalog, progress: Progress, asked: tuple[str | None, str | None]
) -> tuple[str, str | None]:
    lesson, step = asked
    if lesson is not None:
        return lesson, step
    left = progress.place()
    if left is not None and left.lesson in catalog.order:
        return left.lesson, left.step
    return catalog.order[0], None


def _opened(catalog: Catalog, name: str) -> Lesson:
    loaded = catalog.loaded(name)
    if loaded.lesson is None or not loaded.lesson.steps:
        fault = loaded.faults[0].sentence if loaded.faults else "it has no steps"
        raise CommandFailure(f"The lesson `{name}` is broken: {fault}")
    return loaded.lesson


def _index(services: Services, lesson: Lesson, step: str | None) -> int:
    """The step asked for, or where the learner was, or the first that is not done."""
    ids = [one.id for one in lesson.steps]
    left = services.progress.lesson_place(lesson.id)
    if step is None and left is not None:
        step = left.step
    if step in ids:
        return ids.index(step)
    records = services.progress.records().get(lesson.id, {})
    return next((at for at, name in enumerate(ids) if name not in records or not records[name].passed), 0)


def _following(catalog: Catalog, name: str) -> Entry | None:
    at = catalog.order.index(name)
    return catalog.entry(catalog.order[at + 1]) if at + 1 < len(catalog.order) else None


def _listen_to_signals(runs: Runs) -> None:
    """Control C stops the program that runs; with none running, and at a hang-up, it is time to leave."""
    loop = asyncio.get_running_loop()
    attending = asyncio.current_task()
    stopping: set[asyncio.Task[None]] = set()

    def interrupt() -> None:
        if runs.busy and not stopping:
            stopping.add(task := asyncio.create_task(runs.stop()))
            task.add_done_callback(stopping.discard)
        else:
            leave()

    def leave() -> None:
        if attending is not None:
            attending.cancel()

    handlers: dict[signal.Signals, Callable[[], None]] = {
        signal.SIGINT: interrupt, signal.SIGHUP: leave, signal.SIGTERM: leave,
    }  # fmt: skip
    for number, handler in handlers.items():
        loop.add_signal_handler(number, handler)
