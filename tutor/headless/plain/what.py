"""More about one line of the last run: its values in full, and what its operations did to their shapes."""

from __future__ import annotations

from tutor.renderables.operation_picture import operations_in_words
from tutor.renderables.operations import operations_on
from tutor.renderables.run_record import RunRecord
from tutor.renderables.value_card import value_in_words


def line_in_words(record: RunRecord | None, line: str) -> str:
    """The line's values and operations as sentences."""
    if record is None:
        return "Nothing has run yet: r runs the code."
    if not line.isdecimal():
        return "Which line? w 3 asks about line 3."
    number = int(line)
    bounds = [bound for bound in record.bound.values() if bound.value is not None]
    values = [
        value_in_words(bound.name, bound.value) for bound in bounds if bound.line == number and bound.value
    ]
    # What a name was before the line counts more than what it became on it or after it.
    known = {
        bound.name: bound.value
        for bound in sorted(bounds, key=lambda bound: bound.line < number)
        if bound.value
    }
    operations = operations_in_words(operations_on(record.source, number, known))
    return "\n".join([*values, operations]).strip() or f"The last run saw nothing on line {number}."
