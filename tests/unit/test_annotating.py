from __future__ import annotations

import pytest

from tutor.events import Bound, Insight
from tutor.facts import TensorFacts
from tutor.panes.verdict_text import verdict_text
from tutor.renderables.charset import Charset
from tutor.renderables.run_record import RunRecord
from tutor.runner.outcome import Verdict
from tutor.screens.annotating import annotations_of

REMARK = "The gradients of the last step are still in there. Call zero_grad first."


def record() -> RunRecord:
    told = RunRecord(source="loss = f(x)\n")
    told.add(Bound(line=1, name="loss", value=TensorFacts(shape=(32, 1), dtype="torch.float32")))
    told.add(Insight(code="no_zero_grad", line=1, message=REMARK))
    return told


def test_a_remark_stands_behind_the_value_of_its_line() -> None:
    note = annotations_of(record(), Charset()).notes[0].fit(120).plain
    assert note.startswith("→ (32, 1)")
    assert note.endswith("╰ The gradients of the last step are still in there")


@pytest.mark.parametrize("room", [12, 24, 36, 50, 80])
def test_a_remark_takes_the_place_of_the_value_where_there_is_no_room_for_both(room: int) -> None:
    note = annotations_of(record(), Charset()).notes[0].fit(room)
    assert note.cell_len <= room
    assert "╰ The" in note.plain


@pytest.mark.parametrize("width", range(12, 90, 7))
def test_a_verdict_breaks_between_words_and_keeps_the_margin_of_code(width: int) -> None:
    message = "Each row adds up to one: divide by the sum of the row / s.\n    x = y"
    shown = verdict_text(Verdict("not_yet", message=message), width, Charset()).plain.split("\n")
    assert max(map(len, shown)) <= max(width, 11)
    assert "    x = y" in shown
    words = {word for line in shown for word in line.split()}
    assert set(message.split()) <= words
