"""One run from inside: the program becomes `__main__`, runs to its end as Python would run it, and is asked, graded and
reported in a fixed order.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import linecache
import os
import sys
import threading
import time
import types
from typing import Any

import torch

from . import figures, graphics
from .confine.rules import gpu_nodes
from .emit import Emitter
from .exits import forget_our_exits, run_exits
from .footprint import Footprint
from .grade import open_grading
from .lens import error_event, open_lens
from .lens.facts import facts
from .names import names_of
from .plain import PlainRun, tell_error
from .program import Program
from .refusals import refusal
from .streams import Outlet, open_streams
from .tracebacks import learners_part, show_of_thread, show_uncaught, show_unraisable


def execute(program: Program, emit: Emitter) -> int:
    """Run the program; returns the exit code of its process."""
    forget_our_exits()
    stdout = open_streams(emit, program.stdin, keep=program.grading is not None)
    namespace = _become_main(program)
    _prepare_torch(program)
    return Run(program, emit, stdout, namespace).to_the_end()


class Run:
    """The order of a run: grading opened, lens opened, both begun, program, lens finished, questions, checks, end."""

    def __init__(self, program: Program, emit: Emitter, stdout: Outlet, namespace: dict[str, Any]) -> None:
        self.program = program
        self.emit = emit
        self.stdout = stdout
        self.namespace = namespace
        self.footprint = Footprint()
        self.folder, self.began = os.getcwd(), time.time()
        self.ours = frozenset(sys.modules) - {"__main__"}
        self.grading = (
            None if program.grading is None else open_grading(program.grading, program.seed_of_cases, emit)
        )
        self.exit_code = 0
        self.error: BaseException | None = None

    def to_the_end(self) -> int:
        """Everything after confinement."""
        opened = self._compiled()
        graded = None
        if opened is not None:
            if self.grading is not None:
                self.grading.begin(self.namespace)
            opened.begin(self.namespace)
            self._exec(opened.code)
            opened.finish(self.error)
        if self.error is None and not self.exit_code:
            self._answer()
        if self.program.names:
            self.emit("names", {"names": names_of(self.namespace, self.ours)})
        if self.grading is not None and not isinstance(self.error, KeyboardInterrupt):
            graded = self.grading.decide(self.namespace, self.error, self._printed())
        self._tell_pictures()
        self._leave()
        self._report(graded)
        return self.exit_code

    def _compiled(self) -> Any:
        """The opened lens; None when the source is no Python, which has been told by then."""
        program = self.program
        try:
            opener = open_lens if program.lens else PlainRun
            return opener(program.source, program.filename, self.emit)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            error.__traceback__ = None
            self._fail(error)
            if program.lens:
                self.emit("error", error_event(error, program.source, program.filename))
            else:
                tell_error(error, program.filename, self.emit)
            return None

    def _exec(self, code: types.CodeType) -> None:
        # The program may go as deep as a plain one: our own frames stand below its first.
        sys.setrecursionlimit(sys.getrecursionlimit() + _depth() + 2)
        try:
            exec(code, self.namespace)
        except SystemExit as leaving:
            self._obey_exit(leaving)
        except BaseException as error:
            self._fail(error)
        try:
            vars(threading)["_shutdown"]()
        except BaseException as error:
            if self.error is None:
                self._fail(error)

    def _obey_exit(self, leaving: SystemExit) -> None:
        code = leaving.code
        if code is None:
            return
        if isinstance(code, int):
            self.exit_code = code & 0xFF
            return
        self.exit_code = 1
        print(code, file=sys.stderr)

    def _fail(self, error: BaseException) -> None:
        self.error = error
        self.exit_code = 130 if isinstance(error, KeyboardInterrupt) else 1
        show_uncaught(error, learners_part(error))

    def _answer(self) -> None:
        """Each expression of `asks`, evaluated where the program ended."""
        for expression in self.program.asks:
            try:
                value = facts(eval(expression, self.namespace))
            except Exception as error:
                value = {"kind": "text", "type": type(error).__name__, "text": str(error)[:500]}
            self.emit("value", {"line": 0, "name": expression, "seen": 1, "how": "asked", "value": value})

    def _tell_pictures(self) -> None:
        program = self.program
        own = "" if program.folder is not None else self.folder
        with contextlib.suppress(Exception):  # whatever the program did to its folder or to matplotlib
            for text in figures.sentences(own, program.files, program.allow_write, self.began):
                self.emit("notice", {"text": text})

    def _printed(self) -> str:
        _flush()
        return bytes(self.stdout.kept or b"").decode("utf-8", "backslashreplace")

    def _leave(self) -> None:
        """What Python does on its way out."""
        with contextlib.suppress(BaseException):  # Python has printed it
            run_exits()
        _flush()

    def _report(self, graded: int | None) -> None:
        """The positive record at the very end; without it the run counts as crashed."""
        status = "error" if self.exit_code else "ok"
        record = {"peak": self.footprint.growth(), "graded": graded}
        limit, message = refusal(self.error, self.exit_code, self.program)
        self.emit("end", {"status": limit or status, "message": message, **record})


def _become_main(program: Program) -> dict[str, Any]:
    """A fresh `__main__` as `python FILE` makes it; the source stands in linecache for tracebacks and `inspect`."""
    main = types.ModuleType("__main__")
    filename = program.filename
    vars(main).update(__file__=filename, __builtins__=builtins, __annotations__={})
    sys.modules["__main__"] = main
    sys.argv[:] = [filename, *program.argv]
    sys.path.insert(0, os.path.dirname(os.path.abspath(filename)))  # as `python sub/file.py` has it
    sys.unraisablehook = show_unraisable
    threading.excepthook = show_of_thread
    source = program.source if program.source.endswith("\n") else program.source + "\n"  # carets rely on it
    lines = io.StringIO(source).readlines()
    linecache.cache[filename] = (len(source), None, lines, filename)
    return vars(main)


def _prepare_torch(program: Program) -> None:
    if gpu_nodes():
        graphics.cap_when_started(torch.cuda, program.limits.gpu_memory_mb)
    torch.set_num_threads(program.limits.threads)
    if program.seed is None:
        torch.seed()
    else:
        torch.manual_seed(program.seed)
    numpy = sys.modules.get("numpy.random")
    if numpy is not None:
        numpy.seed(int.from_bytes(os.urandom(4), "little"))


def _depth() -> int:
    """How many frames the caller stands on, itself included."""
    count = 0
    frame: types.FrameType | None = sys._getframe(1)
    while frame is not None:
        frame, count = frame.f_back, count + 1
    return count


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):  # closed by the program
            stream.flush()
