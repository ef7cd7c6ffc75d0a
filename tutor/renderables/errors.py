"""The card of an error: the line, what happened in a sentence, a picture, one thing to try, then PyTorch's own words."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

from tutor.events import Error, ModuleTree
from tutor.facts import TensorFacts
from tutor.renderables.charset import Charset
from tutor.renderables.error_picture import error_picture, error_picture_in_words
from tutor.renderables.literal import clip, literal, stack, wrapped
from tutor.renderables.model import model_rows

LONGEST_MESSAGE = 12
"""Lines of PyTorch's own text; more are in the traceback."""


def error_card(
    error: Error, width: int, charset: Charset, model: ModuleTree | None = None, source: str = ""
) -> Text:
    """The whole card. `model` is drawn where a forward pass stopped in it; `source` gives the line where no frame does."""
    blocks = [
        _code(error, width, charset, source),
        _prose(error.explanation or _headline(error), width, charset, ""),
        _indented(error_picture(error, width - 2, charset)),
        _indented(model_rows(model, width - 2, charset)) if model is not None and model.stopped_at else [],
        _prose(f"Try: {error.next}" if error.next else "", width, charset, charset.style("good")),
        _own_words(error, width, charset),
    ]
    lines: list[Text] = []
    for block in blocks:
        if block and lines:
            lines.append(Text())
        lines.extend(block)
    return stack(lines)


def _headline(error: Error) -> str:
    where = f" on line {error.line}" if error.line is not None else ""
    return f"{error.type}{where}."


def _line_of_code(error: Error, source: str) -> str:
    """The line as the traceback has it, else as the source has it."""
    frame = next(
        (frame for frame in reversed(error.frames) if frame.line == error.line and frame.code.strip()), None
    )
    if frame is not None:
        return frame.code.split("\n", 1)[0]
    lines = source.split("\n")
    return lines[error.line - 1] if error.line is not None and 0 < error.line <= len(lines) else ""


def _code(error: Error, width: int, charset: Charset, source: str) -> list[Text]:
    """The learner's line, with the failing sub-expression underlined."""
    raw = _line_of_code(error, source).expandtabs(4).rstrip()
    if not raw.strip():
        return []
    shift = len(raw) - len(raw.lstrip())
    code = literal(raw.strip(), charset)
    gutter = f"{error.line:>3} {charset.glyphs.vertical} "
    room = width - len(gutter)
    start, end = _span(error, shift, len(code))
    hidden = max(0, min(end, len(code)) - room + 4) if end > room else 0
    hidden = min(hidden, start)
    shown = clip(code[hidden:], room, charset)
    line = Text(gutter, style=charset.style("muted"), no_wrap=True).append(shown, style="not dim")
    if end <= start:
        return [line]
    pad = cell_len(code[hidden:start])
    carets = min(max(1, cell_len(code[start:end])), max(1, room - pad))
    below = Text(
        " " * (len(gutter) - 2) + f"{charset.glyphs.vertical} " + " " * pad,
        style=charset.style("muted"),
        no_wrap=True,
    )
    return [line, below.append("^" * carets, style=charset.style("bad"))]


def _span(error: Error, shift: int, length: int) -> tuple[int, int]:
    """First and last column of the sub-expression on the stripped line; one that spans lines runs to the line's end."""
    if error.column is None:
        return 0, 0
    start = max(0, min(length, error.column - shift))
    several = error.end_line is not None and error.end_line != error.line
    end = length if several or error.end_column is None else error.end_column - shift
    return start, max(start, min(length, end))


def _prose(text: str, width: int, charset: Charset, style: str) -> list[Text]:
    return (
        [Text(line, style=style, no_wrap=True) for line in wrapped(text, min(width, 100), charset)]
        if text
        else []
    )


def _indented(picture: Text) -> list[Text]:
    if not picture.plain:
        return []
    return [Text("  ", no_wrap=True).append_text(line) for line in picture.split("\n", allow_blank=True)]


def _own_words(error: Error, width: int, charset: Charset) -> list[Text]:
    tensors = any(isinstance(operand.value, TensorFacts) for operand in error.operands)
    lead = "PyTorch said" if tensors or "torch" in error.message else "Python said"
    said = f"{lead}: {error.type}: {error.message}" if error.message else f"{lead}: {error.type}"
    lines = wrapped(said, min(width, 100), charset)
    if len(lines) > LONGEST_MESSAGE:
        lines = [*lines[:LONGEST_MESSAGE], f"({len(lines) - LONGEST_MESSAGE} more lines in the traceback)"]
    return [Text(line, style=charset.style("muted"), no_wrap=True) for line in lines]


def error_in_words(error: Error) -> str:
    """The card for the ear: one paragraph a part, without drawing."""
    where = f"Line {error.line}" if error.line is not None else "The program"
    expression = f", at {error.expression}" if error.expression else ""
    said = f"{error.type}: {error.message}" if error.message else error.type
    parts = [
        f"{where}{expression}: {error.explanation or said}",
        error_picture_in_words(error),
        f"Try: {error.next}" if error.next else "",
        said if error.explanation else "",
    ]
    return "\n".join(part for part in parts if part)
