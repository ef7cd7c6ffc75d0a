"""Three right and three wrong answers, in different styles, for every check of the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import dedent


@dataclass(frozen=True)
class Entry:
    """One check with answers that must pass and answers that must not."""

    kind: str
    check: Mapping[str, object]
    solution: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    cases: str = ""
    says: tuple[str, ...] = ()
    """A part of the message for each wrong answer, where the wording matters."""
    more: Mapping[str, object] = field(default_factory=dict)

    def step(self) -> dict[str, object]:
        """The payload that the worker grades with."""
        check = {"id": "it", **self.check}
        return {
            "kind": "code",
            "solution": program(self.solution),
            "cases": self.cases,
            "checks": [check],
            **self.more,
        }


def program(text: str) -> str:
    """An answer of the table as a program: torch is imported for it."""
    return (
        "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n"
        + dedent(text).strip("\n")
        + "\n"
    )
