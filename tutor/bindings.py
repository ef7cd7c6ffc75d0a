"""Makes Textual's bindings of the table of commands: keys win over whatever has the focus, letters never do."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tutor.commands import COMMANDS, Command


def _bindings_of(entry: Command) -> list[BindingType]:
    found: list[BindingType] = []
    if entry.keys:
        found.append(
            Binding(",".join(entry.keys), entry.id, entry.label, show=False, priority=True, id=entry.id)
        )
    if entry.letters:
        found.append(Binding(",".join(entry.letters), entry.id, entry.label, show=False))
    return found


def workspace_bindings() -> list[BindingType]:
    """Keys of a lesson's screen."""
    return [binding for entry in COMMANDS if not entry.global_ for binding in _bindings_of(entry)]


def global_bindings() -> list[BindingType]:
    """Keys that work on every screen."""
    return [binding for entry in COMMANDS if entry.global_ for binding in _bindings_of(entry)]
