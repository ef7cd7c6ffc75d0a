"""Running without the lens: the program compiled as it is; only its exception is told."""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType
from typing import Any

from .tracebacks import as_python_prints, learners_part

Emit = Callable[[str, dict[str, Any]], None]


class PlainRun:
    """What `open_lens` returns, without probes."""

    def __init__(self, source: str, filename: str, emit: Emit) -> None:
        self.code: CodeType = compile(source, filename, "exec", dont_inherit=True)
        self._filename = filename
        self._emit = emit

    def begin(self, namespace: dict[str, Any]) -> None:
        """Nothing to put in place."""

    def finish(self, error: BaseException | None) -> None:
        """Tell the exception."""
        if error is not None:
            tell_error(error, self._filename, self._emit)


def tell_error(error: BaseException, filename: str, emit: Emit) -> None:
    """The `error` event without explanation: type, message, traceback, and the program's own last line in it."""
    trace = learners_part(error)
    line = getattr(error, "lineno", None) if isinstance(error, SyntaxError) else None
    step = trace
    while step is not None:
        if step.tb_frame.f_code.co_filename == filename:
            line = step.tb_lineno
        step = step.tb_next
    try:
        message = str(error)
    except Exception:
        message = "<exception str() failed>"
    text = as_python_prints(error, trace)
    keys = {
        "type": type(error).__name__,
        "message": message[:20_000],
        "line": line,
        "traceback": text[-20_000:],
    }
    emit("error", keys)
