"""The line at the bottom: the keys that matter now, and whether the work is saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tutor.commands import command, in_force, shown_key
from tutor.panes.one_line import Piece, one_line, pieces_width

Saved = Literal["", "saved", "unsaved", "not saved"]


@dataclass(frozen=True, slots=True)
class Hints:
    """What decides which keys are shown."""

    typing: bool = True
    """False after Esc: single letters act."""
    running: bool = False
    saved: Saved = ""
    remark: str = ""
    """Stands in the place of `saved` when there is something more important to say."""
    only: tuple[tuple[str, str], ...] = ()
    """Keys and labels of a screen that has its own."""


def hint_pieces(hints: Hints) -> list[tuple[str, str]]:
    """Keys and their labels, most useful first."""
    if hints.only:
        return list(hints.only)
    shown = [entry for entry in in_force() if entry.hinted]
    if hints.running:
        shown = [command("stop"), *(entry for entry in shown if entry.id != "run")]
    if hints.typing:
        return [(shown_key(entry.keys[0]), entry.label) for entry in shown if entry.keys]
    letters = [(shown_key(entry.letters[0]), entry.label) for entry in shown if entry.letters]
    return [("i", "type"), *letters]


def hint_content(hints: Hints, width: int) -> Content:
    """As many hints as there is room for beside the remark at the right."""
    right: list[Piece] = [(f"{hints.remark}   ", "$accent")] if hints.remark else []
    if not hints.only:
        # Always as wide, so that nothing else moves when it comes and goes.
        right.append((f"{hints.saved:>5}", "bold $warning" if hints.saved == "not saved" else "dim"))
    right.append((" ", ""))
    left: list[Piece] = [(" ", "")]
    for key, label in hint_pieces(hints):
        gap = "   " if len(left) > 1 else ""
        added: list[Piece] = [(gap + key, "bold"), (f" {label}", "dim")]
        if pieces_width([*left, *added, *right]) >= width:
            break
        left.extend(added)
    return one_line(left, right, width)


class HintBar(Widget):
    """Shows `Hints`."""

    hints: reactive[Hints] = reactive(Hints())

    def render(self) -> Content:
        """The line, as wide as the screen."""
        return hint_content(self.hints, self.size.width)
