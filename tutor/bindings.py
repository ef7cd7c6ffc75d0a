"""Makes Textual's bindings of the table of commands: keys win over whatever has the focus, letters never do."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tutor.commands import COMMANDS, Command

LETTERS = ".letters"
"""Behind a command's id: names the binding of its letters."""


def _bindings_of(entry: Command) -> list[BindingType]:
    found: list[BindingType] = []
    if not entry.editing:
        keys = ",".join(entry.keys) or f"unbound.{entry.id}"
        found.append(Binding(keys, entry.id, entry.label, show=False, priority=True, id=entry.id))
    letters = ",".join(entry.letters) or f"unbound.{entry.id}"
    found.append(Binding(letters, entry.id, entry.label, show=False, id=entry.id + LETTERS))
    return found


def workspace_bindings() -> list[BindingType]:
    """Keys of a lesson's screen."""
    return [binding for entry in COMMANDS if not entry.global_ for binding in _bindings_of(entry)]


def global_bindings() -> list[BindingType]:
    """Keys that work on every screen."""
    return [binding for entry in COMMANDS if entry.global_ for binding in _bindings_of(entry)]


def editor_bindings() -> list[BindingType]:
    """Keys that work in the editor alone; the screen carries them out."""
    return [
        Binding(",".join(entry.keys), f"screen.{entry.id}", entry.label, show=False, id=entry.id)
        for entry in COMMANDS
        if entry.editing
    ]
