"""The learner's exception: where exactly it happened, with which operands, and what to say about it."""

from __future__ import annotations

from .event import error_event, stopped_module

__all__ = ["error_event", "stopped_module"]
