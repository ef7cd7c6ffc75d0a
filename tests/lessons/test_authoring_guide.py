from __future__ import annotations

import re
from pathlib import Path

import pytest

from tutor.authoring.lint import lint
from tutor.authoring.mutate import mutate
from tutor.authoring.prove import test as prove
from tutor.failures import Exit
from tutor.settings import Settings

pytestmark = pytest.mark.torch

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "authoring.md"


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    example = re.search(r"```yaml\n(format: 1\n.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    path = tmp_path / "row-means.yaml"
    path.write_text(example[1], encoding="utf-8")
    return path


def test_the_lesson_of_the_guide_passes_what_the_guide_runs(
    lesson: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lint([lesson], False) == Exit.FINE, capsys.readouterr().out
    assert prove([lesson], False, Settings()) == Exit.FINE, capsys.readouterr().out
    assert mutate([lesson], False, Settings()) == Exit.FINE, capsys.readouterr().out
