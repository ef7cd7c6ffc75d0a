"""The note at the end of a line of code: what its names were bound to. Always opened by an arrow, so that it is never read as code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.text import Text

from tutor.events import Bound
from tutor.facts import TensorFacts
from tutor.renderables.charset import Charset
from tutor.renderables.facts_text import KEEP, Part, trouble_text, value_parts
from tutor.renderables.literal import clip, literal
from tutor.renderables.numbers import number_text, shape_text

NARROWEST = 6
"""Below this many cells there is no note."""


def notes_by_line(bounds: Iterable[Bound]) -> dict[int, tuple[Bound, ...]]:
    """The last event of every name, by the line it was bound on, in the order in which names first appeared."""
    last: dict[tuple[int, str, bool], Bound] = {}
    for bound in bounds:
        if bound.how != "asked":
            last[bound.line, bound.name, bound.how == "return"] = bound
    lines: dict[int, list[Bound]] = {}
    for bound in last.values():
        lines.setdefault(bound.line, []).append(bound)
    return {line: tuple(names) for line, names in sorted(lines.items())}


def line_note(bounds: Sequence[Bound], width: int, charset: Charset) -> Text:
    """One line's note in at most `width` cells; empty when there is nothing to say or no room to say it."""
    shown = [bound for bound in bounds if bound.value is not None]
    if not shown or width < NARROWEST:
        return Text()
    named = len(shown) > 1 or shown[0].how == "arg"
    groups = [_parts(bound, named, charset) for bound in shown]
    for turn in range(KEEP):
        text = _joined([_left_at(turn, group) for group in groups], charset)
        if cell_len(text.plain) <= width:
            return text
    return Text(clip(text.plain, width, charset), style=charset.style("muted"))


def note_in_words(bounds: Sequence[Bound]) -> str:
    """The same for the ear: `x is a tensor of shape (32, 10), float32, tracked for gradients; bound 200 times`."""
    return "; ".join(_sentence(bound) for bound in bounds if bound.value is not None)


def _parts(bound: Bound, named: bool, charset: Charset) -> list[Part]:
    parts: list[Part] = []
    if bound.how == "inplace":
        parts.append(Part(charset.glyphs.pencil))
    if bound.how == "return":
        parts.append(Part("returns"))
    elif named:
        parts.append(Part(literal(bound.name, charset), tone="plain"))
    if bound.value is not None:
        parts.extend(value_parts(bound.value, charset))
    if bound.seen > 1:
        parts.append(Part(f"{charset.glyphs.times}{bound.seen:,}", 4))
    return parts


def _left_at(turn: int, group: Sequence[Part]) -> list[Part]:
    """The parts still there at a turn, or what stands in for them."""
    present = [part if part.turn > turn else part.instead for part in group]
    return [part for part in present if part is not None and part.turn > turn]


def _joined(groups: list[list[Part]], charset: Charset) -> Text:
    text = Text(charset.glyphs.arrow, style="", no_wrap=True)
    text.stylize(charset.style("muted"))
    for index, group in enumerate(groups):
        if index:
            text.append(",", style=charset.style("muted"))
        for part in group:
            text.append(" ")
            text.append(part.text, style=charset.style(part.tone))
    return text


def _sentence(bound: Bound) -> str:
    plain = Charset(color=False)
    value = bound.value
    verb = "changed in place, " if bound.how == "inplace" else ""
    subject = "the result" if bound.how == "return" else literal(bound.name, plain)
    if isinstance(value, TensorFacts):
        words = _tensor_words(value)
    else:
        words = " ".join(part.text for part in value_parts(value, plain)) if value is not None else ""
    times = f", bound {bound.seen:,} times" if bound.seen > 1 else ""
    return f"{subject} is {verb}{words}{times}"


def _tensor_words(value: TensorFacts) -> str:
    kind = "a NumPy array" if value.kind == "array" else "a tensor"
    number = value.stats.mean if value.stats is not None and value.shape == () else None
    if len(value.shapes) > 1:
        first = f"{kind} whose shape varies: {', '.join(shape_text(shape) for shape in value.shapes)}"
    elif number is not None:
        first = f"{kind} holding {number_text(number)}"
    else:
        first = f"{kind} of shape {shape_text(value.shape)}"
    words = [first, value.dtype.removeprefix("torch.")]
    if value.device != "cpu":
        words.append(f"on {value.device}")
    if trouble_text(value.stats):
        words.append(f"with {trouble_text(value.stats).rstrip('!')}")
    if value.requires_grad:
        words.append("tracked for gradients")
    return ", ".join(words)
