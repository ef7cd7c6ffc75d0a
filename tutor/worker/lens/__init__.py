"""The lens: what a program did, beside the line that did it, without changing what the program does."""

from __future__ import annotations

from typing import Any, Callable, Protocol

from .errors import error_event
from .lens import Lens
from .probes import prepare

__all__ = ["Emit", "OpenLens", "error_event", "open_lens", "prepare"]

Emit = Callable[[str, dict[str, Any]], None]


class OpenLens(Protocol):
    """A program made ready to be watched."""

    code: Any

    def begin(self, namespace: dict[str, Any]) -> None:
        """Put hooks in place and start ticking."""
        ...

    def finish(self, error: BaseException | None) -> None:
        """Send what is left and put everything back."""
        ...


def open_lens(source: str, filename: str, emit: Emit) -> OpenLens:
    """Rewrite and compile a program; raises `SyntaxError` just as `compile` does."""
    return Lens(source, filename, emit)
