"""What the editor may ask about the text before its cursor, and what it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

About = Literal["complete", "signature", "doc"]
"""Names that could stand here; how the call around the cursor is made; what the word under the cursor is."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One name that could stand at the cursor."""

    name: str
    kind: str = ""
    """`module`, `class`, `function`, `value`, `keyword`; empty where it is not known."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known; everything empty when nothing is."""

    about: About
    candidates: tuple[Candidate, ...] = ()
    """For `complete`, best first."""
    replaces: int = 0
    """How many characters before the cursor an accepted candidate stands in for."""
    subject: str = ""
    """What was asked about, as written: `torch`, `nn.Linear`."""
    signature: str = ""
    """`Linear(in_features: int, …)`: one line."""
    parameters: tuple[str, ...] = ()
    """The signature's, one by one, as they stand in it."""
    active: int | None = None
    """Which of them the cursor is at; None where that cannot be told."""
    doc: str = ""
    """The docstring, whole but for very long ones; its first paragraph is what a popup has room for."""

    @property
    def known(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.candidates or self.signature or self.doc)
