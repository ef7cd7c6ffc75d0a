"""Cases: the names a check's expression is evaluated with. Dealing the same round twice gives equal, separate copies."""

from __future__ import annotations

import ast
import math
from typing import Any

import torch

from .draw import Draw
from .mismatch import BrokenCheck

TIMES = 8


class Case:
    """One drawn case."""

    def __init__(self, names: dict[str, Any], draw: Draw) -> None:
        self.names = names
        self.draw = draw

    @property
    def seed(self) -> int:
        """Seeds every generator before an expression is evaluated on this case."""
        return self.draw.seed

    def tensors(self) -> dict[str, torch.Tensor]:
        """The tensors among the names."""
        return {name: value for name, value in self.names.items() if isinstance(value, torch.Tensor)}

    def weight(self) -> float:
        """How much there is to read in this case."""
        total = 0.0
        for value in self.names.values():
            if isinstance(value, torch.Tensor):
                total += value.numel() + (0 if value.is_contiguous() else 1) + value.dim()
            elif isinstance(value, (int, float)) and math.isfinite(value):
                total += min(abs(value), 1000.0) / 10
        return total


class Deck:
    """Deals the cases of one check, by round."""

    def __init__(self, snippet: str, seed: int, times: int) -> None:
        self._code = compile(snippet, "<cases>", "exec") if snippet.strip() else None
        self._seed = seed
        self.rounds = times if self._code else 1

    def deal(self, round: int, stretch: int = 1) -> Case:
        """The case of that round; `stretch` makes all sizes so many times larger."""
        draw = Draw(round, self._seed * 1_000_003 + round * 7_919, stretch)
        names: dict[str, Any] = {"draw": draw, "torch": torch, "math": math}
        if self._code is not None:
            given = set(names) | {"__builtins__"}
            try:
                exec(self._code, names)
            except Exception as error:
                raise BrokenCheck(f"the cases of this step raise {type(error).__name__}: {error}") from error
            names = {name: value for name, value in names.items() if name not in given}
        else:
            names = {}
        return Case(names, draw)


def names_in(expression: str) -> set[str]:
    """The names an expression mentions."""
    try:
        tree = ast.parse(expression)
    except SyntaxError:
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
