"""What the tests of the screens share: a small course, an app with fakes, and ways to wait for what is visible."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from textual.events import Key
from textual.pilot import Pilot

from tests.fakes.progress import FakeProgress
from tests.fakes.runner import FakeRunner
from tutor.events import Event
from tutor.interface import TutorApp
from tutor.lesson.catalog import Catalog
from tutor.progress.keepsakes import Keepsakes
from tutor.runner.contract import WorkerState
from tutor.screens.workspace import WorkspaceScreen
from tutor.services import Services
from tutor.settings import Settings
from tutor.terminal import Look

PATIENCE = 15.0
"""Seconds after which a condition counts as never met; no test passes or fails by it on a working tree."""

LESSON = r"""format: 1
id: small
title: A small lesson
why: It shows every kind of step.
track: tensors
terms: {cat: Puts one behind the other.}
steps:
  - id: read
    kind: explain
    text: |
      Square brackets stay: a[i], [/], tensor([1.]) and [b.
  - id: try
    kind: run
    text: Run this.
    code: |
      x = torch.zeros(2, 3)
    after: Zeros it was.
  - id: guess
    kind: predict
    ask: shape
    of: x
    code: |
      x = torch.zeros(2, 3)
    choices:
      "(3, 2)": The other way round.
  - id: say
    kind: predict
    ask: value
    of: y
    code: |
      y = 1 + 1
  - id: double
    kind: code
    goal: Write `double`.
    starter: |
      def double(n):
          ...
    solution: |
      def double(n):
          return 2 * n
    wrong:
      - name: squared
        code: |
          def double(n):
              return n * n
        fails: twice
        says: Twice, not squared.
    cases: |
      n = draw.int(3, 9)
    checks:
      - {id: twice, equal: double(n), message: Twice two is four.}
    hints: [Think of adding., Multiply by two.]
    after: Doubling is done.
  - id: pick
    kind: choice
    question: Which is a tensor?
    options:
      - {text: "a[i]", reason: That is an element.}
      - {text: "tensor([1.])", right: true, reason: It says so.}
  - id: sort
    kind: order
    goal: Bring into order.
    solution: |
      a = 1
      b = a + 1
      print(b)
    distractors: ["print(a)"]
"""
BROKEN = "format: 1\nid: bad\ntitle: Broken one\ntrack: tensors\nsteps: 5\n"
SECOND = """format: 1
id: second
title: The second lesson
why: There must be a next one.
track: tensors
steps:
  - id: read
    kind: explain
    text: Only words.
"""


def small_course(folder: Path) -> Catalog:
    """Three lessons, one of them broken."""
    for name, text in (("a.yaml", LESSON), ("b.yaml", SECOND), ("c.yaml", BROKEN)):
        (folder / name).write_text(text, encoding="utf-8")
    return Catalog([folder])


@dataclass
class Stage:
    """A running app and everything it was given."""

    app: TutorApp
    pilot: Pilot[int]
    runner: FakeRunner
    progress: FakeProgress

    @property
    def workspace(self) -> WorkspaceScreen:
        """The lesson's screen."""
        screen = self.app.screen
        assert isinstance(screen, WorkspaceScreen)
        return screen

    @property
    def text(self) -> str:
        """What is visible."""
        lines = self.app.screen._compositor.render_strips(self.app.size)
        return "\n".join(line.text[: self.app.size.width] for line in lines)

    async def until(self, condition: Callable[[], bool], what: str = "the condition") -> None:
        """Wait until something is true."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while not condition():
            if asyncio.get_running_loop().time() > deadline:
                raise AssertionError(f"waited in vain for {what}; the screen shows\n{self.text}")
            await self.pilot.pause()
            await asyncio.sleep(0.01)

    async def sees(self, words: str) -> None:
        """Wait until these words are visible."""
        await self.until(lambda: words in self.text, repr(words))

    async def press(self, *keys: str) -> None:
        """Press keys, and let what they cause happen."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def at(self, step: str) -> None:
        """Wait until a step is open."""
        await self.until(
            lambda: (
                isinstance(self.app.screen, WorkspaceScreen)
                and self.app.screen.ready
                and self.app.screen.step.id == step
            ),
            f"the step {step}",
        )


@asynccontextmanager
async def on_stage(
    folder: Path,
    *,
    step: str | None = None,
    scripts: Iterable[Sequence[Event]] = (),
    size: tuple[int, int] = (120, 40),
    progress: FakeProgress | None = None,
    hold: bool = False,
    worker: WorkerState | None = None,
    look: Look | None = None,
    settings: Settings | None = None,
    early: str = "",
    keepsakes: Keepsakes | None = None,
) -> AsyncIterator[Stage]:
    """The app on a small course, open at a step; `early` is typed before anything is shown."""
    runner = (
        FakeRunner(scripts, hold=hold)
        if worker is None
        else FakeRunner(scripts, after_start=worker, hold=hold)
    )
    record = progress or FakeProgress()
    services = Services(
        small_course(folder),
        runner,
        record,
        clock=lambda: 0.0,
        look=look or Look(),
        settings=settings or Settings(),
        keepsakes=keepsakes or Keepsakes(),
    )
    app = TutorApp(lambda: services, services.look, f"small/{step}" if step is not None else None)
    for letter in early:
        app.post_message(Key(letter, letter))
    async with app.run_test(size=size, notifications=True) as pilot:
        stage = Stage(app, pilot, runner, record)
        await stage.until(lambda: len(app.screen_stack) > 1, "the first screen")
        if step is not None:
            await stage.at(step)
        yield stage
