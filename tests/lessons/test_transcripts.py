from __future__ import annotations

from pathlib import Path

import pytest

from tutor.authoring.transcript import transcript
from tutor.failures import Exit
from tutor.lesson.catalog import Catalog
from tutor.settings import Settings

pytestmark = pytest.mark.torch

RECORDS = Path(__file__).parent / "transcripts"


def test_what_a_learner_sees_of_the_recorded_lessons_is_what_was_recorded(
    capsys: pytest.CaptureFixture[str],
) -> None:
    catalog = Catalog()
    recorded = [path.stem for path in sorted(RECORDS.glob("*.txt"))]
    assert recorded
    lessons = [catalog.entry(name).path for name in recorded]
    assert transcript(lessons, RECORDS, False, Settings()) == Exit.FINE, capsys.readouterr().out


def test_a_difference_and_a_missing_record_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lesson = tmp_path / "tiny.yaml"
    text = (
        "format: 1\nid: tiny\ntitle: Tiny\nwhy: To be seen.\ntrack: t\n"
        "steps:\n  - id: try\n    kind: run\n    code: |\n      x = 1 + 1\n      print('one', x)\n"
    )
    lesson.write_text(text)
    assert transcript([lesson], None, False, Settings()) == Exit.NOT_PASSED
    assert "there is no" in capsys.readouterr().out
    assert transcript([lesson], None, True, Settings()) == Exit.FINE
    seen = (tmp_path / "transcripts" / "tiny.txt").read_text()
    assert "To be seen." in seen
    assert "| one 2" in seen
    assert transcript([lesson], None, False, Settings()) == Exit.FINE
    lesson.write_text(text.replace("'one'", "'two'"))
    capsys.readouterr()
    assert transcript([lesson], None, False, Settings()) == Exit.NOT_PASSED
    told = capsys.readouterr().out
    assert "-  | one 2" in told
    assert "+  | two 2" in told
