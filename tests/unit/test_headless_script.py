from __future__ import annotations

from pathlib import Path

import pytest

from tests.snapshots import scenes
from tutor.failures import CommandFailure
from tutor.headless.script import read_source, request_for
from tutor.settings import Settings

SETTINGS = Settings()


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "train.py"
    path.write_text(scenes.SOURCE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("absent.py", None, "absent.py does not exist"),
        ("train", None, "train.py is there: is that it?"),
        (".", None, "is a folder"),
        ("latin.py", b"a = '\xe9'", "expected UTF-8"),
        ("odd.py", b"# coding: klingon\n", "not text Python can read"),
    ],
)
def test_a_file_that_cannot_be_run_is_refused_in_a_sentence(
    script: Path, name: str, content: bytes | None, says: str
) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    with pytest.raises(CommandFailure, match=says) as caught:
        read_source(name)
    assert caught.value.code == 2


def test_a_source_is_read_with_the_encoding_it_names(script: Path) -> None:
    Path("latin.py").write_bytes(b"# coding: latin-1\r\na = '\xe9'\r\n")
    assert read_source("latin.py") == "# coding: latin-1\na = 'é'\n"


def test_the_program_starts_in_the_working_folder_or_beside_itself_when_that_is_elsewhere(
    script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = request_for("train.py", ("a",), True, Settings(time_limit=5, threads=2), ("out",), False)
    assert (inside.folder, inside.filename, inside.argv) == (str(script.parent), "train.py", ("a",))
    assert (inside.limits.seconds, inside.limits.threads) == (5, 2)
    assert inside.allow_write == (str(script.parent / "out"),)
    other = script.parent / "elsewhere"
    other.mkdir()
    monkeypatch.chdir(other)
    outside = request_for("../train.py", (), True, SETTINGS, (), False)
    assert (outside.folder, outside.filename) == (str(script.parent), "train.py")


def test_a_program_run_from_the_home_folder_may_not_read_all_of_it(
    script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(script.parent))
    project = script.parent / "project"
    project.mkdir()
    (project / "train.py").write_text("print(1)", encoding="utf-8")
    request = request_for("project/train.py", (), True, SETTINGS, (), False)
    assert (request.folder, request.filename) == (str(project), "train.py")
