"""Reading the `names` event: what the last run said a path of the program stood for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tutor.runner.answer import Candidate


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the event."""

    path: str
    address: str = ""
    """The dotted name the worker has it under; empty for what only the program had."""
    instance: bool = False
    """True: the address is that of its class."""
    kind: str = "value"
    signature: str = ""
    doc: str = ""


def written(steps: Sequence[str]) -> str:
    """Steps as the event's paths have them: `layers[0].weight`."""
    return "".join(step if step[0] in "([" or not index else "." + step for index, step in enumerate(steps))


def told_of(path: str, names: Mapping[str, str]) -> Told | None:
    """The entry of a path."""
    words = names.get(path)
    if words is None:
        return None
    if words.startswith("= "):
        return Told(path, words[2:], kind="function" if words[2:].rpartition(".")[2].islower() else "class")
    kind, _, rest = words.partition(" ")
    if kind in ("def", "class"):
        shape, _, doc = rest.partition("\n")
        name = path.rpartition(".")[2]
        return Told(path, kind="function" if kind == "def" else "class", signature=name + shape, doc=doc)
    return Told(path, "" if words == "object" else words, instance=True)


def told_below(path: str, names: Mapping[str, str]) -> list[Candidate]:
    """The attributes told of a path; of everything when the path is empty."""
    start = path + "." if path else ""
    found = []
    for name in names:
        rest = name[len(start) :]
        if name.startswith(start) and rest.isidentifier():
            told = told_of(name, names)
            found.append(Candidate(rest, told.kind if told else ""))
    return found
