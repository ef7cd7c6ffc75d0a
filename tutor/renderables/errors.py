"""The card of an error: the line, what happened in a sentence, a picture, one thing to try, then PyTorch's own words."""

from __future__ import annotations

from rich.text import Text

from tutor.events import Error, ModuleTree
from tutor.facts import TensorFacts
from tutor.renderables.charset import Charset
from tutor.renderables.error_line import failed_line
from tutor.renderables.error_picture import error_picture, error_picture_in_words
from tutor.renderables.literal import stack, wrapped
from tutor.renderables.model import model_rows

LONGEST_MESSAGE = 12
"""Lines of PyTorch's own text; more are in the traceback."""


def error_card(
    error: Error, width: int, charset: Charset, model: ModuleTree | None = None, source: str = ""
) -> Text:
    """The whole card. `model` is drawn where a forward pass stopped in it; `source` gives the line where no frame does."""
    blocks = [
        failed_line(error, width, charset, source),
        _prose(error.explanation or _said(error), width, charset, ""),
        _indented(error_picture(error, width - 2, charset)),
        _indented(model_rows(model, width - 2, charset)) if model is not None and model.stopped_at else [],
        _prose(f"Try: {error.next}" if error.next else "", width, charset, charset.style("good")),
        _own_words(error, width, charset) if error.explanation else [],
    ]
    lines: list[Text] = []
    for block in blocks:
        if block and lines:
            lines.append(Text())
        lines.extend(block)
    return stack(lines)


def _said(error: Error) -> str:
    return f"{error.type}: {error.message}" if error.message else f"{error.type}."


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
    lines = wrapped(f"{lead}: {_said(error)}", min(width, 100), charset)
    if len(lines) > LONGEST_MESSAGE:
        lines = [*lines[:LONGEST_MESSAGE], f"({len(lines) - LONGEST_MESSAGE} more lines in the traceback)"]
    return [Text(line, style=charset.style("muted"), no_wrap=True) for line in lines]


def error_in_words(error: Error) -> str:
    """The card for the ear: one paragraph a part, without drawing."""
    where = f"Line {error.line}" if error.line is not None else "The program"
    expression = f", at {error.expression}" if error.expression else ""
    said = _said(error)
    parts = [
        f"{where}{expression}: {error.explanation or said}",
        error_picture_in_words(error),
        f"Try: {error.next}" if error.next else "",
        said if error.explanation else "",
    ]
    return "\n".join(part for part in parts if part)
