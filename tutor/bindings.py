"""Makes Textual's bindings of the table of commands: keys win over whatever has the focus, letters never do."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tutor.commands import COMMANDS, Command, in_force

LETTERS = ".letters"
"""Behind a command's id: names the binding of its letters."""


def _bindings_of(entry: Command) -> list[BindingType]:
    found: list[BindingType] = []
    if not entry.editing:
        keys = _listed(entry.keys, entry)
        found.append(Binding(keys, entry.id, entry.label, show=False, priority=True, id=entry.id))
    letters = _listed(entry.letters, entry)
    found.append(Binding(letters, entry.id, entry.label, show=False, id=entry.id + LETTERS))
    return found


def _listed(keys: tuple[str, ...], entry: Command) -> str:
    # A binding without a key would have no place that a learner's own key could take.
    return ",".join(keys) or f"unbound.{entry.name}"


def own_keys() -> dict[str, str]:
    """What the learner's keys change, as Textual's keymap has it."""
    changed: dict[str, str] = {}
    for entry, now in zip(COMMANDS, in_force(), strict=True):
        if now.keys != entry.keys:
            changed[entry.id] = _listed(now.keys, entry)
        if now.letters != entry.letters:
            changed[entry.id + LETTERS] = _listed(now.letters, entry)
    return changed


def workspace_bindings() -> list[BindingType]:
    """Keys of a lesson's screen."""
    return [binding for entry in COMMANDS if not entry.global_ for binding in _bindings_of(entry)]


def global_bindings() -> list[BindingType]:
    """Keys that work on every screen."""
    return [binding for entry in COMMANDS if entry.global_ for binding in _bindings_of(entry)]


def editor_bindings() -> list[BindingType]:
    """Keys that work in the editor alone; the screen carries them out."""
    return [
        Binding(_listed(entry.keys, entry), f"screen.{entry.id}", entry.label, show=False, id=entry.id)
        for entry in COMMANDS
        if entry.editing
    ]
