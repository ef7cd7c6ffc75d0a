"""The line at the top: which track, step and lesson, what is done, and what the worker is doing."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tutor.panes.glyphs import UNICODE, Glyphs
from tutor.panes.one_line import Piece, one_line, pieces_width
from tutor.runner.contract import WorkerState

Dot = Literal["done", "assisted", "todo"]


@dataclass(frozen=True, slots=True)
class Status:
    """What the line says."""

    track: str = ""
    title: str = "pytorch-tutor"
    step: int = 0
    """Counted from 1; 0: no lesson is open."""
    dots: tuple[Dot, ...] = ()
    worker: WorkerState = field(default_factory=partial(WorkerState, "off"))
    running: float | None = None
    """Seconds the program has been running."""
    pace: float | None = None
    """Optimizer steps a second while it runs."""
    ran: float | None = None
    """Seconds the last run took."""
    pane: str = ""
    """The pane that has the whole screen."""


def worker_pieces(status: Status) -> list[Piece]:
    """What the worker is doing, in words."""
    worker = status.worker
    if status.running is not None:
        pace = f", {status.pace:.0f} steps/s" if status.pace is not None and status.pace >= 1 else ""
        return [(f"running {status.running:.1f} s{pace}", "$accent")]
    match worker.phase:
        case "starting":
            return [("importing torch…", "$warning")]
        case "restarting":
            return [("worker restarting…", "$warning")]
        case "missing":
            return [("no torch", "bold $error")]
        case "failed":
            return [("worker failed", "bold $error")]
        case "ready":
            return _ready_pieces(status)
        case "off":
            return []


def _ready_pieces(status: Status) -> list[Piece]:
    ready = status.worker.ready
    pieces: list[Piece] = []
    if status.ran is not None:
        pieces.append((f"ran {_seconds(status.ran)}   ", "dim"))
    if ready is None:
        return pieces
    if missing := [layer for layer, how in ready.layers.items() if how != "on"]:
        pieces.append((f"sandbox without {', '.join(missing)}   ", "$warning"))
    pieces.append((" ".join(ready.devices), "dim"))
    return pieces


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s"


def dot_pieces(status: Status, glyphs: Glyphs) -> list[Piece]:
    """One sign per step; the step one is at stands out."""
    signs = {"done": glyphs.done, "assisted": glyphs.assisted, "todo": glyphs.todo}
    return [
        (signs[dot], "bold $accent" if index == status.step else "dim" if dot == "todo" else "$success")
        for index, dot in enumerate(status.dots, start=1)
    ]


def status_content(status: Status, width: int, glyphs: Glyphs) -> Content:
    """The whole line; in a narrow one the worker's remarks give way first."""
    left: list[Piece] = [(" ", "")]
    if status.track and width >= 60:
        left.append((f"{status.track}  ", "dim"))
    if status.step:
        left.append((f"{status.step}/{len(status.dots)}  ", "dim"))
    left.append((status.title, "bold"))
    if status.pane:
        left.append((f"   {status.pane}", "bold $accent"))
    worker = worker_pieces(status)
    dots = dot_pieces(status, glyphs)
    right = [*dots, ("   ", ""), *worker, (" ", "")]
    if pieces_width(left) + pieces_width(right) > width and len(worker) > 1:
        right = [*dots, ("   ", ""), worker[-1], (" ", "")]
    if pieces_width(left) + pieces_width(right) > width:
        right = [*dots, (" ", "")]
    return one_line(left, right, width)


class StatusLine(Widget):
    """Shows a `Status`."""

    status: reactive[Status] = reactive(Status())

    def __init__(self, glyphs: Glyphs = UNICODE, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs

    def render(self) -> Content:
        """The line, as wide as the screen."""
        return status_content(self.status, self.size.width, self._glyphs)
