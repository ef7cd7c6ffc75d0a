"""The learner's frames on the stack, and their names without leaving traces."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any


def learner_frame(filename: str) -> FrameType | None:
    """The innermost frame that runs the learner's file."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename != filename:
        frame = frame.f_back
    return frame


def outward(frame: FrameType | None, filename: str) -> Iterator[FrameType]:
    """This frame and its callers, as far as they are the learner's."""
    while frame is not None:
        if frame.f_code.co_filename == filename:
            yield frame
        frame = frame.f_back


def names_of(frame: FrameType) -> dict[str, Any]:
    """Globals and locals, copied.

    Before Python 3.13 a function's frame keeps the table it was asked for, and with it every tensor in it; so it is emptied.
    """
    names = dict(frame.f_globals)
    if frame.f_code.co_flags & inspect.CO_OPTIMIZED:
        table = frame.f_locals
        names.update(table)
        if sys.version_info < (3, 13):
            table.clear()
    return names
