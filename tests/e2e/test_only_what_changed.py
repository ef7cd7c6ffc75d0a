from __future__ import annotations

from pathlib import Path

from tests.e2e.conftest import Opener
from tests.e2e.terminal import Terminal

CHARACTER = 200
"""Bytes one typed character may cost."""


def ready(open_tutor: Opener, *arguments: str) -> Terminal:
    terminal = open_tutor("first-steps/make", *arguments)
    terminal.wait("row = torch.arange(6.0)")
    terminal.wait("Make table")
    terminal.wait(" cpu")
    terminal.press_until("down", lambda line: line.endswith(" 4") or line == "4", "line 4")
    return terminal


def walk(terminal: Terminal) -> list[list[tuple[object, ...]]]:
    """The same keys in every terminal, and what each cell looks like in the end."""
    for key in ("x", " ", "=", " ", "(", "enter", "1", "up", "up", "ctrl+l", "ctrl+l", "ctrl+g"):
        terminal.press(key)
        terminal.settle()
    terminal.press("escape")
    terminal.wait("i type")
    for key, words in (("?", "Run the code and see what each line did."), ("escape", "Make table")):
        terminal.press(key)
        terminal.wait(words)
        terminal.settle()
    terminal.wait("saved")
    terminal.settle(1.5)
    return [
        [
            (cell.data, cell.fg, cell.bg, cell.bold, cell.underscore, cell.reverse)
            for cell in (row[column] for column in range(terminal.screen.columns))
        ]
        for row in (terminal.screen.buffer[number] for number in range(terminal.screen.lines))
    ]


def test_sending_only_what_changed_and_sending_everything_end_in_the_same_picture(
    open_tutor: Opener, tmp_path: Path
) -> None:
    with ready(open_tutor, "--full-redraw") as everything:
        whole = walk(everything)
    with ready(open_tutor, "--data-dir", str(tmp_path / "another")) as changes:
        assert walk(changes) == whole
        assert changes.received < everything.received / 3


def test_one_typed_character_costs_a_few_bytes(open_tutor: Opener) -> None:
    with ready(open_tutor) as terminal:
        terminal.press("x")
        terminal.settle(2.0)
        before = terminal.received
        terminal.press("y")
        terminal.settle(0.3)
        assert 0 < terminal.received - before <= CHARACTER
