"""The one table of commands: bindings, hint bar, palette and help screen all read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """Something the learner can ask for."""

    id: str
    """Names the action; `action_<id>` of the workspace carries it out."""
    label: str
    """One or two words."""
    help: str
    """One sentence."""
    keys: tuple[str, ...] = ()
    """Work everywhere, while typing too."""
    letters: tuple[str, ...] = ()
    """Work after Esc."""
    hinted: bool = False
    """Whether the hint bar has room for it."""
    global_: bool = False
    """Whether it works on every screen."""
    editing: bool = False
    """Whether its keys work in the editor alone, so that other texts keep theirs."""

    @property
    def name(self) -> str:
        """What it is called in a file of keys."""
        return self.label.replace(" ", "_") if "(" in self.id else self.id


COMMANDS: tuple[Command, ...] = (
    Command("run", "run", "Run the code and see what each line did.", ("ctrl+r", "f5"), ("r",), True),
    Command("check", "check", "Have the answer graded.", ("ctrl+t", "f8"), ("t",), True),
    Command("stop", "stop", "Stop the program that is running.", ("ctrl+c",), ("c",)),
    Command("next_step", "next", "Go to the next step.", ("ctrl+n",), ("n",), True),
    Command("previous_step", "previous", "Go back one step.", (), ("p",)),
    Command("next_pane", "pane", "Go to the next pane.", ("ctrl+o", "f6"), ("tab",), True),
    Command("show_pane('read')", "read", "Go to the explanation.", (), ("1",)),
    Command("show_pane('code')", "code", "Go to the code.", (), ("2",)),
    Command("show_pane('results')", "results", "Go to the results.", (), ("3",)),
    Command("next_view", "next view", "Show the next view of the results.", ("f2",), ("v",)),
    Command("zoom", "zoom", "Give the pane the whole screen, or take it back.", ("ctrl+l",), ("z",)),
    Command(
        "hint", "hint", "Show the next hint; after the last one, the solution.", ("ctrl+g",), ("h",), True
    ),
    Command("solution", "solution", "Show the solution; the step then counts as assisted."),
    Command("external_editor", "own editor", "Open the code in $VISUAL or $EDITOR.", ("f4",), ("e",)),
    Command(
        "watch_file",
        "watch a file",
        "Put the code in a file for another editor; each save runs it.",
        (),
        ("w",),
    ),
    Command("reset_step", "start over", "Put the step's own code back; the same again undoes it."),
    Command(
        "forget('step')", "forget this step", "Forget what you did at this step; it can be brought back."
    ),
    Command(
        "forget('lesson')",
        "forget this lesson",
        "Forget what you did in this lesson; it can be brought back.",
    ),
    Command(
        "forget('course')", "forget everything", "Forget all you did; it can be brought back until you leave."
    ),
    Command("bring_back", "bring back", "Bring back what was forgotten last."),
    Command("copy_output", "copy output", "Copy all that the program printed."),
    Command("write_output", "write output", "Write all that the program printed into a file."),
    Command("type", "type", "Go back to typing.", (), ("i", "enter")),
    Command("find", "find", "Find in the code; Tab goes on to replacing.", ("ctrl+f",), ("slash",)),
    Command(
        "complete",
        "complete",
        "Offer names for what is being typed; Tab takes one.",
        ("ctrl+@", "ctrl+space"),
        editing=True,
    ),
    Command("explain_word", "what is it", "Say what the word at the cursor is; F1 does so too.", (), ("K",)),
    Command("go_to_line", "go to line", "Go to a line by its number.", ("ctrl+backslash",), ("g",)),
    Command(
        "match_bracket",
        "bracket",
        "Jump to the bracket that belongs to this one.",
        ("ctrl+right_square_bracket",),
        ("percent_sign",),
        editing=True,
    ),
    Command("move_lines(-1)", "line up", "Move the lines up.", ("ctrl+up",), ("U",), editing=True),
    Command("move_lines(1)", "line down", "Move the lines down.", ("ctrl+down",), ("D",), editing=True),
    Command("indent", "indent", "Put the selected lines one level deeper.", (), ("greater_than_sign",)),
    Command("dedent", "dedent", "Take one level of indentation off.", (), ("less_than_sign",)),
    Command(
        "toggle_comment",
        "comment",
        "Comment the lines out, or in again.",
        ("ctrl+underscore", "ctrl+slash"),
        ("number_sign",),
        editing=True,
    ),
    Command("contents", "contents", "Show the course and all its lessons.", ("f3",), ("m",), True),
    Command("help", "help", "Show all keys.", ("f1",), ("question_mark",), True),
    Command("palette", "palette", "Find a command by its name.", ("ctrl+p", "f9"), ("colon",), False, True),
    Command("quit", "quit", "Save everything and leave.", ("ctrl+q",), ("q",), False, True),
)

_SHOWN = {
    "question_mark": "?", "colon": ":", "enter": "Enter", "tab": "Tab", "escape": "Esc",
    "up": "↑", "down": "↓", "left": "←", "right": "→", "space": "Space", "slash": "/", "underscore": "_",
    "backslash": "\\", "right_square_bracket": "]", "percent_sign": "%", "greater_than_sign": ">",
    "less_than_sign": "<", "number_sign": "#", "circumflex_accent": "^", "@": "Space",
}  # fmt: skip


def shown_key(key: str) -> str:
    """A key as the learner reads it: `^R`, `F5`, `?`."""
    if key.startswith("ctrl+"):
        bare = key.removeprefix("ctrl+")
        return "^" + _SHOWN.get(bare, bare.upper())
    if key[:1] == "f" and key[1:].isdigit():
        return key.upper()
    return _SHOWN.get(key, key)


def shown_keys(keys: Iterable[str]) -> str:
    """Several keys, as the help screen shows them."""
    return "  ".join(dict.fromkeys(shown_key(key) for key in keys))


_in_force: list[Command] = list(COMMANDS)


def in_force() -> tuple[Command, ...]:
    """The table with the learner's own keys, which the interface shows everywhere."""
    return tuple(_in_force)


def put_in_force(table: Iterable[Command]) -> None:
    """Let the learner's keys hold: once, before the interface is made."""
    _in_force[:] = table


def command(name: str) -> Command:
    """The command of that id."""
    return next(entry for entry in _in_force if entry.id == name)
