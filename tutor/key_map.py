"""The learner's own keys: `keys.yaml` beside the record, a command's name to the keys it is to have."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tutor.commands import Command

FILE = "keys.yaml"

_NEVER = {
    "ctrl+h": "Backspace", "ctrl+i": "Tab", "ctrl+m": "Enter", "ctrl+j": "Enter on some terminals",
    "ctrl+b": "tmux's own prefix",
}  # fmt: skip
_NAMES = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
    "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip
_SENT = re.compile(
    r"ctrl\+(?:[a-z]|@|slash|underscore|backslash|right_square_bracket|up|down|left|right|home|end)|f(?:[1-9]|1[0-2])"
)
_SEVERAL = {"ctrl+space": ("ctrl+@", "ctrl+space"), "ctrl+slash": ("ctrl+underscore", "ctrl+slash")}


@dataclass(frozen=True, slots=True)
class KeyMap:
    """What a file of keys says."""

    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A command's id to its keys and letters."""
    faults: tuple[str, ...] = ()
    """What could not be understood, a sentence each, with file and line."""


def is_letter(key: str) -> bool:
    """Whether the key types something, and so acts only after Esc."""
    return "+" not in key and not re.fullmatch(r"f\d+", key)


def key_of(written: str) -> tuple[str, ...]:
    """The keys one means, as Textual names them. Raises `ValueError` with the reason, for those not every terminal sends."""
    text = written.strip()
    if len(text) == 1:
        return (text if text.isalnum() else _named(text),)
    key = text.lower()
    head, _, last = key.rpartition("+")
    if head == "ctrl" and len(last) == 1 and not last.isalnum() and last != "@":
        key = f"ctrl+{_named(last)}"
    if key in _NEVER:
        raise ValueError(f"the terminal sends {written} as {_NEVER[key]}")
    if key in _SEVERAL:
        return _SEVERAL[key]
    if not _SENT.fullmatch(key):
        raise ValueError(
            f"not every terminal sends {written}: expected ctrl+letter, f1 to f12, or a single letter"
        )
    return (key,)


def _named(character: str) -> str:
    name = re.sub(r"\W", "_", unicodedata.name(character, "").lower())
    return _NAMES.get(name, name)


def read_keys(path: Path, table: Sequence[Command]) -> KeyMap:
    """The file's keys; an empty map where there is no file."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return KeyMap()
    except (OSError, ValueError) as error:
        return KeyMap(faults=(f"{path} could not be read: {error}.",))
    import yaml  # deferred: hardly anyone has such a file

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 1
        return KeyMap(faults=(f"{path}:{line}: {error.problem}; expected lines like `run: [ctrl+r, f5]`.",))
    if root is None:
        return KeyMap()
    if not isinstance(root, yaml.MappingNode):
        return KeyMap(faults=(f"{path}:1: found no commands; expected lines like `run: [ctrl+r, f5]`.",))
    written: list[tuple[int, str, list[str] | None]] = []
    for name, value in root.value:
        nodes = value.value if isinstance(value, yaml.SequenceNode) else [value]
        plain = all(isinstance(node, yaml.ScalarNode) for node in nodes)
        keys = [str(node.value) for node in nodes if str(node.value)] if plain else None
        written.append((name.start_mark.line + 1, str(name.value), keys))
    return _understood(path, written, table)


def _understood(
    path: Path, written: Sequence[tuple[int, str, list[str] | None]], table: Sequence[Command]
) -> KeyMap:
    known = {entry.label.replace(" ", "_"): entry.id for entry in table}
    known |= {entry.name: entry.id for entry in table}
    found: dict[str, tuple[str, ...]] = {}
    taken: dict[str, str] = {}
    faults: list[str] = []
    for line, name, listed in written:
        keys: list[str] = []
        for fault in _faults_of(name, listed, known, found, taken, keys):
            faults.append(f"{path}:{line}: {fault}" + ("" if fault.endswith("?") else "."))
        if name in known and listed is not None and (keys or not listed):
            found[known[name]] = tuple(keys)
            taken.update(dict.fromkeys(keys, name))
    return KeyMap(found, tuple(faults))


def _faults_of(
    name: str,
    listed: list[str] | None,
    known: Mapping[str, str],
    found: Mapping[str, object],
    taken: Mapping[str, str],
    keys: list[str],
) -> Iterator[str]:
    """What is wrong with one line; its good keys are added to `keys`."""
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        yield f"there is no command `{name}`" + (
            f"; did you mean `{near[0]}`?" if near else ", see the help screen for names"
        )
    elif known[name] in found:
        yield f"`{name}` has its keys already, in a line above"
    elif listed is None:
        yield f"`{name}` has something other than keys; expected `{name}: [ctrl+r, f5]`"
    else:
        for each in listed:
            try:
                meant = key_of(each)
            except ValueError as error:
                yield str(error)
                continue
            if other := next((taken[key] for key in meant if key in taken), ""):
                yield f"{each} is `{other}` already, in a line above"
            else:
                keys += meant


def with_keys(table: Sequence[Command], keys: Mapping[str, tuple[str, ...]]) -> tuple[Command, ...]:
    """The table with the learner's keys; a key they gave to one command is taken from every other.

    Keys stand in for keys and letters for letters: who names only `ctrl+y` keeps the letter.
    """
    given = {key for listed in keys.values() for key in listed}
    new: list[Command] = []
    for entry in table:
        mine = keys.get(entry.id)
        own = tuple(key for key in mine or () if not is_letter(key))
        letters = tuple(key for key in mine or () if is_letter(key))
        kept = tuple(key for key in entry.keys if key not in given)
        kept_letters = tuple(key for key in entry.letters if key not in given)
        emptied = mine == ()
        new.append(
            replace(
                entry,
                keys=own or (() if emptied else kept),
                letters=letters or (() if emptied else kept_letters),
            )
        )
    return tuple(new)
