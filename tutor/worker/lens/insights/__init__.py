"""Silent bugs: programs that run and learn nothing, or the wrong thing. A false alarm is worse than a miss."""

from __future__ import annotations

from .insights import Insights

__all__ = ["Insights"]
