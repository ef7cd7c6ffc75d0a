"""Steps in which only numbers may change: whether anything else was touched."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

from tutor.lesson.tuning import tuned


def touched_line(code: str, now: str, given: Mapping[str, float]) -> int | None:
    """The first line, from 1, that differs in more than the given numbers; None when only they were changed."""
    before = tuned(code, given).rstrip().splitlines()
    after = tuned(now, given).rstrip().splitlines()
    for number, (old, new) in enumerate(zip_longest(before, after), start=1):
        if old is None or new is None or old.rstrip() != new.rstrip():
            return number
    return None
