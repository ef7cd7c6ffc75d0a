"""The interface: services made once and handed down, a skeleton painted first, the worker started beside it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tutor.bindings import global_bindings, own_keys
from tutor.colours import ANSI_ON_DARK, ANSI_ON_LIGHT, FALLBACK, THEMES
from tutor.early_keys import PatientApp
from tutor.screens.messages import OpenLesson, ShowContents
from tutor.terminal import Look

# Whatever the first paint does without is imported after it: lessons, the record, the palette, the screens.
if TYPE_CHECKING:
    from textual.command import Provider

    from tutor.services import Services

BREAKPOINTS = [(0, "-narrow"), (100, "-normal"), (160, "-wide")]
"""Columns from which a screen has the class: stacked, two columns, three."""
HUNG_UP = 128 + signal.SIGHUP


def _command_table() -> type[Provider]:
    from tutor.palette import CommandTable

    return CommandTable


class TutorApp(PatientApp[int]):
    """The tutor on a terminal."""

    TITLE = "pytorch-tutor"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = global_bindings()
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_command_table}
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    services: Services
    """Made once, right after the first paint."""

    def __init__(
        self,
        make_services: Callable[[], Services],
        look: Look,
        place: str | None = None,
        *,
        full_redraw: bool = False,
    ) -> None:
        super().__init__(ansi_color=True if look.ansi else None)
        self.full_redraw = full_redraw
        self._make_services = make_services
        self._look = look
        self._place = place
        self._begin_at: tuple[str | None, str | None] = (None, None)
        self._newcomer = False
        self._starting: asyncio.Task[object] | None = None
        self.ansi_theme_dark, self.ansi_theme_light = ANSI_ON_DARK, ANSI_ON_LIGHT
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = look.theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What our own variables mean in themes that do not define them."""
        return FALLBACK

    def compose(self) -> ComposeResult:
        """The skeleton: what stands there until the first lesson does."""
        yield Static(Content.styled(" pytorch-tutor", "bold"), id="skeleton-status")
        yield Static(id="skeleton")
        yield Static(Content.styled(" ^Q quit", "dim"), id="skeleton-hints")

    def on_mount(self) -> None:
        """Be ready for the end at any time; everything else comes after the first paint."""
        self.set_class(self._look.ascii, "-ascii")
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self.hang_up)
        self.app_resume_signal.subscribe(self, self._draw_anew)
        self.call_after_refresh(self.open_first)

    def _draw_anew(self, _: object) -> None:
        self.forget_screen()

    def _first_place(self) -> tuple[str | None, str | None]:
        """The lesson asked for, or the one left off at, or the first."""
        lesson, step = self._begin_at
        if lesson is None and (place := self.services.progress.place()) is not None:
            return place.lesson, place.step
        return lesson or next(iter(self.services.catalog.order), None), step

    def _is_newcomer(self) -> bool:
        """Whether somebody comes for the first time, and to our own lessons."""
        services = self.services
        return (
            self._begin_at[0] is None and not services.settings.lessons and services.progress.place() is None
        )

    async def open_first(self) -> None:
        """Start the worker; open the first lesson, or the course when it cannot be opened."""
        self.services = self._make_services()
        self._starting = asyncio.create_task(self.services.runner.start())
        self.set_keymap(own_keys())
        if self._place is not None:
            try:
                self._begin_at = self.services.catalog.place(self._place)
            except LookupError as error:
                self.exit(2, return_code=2, message=str(error))
                return
        self._newcomer = self._is_newcomer()
        lesson, step = self._first_place()
        if lesson is None or not await self.open_lesson(lesson, step):
            await self.open_contents(lesson)
        self.take_keys()
        if self._newcomer:
            from tutor.screens.welcome import WelcomeScreen  # deferred: seen once in a lifetime

            await self.push_screen(WelcomeScreen())
        elif self._begin_at[0] is None:
            self._offer_reviews()
        for fault in self.services.notices:
            self.notify(fault, severity="warning", timeout=20, markup=False)
        if fault := self.services.progress.read_only:
            self.notify(fault, severity="warning", timeout=15, markup=False)

    def _offer_reviews(self) -> None:
        from tutor.screens.reviews import offer, reviews  # deferred: the skeleton needs none of it

        if words := offer(reviews(self.services)):
            self.notify(words, timeout=10, markup=False)

    async def open_lesson(self, lesson: str, step: str | None = None) -> bool:
        """Open a lesson at a step, or where it was left; False when there is none that can be opened."""
        from tutor.screens.workspace import WorkspaceScreen  # deferred: the skeleton needs none of it

        try:
            found = self.services.catalog.lesson(lesson)
        except LookupError:
            return False
        if found is None or not found.steps:
            return False
        if step is None and (place := self.services.progress.lesson_place(found.id)) is not None:
            step = place.step
        self._keep_screens()
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        await self.push_screen(WorkspaceScreen(self.services, found, step))
        return True

    @on(OpenLesson)
    async def open_asked(self, event: OpenLesson) -> None:
        """Go to a lesson."""
        if not await self.open_lesson(event.lesson, event.step):
            self.notify(f"The lesson {event.lesson} cannot be opened.", severity="warning", markup=False)

    @on(ShowContents)
    async def show_contents(self, event: ShowContents) -> None:
        """Show the course in place of what covers it."""
        if len(self.screen_stack) > 2:
            await self.pop_screen()
        await self.open_contents(event.lesson)

    async def open_contents(self, lesson: str | None) -> None:
        """Show the course."""
        from tutor.screens.contents import ContentsScreen  # deferred: the skeleton needs none of it

        await self.push_screen(ContentsScreen(self.services, lesson or ""))

    def _keep_screens(self) -> None:
        from tutor.screens.lesson_screen import LessonScreen  # deferred: the skeleton needs none of it

        for screen in self.screen_stack:
            if isinstance(screen, LessonScreen):
                screen.keep_everything()

    def hang_up(self) -> None:
        """The terminal is gone, or someone asks us to end: keep everything and go."""
        self._keep_screens()
        self.exit(return_code=HUNG_UP)

    async def action_quit(self) -> None:
        """Keep everything and leave."""
        self._keep_screens()
        self.exit(0)

    def action_palette(self) -> None:
        """Find a command by its name."""
        self.action_command_palette()

    async def on_unmount(self) -> None:
        """End the worker and close the record."""
        if self._starting is not None:
            self._starting.cancel()
            await self.services.runner.close()
            self.services.progress.close()

    def copy_to_clipboard(self, text: str) -> None:
        """Copy; tmux keeps what a program copies to itself unless it is told by its own command."""
        super().copy_to_clipboard(text)
        if os.environ.get("TMUX"):
            self._copying = asyncio.create_task(_tell_tmux(text))


async def _tell_tmux(text: str) -> None:
    try:
        process = await asyncio.create_subprocess_exec(
            "tmux",
            "load-buffer",
            "-w",
            "-",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        await asyncio.wait_for(process.communicate(text.encode()), timeout=2)
    except (OSError, asyncio.TimeoutError):
        return
