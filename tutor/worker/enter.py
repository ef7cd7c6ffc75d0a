"""From the fork to the program: descriptors, signals and confinement of a run, in this order."""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import os
import signal
from collections.abc import Callable

from .confine import Confinement, apply
from .confine.by_value import send_by_value
from .emit import Emitter
from .execute import execute
from .pipes import RunPipes
from .program import Program
from .scratch import Scratch


def entering(
    run: str, program: Program, scratch: Scratch, confinement: Confinement, user: int | None
) -> Callable[[RunPipes, float], None]:
    """What the supervisor calls in the forked run; it never returns."""

    def enter(pipes: RunPipes, start: float) -> None:
        events = pipes.put_in_place()
        emit = Emitter(events, pipes.nonce, run, start)
        _plain_signals(events)
        os.umask(0o077)
        try:
            os.chdir(program.folder or scratch.work)
            apply(confinement, program, scratch, user)
        except OSError as error:
            emit(
                "end",
                {
                    "status": "crashed",
                    "message": f"The run could not be confined, so it was not started: {error}.",
                },
            )
            os._exit(71)
        if confinement.holds("seccomp"):
            send_by_value()
        gc.enable()
        os._exit(execute(program, emit) & 0xFF)

    return enter


def _plain_signals(events: int) -> None:
    """As Python starts: Ctrl-C raises, a broken pipe and a file over its limit are exceptions, a crash shows its stack."""
    for number in range(1, signal.NSIG):
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            with contextlib.suppress(OSError, ValueError):  # 32 and 33 belong to the C library
                signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("SIGPIPE", "SIGXFSZ"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    faulthandler.disable()  # enabling again alone would not put its handlers back
    faulthandler.enable(file=events)  # the supervisor reads the line from it
