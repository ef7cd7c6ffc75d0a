"""A silent bug that was seen: a quiet remark under the line, with the evidence; never dressed as an error."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from tutor.events import Insight
from tutor.renderables.charset import Charset
from tutor.renderables.literal import literal, stack, wrapped
from tutor.renderables.numbers import number_text


def insight_note(insight: Insight, width: int, charset: Charset) -> Text:
    """The remark alone, to stand under its line of code: opened by a corner, wrapped."""
    corner = f"{charset.glyphs.under} "
    lines = wrapped(insight.message or insight.code, max(12, width - 2), charset)
    drawn = [Text(corner + lines[0], style=charset.style("warning"), no_wrap=True)]
    drawn.extend(Text(f"  {line}", style=charset.style("warning"), no_wrap=True) for line in lines[1:])
    return stack(drawn)


def insight_card(insight: Insight, width: int, charset: Charset) -> Text:
    """The remark with its line number and the numbers it rests on."""
    where = f"line {insight.line}  " if insight.line is not None else ""
    lines = [
        Text(line, no_wrap=True)
        for line in wrapped(where + (insight.message or insight.code), width, charset)
    ]
    lines[0].stylize(charset.style("warning"), 0, len(where))
    evidence = evidence_text(insight.evidence)
    if evidence:
        lines.extend(
            Text(f"  {line}", style=charset.style("muted")) for line in wrapped(evidence, width - 2, charset)
        )
    return stack(lines)


def insight_in_words(insight: Insight) -> str:
    """One sentence with its line, then the evidence."""
    where = f"Line {insight.line}: " if insight.line is not None else ""
    evidence = evidence_text(insight.evidence)
    return f"{where}{insight.message or insight.code}" + (f" Seen: {evidence}." if evidence else "")


def evidence_text(evidence: Mapping[str, object]) -> str:
    """`gradient before 0.31, gradient after 0.62`."""
    return ", ".join(
        f"{name.replace('_', ' ')} {_item(item)}" for name, item in evidence.items() if item is not None
    )


def _item(item: object) -> str:
    if isinstance(item, bool):
        return "yes" if item else "no"
    if isinstance(item, float):
        return number_text(item)
    if isinstance(item, (list, tuple)):
        if item and all(isinstance(one, int) and not isinstance(one, bool) for one in item):
            return f"({', '.join(map(str, item))})"
        return ", ".join(_item(one) for one in item[:6]) + (", …" if len(item) > 6 else "")
    return literal(str(item), Charset(color=False))
