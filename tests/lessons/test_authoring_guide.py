from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tutor.cli import run
from tutor.failures import Exit

pytestmark = pytest.mark.torch

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "authoring.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
COMMANDS = [line for kind, text in BLOCKS if not kind for line in text.splitlines()]
NOTES = "---\ntitle: Notes\n---\n# Notes\n\nRead.\n\n## Try\n\n```python\nprint(1)\n```\n"


def test_every_command_of_the_guide_does_what_the_guide_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    lesson = next(text for kind, text in BLOCKS if text.startswith("format: 1\n"))
    (tmp_path / "row-means.yaml").write_text(lesson, encoding="utf-8")
    (tmp_path / "notes.md").write_text(NOTES, encoding="utf-8")
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "row-means.yaml").write_text(lesson, encoding="utf-8")
    assert len(COMMANDS) >= 10
    for command in COMMANDS:
        program, *argv = shlex.split(command)
        assert program == "pytorch-tutor"
        # A test has no terminal; a preview says so once it has found the step.
        wanted = Exit.LACKING if "preview" in argv else Exit.FINE
        code = run([*argv, "--data-dir", str(tmp_path / "record")])
        told = capsys.readouterr()
        assert code == wanted, f"{command}\n{told.out}{told.err}"
    assert run(["author", "test", "first-steps.yaml", "notes.yaml"]) == Exit.FINE
    assert (tmp_path / "transcripts" / "row-means.txt").is_file()
