"""Tracebacks as Python prints them for the plain program: our own frames trimmed, nothing else changed."""

from __future__ import annotations

import contextlib
import sys
import threading
import traceback
from types import TracebackType
from typing import TextIO


def learners_part(error: BaseException) -> TracebackType | None:
    """The traceback without the frame of ours that executes the program."""
    outer = error.__traceback__
    return outer.tb_next if outer is not None else None


def as_python_prints(error: BaseException, trace: TracebackType | None) -> str:
    """What the interpreter writes to stderr for an uncaught exception."""
    try:
        lines = list(traceback.TracebackException(type(error), error, trace).format())
    except Exception:  # a __str__ or __cause__ that raises: name the type, as Python does
        return f"{type(error).__qualname__}: <exception str() failed>\n"
    if trace is None and error.__cause__ is None and error.__context__ is None:
        lines = [line for line in lines if line != "Traceback (most recent call last):\n"]
    return "".join(lines)


def show_uncaught(error: BaseException, trace: TracebackType | None) -> str:
    """Print an uncaught exception to stderr, through the program's own hook when it has set one; returns the text."""
    text = as_python_prints(error, trace)
    _flush_quietly(sys.stdout)
    if sys.excepthook is not sys.__excepthook__:
        try:
            sys.excepthook(type(error), error, trace)
        except BaseException as second:
            text = "Error in sys.excepthook:\n" + as_python_prints(second, second.__traceback__)
            sys.stderr.write(text + "\nOriginal exception was:\n" + as_python_prints(error, trace))
    else:
        sys.stderr.write(text)
    _flush_quietly(sys.stderr)
    return text


def show_of_thread(args: threading.ExceptHookArgs) -> None:
    """An exception that ended a thread. The interpreter's own hook reads files, and the program is none."""
    if args.exc_type is SystemExit or args.exc_value is None:
        return
    name = args.thread.name if args.thread is not None else str(threading.get_ident())
    sys.stderr.write(f"Exception in thread {name}:\n" + as_python_prints(args.exc_value, args.exc_traceback))
    _flush_quietly(sys.stderr)


def show_unraisable(args: sys.UnraisableHookArgs) -> None:
    """An exception in `__del__`, or at exit."""
    if args.exc_value is None:
        return
    try:
        whom = repr(args.object)
    except Exception:
        whom = "<object repr() failed>"
    text = as_python_prints(args.exc_value, args.exc_traceback)
    sys.stderr.write(f"{args.err_msg or 'Exception ignored in'}: {whom}\n{text}")
    _flush_quietly(sys.stderr)


def _flush_quietly(stream: TextIO) -> None:
    with contextlib.suppress(Exception):  # closed by the program
        stream.flush()
