"""What can be typed at a step: one table of letters, names and explanations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tutor.lesson.model import Choice, Code, Explain, Order, Predict, Run, Step, Tune

Applies = Callable[[Step, bool], bool]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a learner can ask for."""

    letter: str
    name: str
    label: str
    """As it stands in the prompt; empty: only the help names it."""
    help: str
    applies: Applies
    """Told the step, and whether its question still waits for an answer."""


def _always(step: Step, asking: bool) -> bool:
    return True


def _runs(step: Step, asking: bool) -> bool:
    match step:
        case Explain(code=code) | Choice(code=code):
            return bool(code.strip())
        case Predict():
            return not asking
        case _:
            return True


def _graded(step: Step, asking: bool) -> bool:
    return isinstance(step, Code | Order | Tune)


def _helped(step: Step, asking: bool) -> bool:
    return _graded(step, asking) or (isinstance(step, Predict) and asking)


def _edited(step: Step, asking: bool) -> bool:
    return isinstance(step, Run | Code | Order | Tune) or (isinstance(step, Explain) and _runs(step, asking))


COMMANDS = (
    Command("r", "run", "[r]un", "runs the code and says what it did", _runs),
    Command("c", "check", "[c]heck", "has your answer graded", _graded),
    Command("h", "hint", "[h]int", "helps, a little more each time", _helped),
    Command("n", "next", "[n]ext", "goes to the next step", _always),
    Command("p", "previous", "[p]revious", "goes back a step", _always),
    Command("e", "edit", "[e]dit", "changes the code; e and a file's name reads that file", _edited),
    Command("s", "solution", "[s]how solution", "shows our answer; the step counts as helped", _helped),
    Command("l", "list", "[l]ist", "lists the steps of the lesson", _always),
    Command("q", "quit", "[q]uit", "leaves; everything is kept", _always),
    Command("a", "again", "", "says the step again, with your code", _always),
    Command("g", "go", "", "and a number goes to that step", _always),
    Command("w", "what", "", "and a line's number says more about what the last run did there", _runs),
    Command("x", "start over", "", "puts the step's own code back", _edited),
    Command("?", "help", "", "says all this", _always),
)


def _offered(step: Step, asking: bool) -> Iterator[Command]:
    return (command for command in COMMANDS if command.applies(step, asking))


def commands_for(step: Step, asking: bool) -> dict[str, str]:
    """What each letter means at a step."""
    return {command.letter: command.name for command in _offered(step, asking)}


def prompt_for(step: Step, asking: bool) -> str:
    """`[r]un, [c]heck, … [q]uit:`, only what applies."""
    labels = ", ".join(command.label for command in _offered(step, asking) if command.label)
    return f"Answer, or {labels}:" if asking else f"{labels}:"


def help_text(step: Step, asking: bool) -> str:
    """Every letter with what it does."""
    return "\n".join(f"{command.letter} {command.help}." for command in _offered(step, asking))
