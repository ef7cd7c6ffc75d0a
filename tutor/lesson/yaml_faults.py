"""What a YAML parser's complaint means for the author of a lesson."""

from __future__ import annotations

import yaml

from tutor.lesson.faults import Fault, SourceText, printable

_MEANINGS = (
    ("mapping values are not allowed", "a second `:` in one line", "`key: value`", "Put a text that contains `: ` in quotes, or in a block after `|`."),
    ("could not find expected ':'", "a line without `:`", "`key: value`", "Text of a block must be indented deeper than its key."),
    ("did not find expected key", "a line that fits no level above it", "a key indented like its neighbours", "Compare its indentation with the lines above."),
    ("did not find expected '-'", "a key where a list goes on", "`- ` before the next item", "Indent it to belong to the item above, or less to end the list."),
    ("did not find expected ',' or ']'", "a list that is not closed", "`]`", "Texts with `,`, `[` or `]` in a list need quotes."),
    ("did not find expected ',' or '}'", "a mapping that is not closed", "`}`", "Texts with `,`, `{` or `}` between braces need quotes."),
    ("unexpected end of stream", "a text whose quotes are not closed", "a closing quote", "Close it, or use a block after `|`."),
    ("cannot start any token", "a character that cannot start a text", "a letter, a digit or a quote", "Put the text in quotes."),
    ("unknown escape character", "an escape that double quotes do not know", "`\\\\` for a backslash", "Use single quotes, or a block after `|`."),
    ("did not find expected <document start>", "text after the end of the lesson", "one lesson a file", "Compare its indentation with the lines above."),
    ("wrongly indented line in multiline", "a block whose first lines are empty and too deep", "blank lines without spaces", "Take the spaces out."),
)  # fmt: skip


def explain_yaml_error(source: SourceText, error: yaml.YAMLError) -> Fault:
    """One fault for what stopped the parser."""
    if isinstance(error, yaml.MarkedYAMLError):
        return _marked(source, error)
    position = getattr(error, "position", 0)
    before = source.text[:position] if isinstance(position, int) else ""
    line = before.count("\n")
    column = len(before) - (before.rfind("\n") + 1)
    return source.fault(
        (line, column), "a control character", "text", "Take it out; in a Python string write its escape."
    )


def _marked(source: SourceText, error: yaml.MarkedYAMLError) -> Fault:
    problem = str(error.problem or "something else")
    opened = any(word in problem for word in ("end of stream", "',' or", "find expected ':'"))
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    at = (mark.line, mark.column) if mark is not None else (0, 0)
    at = _last_text(source, at)
    for part, found, expected, advice in _MEANINGS:
        if part in problem:
            return source.fault(at, found, expected, advice)
    return source.fault(
        at,
        f"YAML that cannot be read ({printable(problem)})",
        "`key: value` lines",
        "Compare its indentation with the lines above.",
    )


def _last_text(source: SourceText, at: tuple[int, int]) -> tuple[int, int]:
    """A mark beyond the last line moves back to the end of the text."""
    line, column = at
    while line > 0 and (line >= len(source.lines) or not source.lines[line].strip()):
        line -= 1
        column = max(0, len(source.lines[line]) - 1) if line < len(source.lines) else 0
    return line, column
