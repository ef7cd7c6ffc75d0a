"""All that a check may look at: the learner's side, the solution's (made when first needed) and the cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Callable

from .cases import TIMES, Case, Deck
from .compare import Rule
from .mismatch import BrokenCheck, Mismatch
from .side import Judge, Side, described

CheckBody = dict[str, Any]


class Bench:
    """One step being graded."""

    def __init__(self, step: dict[str, Any], seed: int, judge: Judge) -> None:
        self.step = step
        self.seed = seed
        self.judge = judge
        self.learner = Side({})
        self._reference: Side | None = None
        self._decks: dict[tuple[str, int], Deck] = {}

    @property
    def watches(self) -> bool:
        """Does any check look at how the program trained?"""
        return any("behaviour" in check or "run." in check.get("python", "") for check in self.step["checks"])

    def reference(self) -> Side:
        """The solution, run under the same conditions as the learner's program."""
        if self._reference is None:
            side = self.judge.execute(self.step["solution"], self.watches, "solution")
            if side.error is not None:
                error = side.error
                raise BrokenCheck(f"the solution raises {type(error).__name__}: {error}")
            self._reference = side
        return self._reference

    def deck(self, check: CheckBody, default_times: int | None = None) -> Deck:
        """The cases of a check."""
        snippet = check.get("cases", self.step.get("cases", ""))
        times = int(check.get("times") or default_times or self.step.get("times", TIMES))
        if (snippet, times) not in self._decks:
            self._decks[(snippet, times)] = Deck(snippet, self.seed, times)
        return self._decks[(snippet, times)]

    def rule(self, check: CheckBody, exact: bool = False) -> Rule:
        """How closely values must agree; what is drawn afresh may be shown, fixed answers may not."""
        drawn = bool(check.get("cases", self.step.get("cases", "")).strip())
        return Rule(exact, check.get("rtol"), check.get("atol"), reveal=drawn)

    def each_case(self, check: CheckBody, expression: str, decide: Callable[[int], None]) -> None:
        """Decide every round; of those that fail the smallest case speaks."""
        deck = self.deck(check)
        failures: list[Mismatch] = []
        for round in range(deck.rounds):
            try:
                decide(round)
            except Mismatch as mismatch:
                case = deck.deal(round)
                failures.append(Mismatch(mismatch.sentence, described(case, expression), case.weight()))
        if failures:
            raise min(failures, key=lambda failure: failure.weight)

    def pairs(self, check: CheckBody, round: int) -> tuple[Case, Case]:
        """Two equal copies of one case: the learner's and the solution's."""
        deck = self.deck(check)
        return deck.deal(round), deck.deal(round)

    def rounds(self, check: CheckBody) -> Iterator[int]:
        """The numbers of the rounds of a check."""
        return iter(range(self.deck(check).rounds))


def listed(value: Any) -> list[str]:
    """A key that may hold one name or several, as a list."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)
