"""Draws the sizes and values of one case, going through the adversaries round by round."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, TypeVar

import torch

T = TypeVar("T")
Whole = int  # `Draw.int` hides the builtin inside the class

PLAIN, SIZE_ONE, BATCH_OF_ONE, SQUARE, STRIDED, FLOAT64, REQUIRES_GRAD = range(7)


class Draw:
    """What a `cases` snippet calls. The same round and seed always draw the same case."""

    def __init__(self, round: int, seed: int, stretch: int = 1) -> None:
        self.round = round
        self.seed = seed % (2**31)
        self._stretch = stretch
        self._random = random.Random(seed)
        self._generator = torch.Generator().manual_seed(self.seed)
        self._sizes: dict[str, int] = {}
        self._square = self._random.randint(3, 5)
        pool = [2, 3, 4, 5, 6, 7]
        if round == PLAIN:
            pool = [2, 3, 4]
        self._random.shuffle(pool)
        self._pool = pool + list(range(8, 40))

    def size(self, name: str = "") -> int:
        """A size; distinct from the others drawn, except in the square and size-1 rounds."""
        key = name or f"size {len(self._sizes)}"
        if key not in self._sizes:
            self._sizes[key] = self._fresh_size(len(self._sizes)) * self._stretch
        return self._sizes[key]

    def _fresh_size(self, place: Whole) -> Whole:
        if self.round == SQUARE:
            return self._square
        if (self.round == SIZE_ONE and place == 1) or (self.round == BATCH_OF_ONE and place == 0):
            return 1
        if self.round > REQUIRES_GRAD and self._random.random() < 0.1:
            return 1
        return self._pool.pop(0)

    def int(self, low: Whole, high: Whole) -> Whole:
        """An int in low…high; both ends come up."""
        if self._stretch > 1 or self.round == SQUARE:
            return high
        return low if self.round == SIZE_ONE else self._random.randint(low, high)

    def number(self, low: float, high: float) -> float:
        """A float in low…high, short enough to read."""
        return round(self._random.uniform(low, high), 2)

    def choice(self, options: Sequence[T]) -> T:
        """One of the options."""
        return self._random.choice(options)

    def tensor(
        self,
        *sizes: Any,
        low: float | None = None,
        high: float | None = None,
        grad: bool | None = None,
        dtype: torch.dtype | None = None,
    ) -> torch.Tensor:
        """A float tensor in the round's dtype, layout and `requires_grad`, unless these are given."""
        shape = _shape(sizes)
        kind = dtype or (torch.float64 if self.round == FLOAT64 else torch.float32)
        if low is None and high is None:
            values = torch.randn(shape, generator=self._generator, dtype=torch.float64)
        else:
            start, end = (0.0 if low is None else low), (1.0 if high is None else high)
            values = start + (end - start) * torch.rand(shape, generator=self._generator, dtype=torch.float64)
        tensor = self._laid_out(values.to(kind))
        wanted = self.round == REQUIRES_GRAD if grad is None else grad
        return tensor.requires_grad_() if wanted and kind.is_floating_point else tensor

    def ints(self, *sizes: Any, below: Whole = 10) -> torch.Tensor:
        """int64 in 0…below-1."""
        return self._laid_out(torch.randint(0, below, _shape(sizes), generator=self._generator))

    def mask(self, *sizes: Any) -> torch.Tensor:
        """A bool tensor with both values in it where there is room."""
        mask = torch.rand(_shape(sizes), generator=self._generator) < 0.5
        if mask.numel() > 1 and bool(mask.all() | (~mask).all()):
            mask.view(-1)[self._random.randrange(mask.numel())] ^= True
        return self._laid_out(mask)

    def _laid_out(self, values: torch.Tensor) -> torch.Tensor:
        """The same values, in the strided round not contiguous."""
        if self.round != STRIDED or values.dim() == 0:
            return values
        if values.dim() == 1:
            return torch.stack([values, values], 1)[:, 0]
        return values.transpose(-1, -2).contiguous().transpose(-1, -2)


def _shape(sizes: tuple[Any, ...]) -> tuple[Whole, ...]:
    if len(sizes) == 1 and not isinstance(sizes[0], int):
        return tuple(sizes[0])
    return tuple(sizes)
