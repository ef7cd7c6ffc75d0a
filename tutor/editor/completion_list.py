"""The names that could stand at the cursor, in a list that never has the focus: the editor moves in it and takes from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

SHOWN = 200
"""Names in the list; whoever needs one beyond types a letter more."""
ROWS = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """One name that could stand there."""

    name: str
    kind: str = ""


def popup_offset(cursor: Offset, inside: Region, screen: Size, width: int, rows: int) -> Offset:
    """Where a popup of that size stands: within its pane if it fits there, below the cursor or above it, never over its line."""
    below = cursor.y + 1 + rows <= screen.height - 1 or cursor.y < rows
    rightmost = max(inside.x, inside.right - width)
    column = max(0, min(cursor.x, rightmost, screen.width - width))
    return Offset(column, cursor.y + 1 if below else cursor.y - rows)


class CompletionList(OptionList, can_focus=False):
    """Shows what is on offer for the word that begins at `word_start`."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False, compact=True)
        self.word_start = (0, 0)
        self._names: list[str] = []
        self._explicit = False

    @property
    def open(self) -> bool:
        """Whether there is something on offer."""
        return bool(self.display)

    def offer(
        self,
        offers: Sequence[Offer],
        word_start: tuple[int, int],
        typed: str,
        cursor: Offset,
        *,
        explicit: bool,
    ) -> None:
        """Show the list at a place of the screen; an empty one, or one of what stands there already, closes it."""
        offers = offers[:SHOWN]
        if not offers or [one.name for one in offers] == [typed]:
            self.close()
            return
        self.word_start, self._explicit = word_start, explicit
        self._names = [one.name for one in offers]
        widest = max(len(one.name) for one in offers)
        self.set_options(
            Option(
                Content.assemble(
                    (one.name[: len(typed)], "bold"), f"{one.name[len(typed) :]:<{widest - len(typed)}}",
                    (f"  {one.kind:<8}", "dim"),
                )
            )
            for one in offers
        )  # fmt: skip
        self.highlighted = 0
        word = Offset(cursor.x - len(typed) - 1, cursor.y)
        rows = min(ROWS, len(offers))
        # As soon as the list scrolls, its bar takes a cell.
        width = widest + 13
        self.styles.width, self.styles.height = width, rows
        inside = self.parent.region if isinstance(self.parent, Widget) else self.screen.region
        self.absolute_offset = popup_offset(word, inside, self.screen.size, width, rows)
        self.display = True

    @property
    def name_at(self) -> str:
        """The name that is highlighted; empty when the list is closed."""
        return self._names[self.highlighted] if self.open and self.highlighted is not None else ""

    def move(self, rows: int) -> None:
        """Highlight another one; the ends meet."""
        at = (self.highlighted or 0) + rows
        if abs(rows) > 1:
            at = min(max(at, 0), len(self._names) - 1)
        self.highlighted = at % len(self._names)

    def chosen(self, typed: str, *, key: str) -> str | None:
        """The name a key takes; None where the key is better left its own meaning.

        Enter after a whole word breaks the line: only who asked for the list, or moved in it, means the list.
        """
        name = self.name_at
        if not name or not name.casefold().startswith(typed.casefold()):
            return None
        moved = self.highlighted != 0 or self._explicit
        whole = typed in self._names
        return None if key == "enter" and whole and not moved else name

    def close(self) -> None:
        """Offer nothing."""
        self.display = False
