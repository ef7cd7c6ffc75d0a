"""A step as plain builtins: what crosses to the worker for grading, and what its fingerprint is made from."""

from __future__ import annotations

import hashlib
import json
from typing import Any, cast

import msgspec

from tutor.lesson.model import Step


def step_payload(step: Step) -> dict[str, Any]:
    """The step under the names of the lesson file; keys left at their defaults are absent."""
    return cast(dict[str, Any], msgspec.to_builtins(step))


_GRADED = ("kind", "code", "ask", "of", "goal", "solution", "cases", "checks", "given", "question", "options")


def fingerprint(step: Step) -> str:
    """A short hash of what a pass depends on: changed prose leaves it alone, a changed task does not."""
    payload = step_payload(step)
    graded = {key: payload[key] for key in _GRADED if key in payload}
    text = json.dumps(graded, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
