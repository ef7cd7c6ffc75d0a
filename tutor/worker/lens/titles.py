"""What a curve is called: the expression whose `backward()` is called, with its line where two lines look alike."""

from __future__ import annotations

import ast
from collections import Counter

LONGEST = 40


def series_titles(tree: ast.Module) -> dict[int | None, str]:
    """From the line of a `backward` call to the name of its curve."""
    found: dict[int | None, str] = {}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("backward", "grad")
        ):
            subject = node.func.value
            if isinstance(subject, ast.Attribute) and subject.attr == "autograd" and node.args:
                subject = node.args[0]
            found.setdefault(node.lineno, _title(subject))
    alike = Counter(found.values())
    return {line: f"{title} (line {line})" if alike[title] > 1 else title for line, title in found.items()}


def _title(subject: ast.expr) -> str:
    while isinstance(subject, ast.Call) and isinstance(subject.func, ast.Attribute):
        scaled = subject.func.attr == "scale" and subject.args
        subject = subject.args[0] if scaled else subject.func.value
    text = ast.unparse(subject)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
