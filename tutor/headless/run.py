"""`pytorch-tutor run FILE`: any script in the sandbox, and what the lens saw of it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable

from tutor.events import Asked, Finished
from tutor.failures import CommandFailure, Exit
from tutor.headless.plain_report import PlainReport
from tutor.headless.presenting import JsonLines, Passing, Presenter
from tutor.headless.script import request_for
from tutor.headless.typed_lines import TypedLines
from tutor.renderables.charset import Charset
from tutor.runner.contract import Runner
from tutor.runner.request import RunRequest
from tutor.settings import Settings
from tutor.terminal import draws_nothing

RUN = "run"
BEAT = 0.1


def run_file(
    file: str,
    argv: tuple[str, ...],
    mode: str,
    lens: bool,
    settings: Settings,
    allow_write: tuple[str, ...] = (),
    allow_net: bool = False,
    make_runner: Callable[[Settings], Runner] | None = None,
) -> int:
    """Run a file and present it as `mode` says: `rich` in a terminal, `plain`, or `json`. Returns the exit code."""
    request = request_for(file, argv, lens, settings, allow_write, allow_net)
    presenter = presenter_for(mode, request, settings)
    finished = asyncio.run(present(make_runner or _worker, settings, request, presenter))
    fine = finished.status == "ok" and not finished.exit_code
    return Exit.FINE if fine else Exit.NOT_PASSED


def _worker(settings: Settings) -> Runner:
    from tutor.runner.client import WorkerClient
    from tutor.runner.interpreter import choose

    return WorkerClient(choose(settings))


def presenter_for(mode: str, request: RunRequest, settings: Settings) -> Presenter:
    """Who shows the run; drawing needs a terminal."""
    if mode == "json":
        return JsonLines()
    if not request.lens:
        return Passing()
    drawable = sys.stdout.isatty() and not draws_nothing(os.environ)
    if mode == "plain" or not drawable:
        return PlainReport(request.source, settings.ascii)
    from rich.console import Console

    from tutor.headless.live_report import LiveReport

    color = settings.color and "NO_COLOR" not in os.environ
    ascii = settings.ascii or "utf" not in (sys.stdout.encoding or "ascii").lower()
    console = Console(color_system="auto" if color else None, highlight=False, markup=False, emoji=False)
    return LiveReport(request.source, Charset.of(ascii, color), console)


async def present(
    make_runner: Callable[[Settings], Runner],
    settings: Settings,
    request: RunRequest,
    presenter: Presenter,
    typed: TypedLines | None = None,
) -> Finished:
    """Run the request to its end. The first ctrl+c stops the program, the second everything."""
    runner = make_runner(settings)
    beat = asyncio.create_task(_beat(presenter))
    interrupts = _Interrupts(runner)
    try:
        await _ready(runner, presenter)
        interrupts.running = True
        return await _follow(runner, request, presenter, typed or TypedLines())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    finally:
        interrupts.ignore()
        beat.cancel()
        presenter.close()
        await runner.close()


async def _ready(runner: Runner, presenter: Presenter) -> None:
    runner.watch(lambda state: presenter.wait(state) if state.phase == "starting" else None)
    state = await runner.start()
    if state.phase != "ready":
        raise CommandFailure(f"{state.reason} {state.advice}".strip(), Exit.LACKING)


async def _follow(runner: Runner, request: RunRequest, presenter: Presenter, typed: TypedLines) -> Finished:
    finished = Finished(status="crashed", message="The run ended without a word.")
    async for event in runner.run(request, RUN):
        presenter.take(event)
        if isinstance(event, Finished):
            finished = event
        elif isinstance(event, Asked):
            presenter.pause()
            line = await typed.next_line()
            if line is None:
                print("input() waits for a line, but standard input is at its end.", file=sys.stderr)
                await runner.stop(RUN)
            else:
                await runner.send_line(RUN, line)
    return finished


async def _beat(presenter: Presenter) -> None:
    while True:
        presenter.tick()
        await asyncio.sleep(BEAT)


class _Interrupts:
    """What ctrl+c means: before the program runs, leave; while it runs, stop it; again, leave at once."""

    def __init__(self, runner: Runner) -> None:
        self.running = False
        self._runner = runner
        self._task = asyncio.current_task()
        self._stopping: asyncio.Task[None] | None = None
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, self._heard)

    def _heard(self) -> None:
        if self.running and self._stopping is None:
            self._stopping = asyncio.create_task(self._runner.stop(RUN))
        elif self._task is not None:
            self._task.cancel()

    def ignore(self) -> None:
        """Give the signal back to Python."""
        asyncio.get_running_loop().remove_signal_handler(signal.SIGINT)
