"""How a run ended: the supervisor's reason first, then the run's own record, then what the kernel says."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import sentences

if TYPE_CHECKING:
    from .supervise import Supervisor


@dataclass
class Ending:
    """What is known so far about the end of a run."""

    status: str = ""
    message: str = ""
    record: dict[str, Any] = field(default_factory=dict)
    """What the run said of itself at its very end; empty when it never came there."""
    dropped: int = 0
    crash_line: int = 0
    """The program's line in the stack that C code left when it crashed."""

    def note_crash(self, line: bytes, filename: str) -> None:
        """A line of faulthandler's stack; the innermost one of the program counts."""
        found = re.match(rb'  File "(.*)", line (\d+) in ', line)
        if found and not self.crash_line and found[1].decode("utf-8", "replace") == filename:
            self.crash_line = int(found[2])

    def end(self, status: str, message: str) -> None:
        """The supervisor ends the run; the first reason stays."""
        if not self.status:
            self.status, self.message = status, message


def finished_message(supervisor: Supervisor) -> dict[str, Any]:
    """The keys of the `finished` event."""
    ending = supervisor.ending
    status = supervisor.ended.get(supervisor.child, 0)
    name, message = _status(ending, status)
    record = ending.record
    keys: dict[str, Any] = {
        "status": name,
        "seconds": round(time.monotonic() - supervisor.start, 6),
        "peak_memory": max(supervisor.watch.peak, _count(record.get("peak"))),
        "dropped": ending.dropped + _count(record.get("dropped")),
        "exit_code": _exit_code(status),
        "message": message,
    }
    if name in ("ok", "error") and isinstance(record.get("graded"), int):
        keys["graded"] = record["graded"]
    return keys


def _status(ending: Ending, status: int) -> tuple[str, str]:
    if ending.status:
        return ending.status, ending.message
    if not ending.record:
        return "crashed", sentences.crash_sentence(status, ending.crash_line)
    name = str(ending.record.get("status", "ok"))
    if name not in ("ok", "error", "memory", "crashed"):
        name = "error"
    message = str(ending.record.get("message", ""))
    if name == "ok" and status:
        return "crashed", sentences.crash_sentence(status, ending.crash_line)
    return name, message


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def _exit_code(status: int) -> int:
    """As a shell counts it, but negative for a signal, as `subprocess` does."""
    return -(status & 0x7F) if status & 0x7F else status >> 8
