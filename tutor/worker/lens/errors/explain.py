"""Goes through the table of rules and lets the first that applies speak."""

from __future__ import annotations

import re

from .case import Case, Rule
from .rules import RULES

_COMPILED = [(re.compile(rule.pattern, re.DOTALL), rule) for rule in RULES]


def explain(case: Case) -> tuple[str, str, str]:
    """Rule, explanation and next step; three empty strings when no row applies."""
    names = [base.__name__ for base in type(case.place.error).__mro__]
    for pattern, rule in _COMPILED:
        if rule.type and rule.type not in names:
            continue
        match = pattern.search(case.message)
        if match is None:
            continue
        spoken = _speak(rule, case, match)
        if spoken is not None:
            return (rule.id, *spoken)
    return "", "", ""


def _speak(rule: Rule, case: Case, match: re.Match[str]) -> tuple[str, str] | None:
    case.match = match
    try:
        facts = rule.facts(case) if rule.facts is not None else {}
        if facts is None:
            return None
        words = {**match.groupdict(), **facts}
        return rule.say.format_map(words), rule.then.format_map(words)
    except Exception:  # facts missing in this frame: the next row may know
        return None
