from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tutor.worker.graphics import cap_when_started


@dataclass
class Card:
    total_memory: int


@dataclass
class Cuda:
    """Cards, and what is to be done once they are started."""

    cards: list[Card]
    waiting: list[Callable[[], None]] = field(default_factory=list)
    fractions: dict[int, float] = field(default_factory=dict)

    def _lazy_call(self, function: Callable[[], None]) -> None:
        self.waiting.append(function)

    def device_count(self) -> int:
        return len(self.cards)

    def get_device_properties(self, index: int) -> Card:
        return self.cards[index]

    def set_per_process_memory_fraction(self, fraction: float, index: int) -> None:
        self.fractions[index] = fraction


def test_each_card_is_capped_when_the_program_starts_cuda_and_not_before() -> None:
    cuda = Cuda([Card(16 << 30), Card(4 << 30)])
    cap_when_started(cuda, 8192)
    assert cuda.fractions == {}
    (start,) = cuda.waiting
    start()
    assert cuda.fractions == {0: 0.5, 1: 1.0}


def test_a_torch_that_keeps_no_such_list_is_left_alone() -> None:
    cap_when_started(object(), 8192)
