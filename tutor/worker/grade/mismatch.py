"""How a check says no: a sentence for the learner, or word that the lesson itself is broken."""

from __future__ import annotations


class Mismatch(Exception):
    """The answer is not what the check asks. `sentence` is for the learner, `case` says where in words."""

    def __init__(self, sentence: str, case: str = "", weight: float = 0.0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.case = case
        self.weight = weight
        """How big the case is: the smallest one that fails is shown."""


class BrokenCheck(Exception):
    """The lesson is at fault: its solution, cases or expression cannot be used."""


class Difference(Exception):
    """Two values differ: what was found and what was expected, as halves of a sentence."""

    def __init__(self, found: str, expected: str, path: str = "") -> None:
        super().__init__(f"{found}; expected {expected}")
        self.found = found
        self.expected = expected
        self.path = path
        """Where inside a collection, as `[0]` or `['loss']`."""
