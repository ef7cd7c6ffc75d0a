"""Checks that decide, by behaviour, whether an answer is right."""

from __future__ import annotations

from typing import Any

from .session import Emit, Grading


def open_grading(payload: dict[str, Any], seed: int, emit: Emit) -> Grading:
    """Call before the learner's code: takes its references to torch, then `begin` and `decide` do the rest."""
    return Grading(payload, seed, emit)
