"""Silent bugs: programs that run and learn nothing, or the wrong thing. A false alarm is worse than a miss."""

from __future__ import annotations

from .insights import Insights
from .watch import STEPS_WATCHED

__all__ = ["STEPS_WATCHED", "Insights"]
