"""Confinement of a run, applied by the run to itself right after the fork; each layer has a module of its own."""

from __future__ import annotations

from .layers import Confinement, probe
from .order import apply

__all__ = ["Confinement", "apply", "probe"]
