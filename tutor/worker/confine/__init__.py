"""Confinement of a run, applied by the run to itself right after the fork."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..program import Program


@dataclass(frozen=True)
class Confinement:
    """Which layers hold here: found out once, by doing."""

    layers: dict[str, str] = field(default_factory=dict)


def probe() -> Confinement:
    """Try every layer in a process of its own."""
    return Confinement()


def apply(confinement: Confinement, program: Program, folder: str) -> None:
    """Confine the calling process, for good."""
