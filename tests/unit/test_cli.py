from __future__ import annotations

import json
from pathlib import Path

import pytest

from tutor import cli
from tutor.progress.location import open_store

LESSON = """
format: 1
id: {name}
title: The lesson {name}
why: Because it is there.
track: basics
{aliases}
steps:
  - id: read
    kind: explain
    text: |
      Some **bold** words about `a[i]` and [/] and [b.

      ```python
      x = [1, 2]
      ```
  - id: guess
    kind: predict
    ask: value
    of: x
    code: |
      x = 1 + 1
    choices:
      "3": That is one more.
  - id: pick
    kind: choice
    question: Which one?
    options:
      - {{text: this, right: true, reason: The secret reason.}}
      - {{text: that, reason: No.}}
  - id: write
    kind: code
    goal: Make y.
    starter: |
      y = None
    solution: |
      y = "the secret solution"
    checks:
      - {{id: made, defines: y, type: str}}
"""


def lesson(name: str, aliases: str = "") -> str:
    return LESSON.format(name=name, aliases=aliases)


class Shell:
    """Runs commands as the console script does."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capture = capture
        self.always = ["--lessons", str(folder / "lessons"), "--data-dir", str(folder / "home")]

    def __call__(self, *argv: str, bare: bool = False) -> tuple[int, str, str]:
        code = cli.run([*([] if bare else self.always), *argv])
        out, err = self.capture.readouterr()
        return code, out, err


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "one.yaml").write_text(lesson("one"))
    (folder / "two.yaml").write_text(lesson("two", "aliases: [former-two]"))
    (folder / "bad.yaml").write_text("format: 1\nid: bad\ntitle: [unclosed\n")
    return Shell(tmp_path, capsys)


def test_list_with_json_gives_one_object_a_lesson_and_nothing_else(shell: Shell) -> None:
    store = open_store(shell.folder / "home")
    store.keep_attempt("one", "read", "passed")
    store.keep_attempt("one", "gone", "passed")
    store.close()
    code, out, err = shell("list", "--json")
    lines = {line["id"]: line for line in map(json.loads, out.splitlines())}
    assert code == 0
    assert lines["one"] == {
        "id": "one", "title": "The lesson one", "track": "basics", "steps": 4, "done": 1, "broken": False
    }  # fmt: skip
    assert lines["bad"]["broken"] is True
    assert "bad.yaml:" in err


def test_list_for_people_names_every_lesson_and_marks_the_broken_one(shell: Shell) -> None:
    code, out, _ = shell("list", "--ascii")
    assert code == 0
    assert "- one" in " ".join(out.split())
    assert "! bad" in " ".join(out.split())
    assert out.isascii()


def test_a_lesson_keeps_its_record_under_its_former_id(shell: Shell) -> None:
    store = open_store(shell.folder / "home")
    store.keep_attempt("former-two", "read", "passed")
    store.close()
    _, out, _ = shell("list", "--json")
    assert {line["id"]: line["done"] for line in map(json.loads, out.splitlines())}["two"] == 1


def test_options_are_accepted_before_and_after_the_command(shell: Shell) -> None:
    assert shell("list", "--json", *shell.always, bare=True)[1] == shell("list", "--json")[1]
    split = (*shell.always[:2], "progress", "reset", "one", *shell.always[2:])
    assert shell(*split, bare=True)[0] == 0


def test_show_reads_a_lesson_as_plain_text_without_its_answers(shell: Shell) -> None:
    code, out, err = shell("show", "one", "--plain")
    assert (code, err) == (0, "")
    assert "Some bold words about a[i] and [/] and [b." in out
    assert "    x = [1, 2]" in out
    assert "Your turn: Make y." in out
    assert "this" in out
    assert "secret" not in out
    assert "one more" not in out


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["show", "onee"], "Did you mean `one`?"),
        (["check", "onee/write"], "Did you mean `one`?"),
        (["onee"], "Did you mean `one`?"),
        (["one/wirte"], "Did you mean `write`?"),
        (["lst"], "Did you mean the command `list`?"),
        (["show", "bad"], "bad.yaml:"),
        (["progress", "reset", "onee"], "Did you mean `one`?"),
        (["progress", "undo", "nothing"], "No reset goes by"),
        (["progress", "import", "missing.json"], "missing.json cannot be read"),
        (["progress", "export", "no/such/folder/f.json"], "cannot be written"),
        (["list", "--threads", "many"], "'--threads'"),
        (["list", "--nonsense"], "--nonsense"),
        (["run"], "Missing argument 'FILE'"),
        (["run", "x.py", "--json", "--plain"], "exclude each other"),
    ],
)
def test_a_wrong_command_is_one_sentence_on_standard_error_and_exit_code_2(
    shell: Shell, argv: list[str], said: str
) -> None:
    code, out, err = shell(*argv)
    assert code == 2
    assert out == ""
    assert said in err
    assert err.startswith("pytorch-tutor: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_a_folder_without_lessons_is_said(shell: Shell, tmp_path: Path) -> None:
    code, _, err = shell("--lessons", str(tmp_path / "nowhere"), "list", bare=True)
    assert code == 2
    assert "nowhere" in err


def test_the_screen_without_a_terminal_is_refused_with_exit_code_3(shell: Shell) -> None:
    code, out, err = shell()
    assert (code, out) == (3, "")
    assert "needs a terminal" in err


def test_a_record_travels_by_export_and_import(shell: Shell, tmp_path: Path) -> None:
    store = open_store(shell.folder / "home")
    store.keep_attempt("one", "write", "passed")
    store.keep_draft("one", "write", "y = 'mine'")
    store.close()
    file = str(tmp_path / "record.json")
    assert shell("progress", "export", file)[0] == 0
    other = ["--data-dir", str(tmp_path / "other")]
    assert shell("progress", "import", file, *other)[0] == 0
    moved = open_store(tmp_path / "other")
    assert moved.record("one", "write").passed
    assert moved.draft("one", "write") == "y = 'mine'"


def test_export_to_standard_output_is_one_json_document(shell: Shell) -> None:
    code, out, err = shell("progress", "export", "-")
    assert (code, err) == (0, "")
    assert json.loads(out)["format"] == "pytorch-tutor progress"


def test_what_is_no_record_is_refused_and_changes_nothing(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    for content in ('{"format": "else"}', "[1, 2]", "not json", "[" * 100_000, "\x00"):
        file.write_text(content)
        code, out, err = shell("progress", "import", str(file))
        assert (code, out) == (2, "")
        assert str(file) in err


def test_a_reset_says_how_to_undo_it_and_the_undo_works(shell: Shell) -> None:
    store = open_store(shell.folder / "home")
    store.keep_attempt("one", "read", "passed")
    store.close()
    code, out, _ = shell("progress", "reset", "one/read")
    assert code == 0
    assert not open_store(shell.folder / "home").record("one", "read").passed
    token = out.split("undo ")[1].split("`")[0]
    assert shell("progress", "undo", token)[0] == 0
    assert open_store(shell.folder / "home").record("one", "read").passed


def test_a_lesson_that_left_the_course_can_still_be_reset(shell: Shell) -> None:
    store = open_store(shell.folder / "home")
    store.keep_attempt("left-the-course", "read", "passed")
    store.close()
    assert shell("progress", "reset", "left-the-course")[0] == 0
    assert open_store(shell.folder / "home").records() == {}


def test_progress_with_json_gives_one_line_a_step(shell: Shell) -> None:
    store = open_store(shell.folder / "home")
    store.keep_attempt("one", "read", "passed")
    store.keep_hint("one", "write", 2)
    store.close()
    code, out, _ = shell("progress", "--json")
    lines = {line["step"]: line for line in map(json.loads, out.splitlines())}
    assert code == 0
    assert lines["read"]["passed"] is True
    assert lines["read"]["due"] is not None
    assert lines["write"]["hints"] == 2


def test_a_record_that_cannot_be_written_ends_import_and_reset_with_exit_code_3(
    shell: Shell, tmp_path: Path
) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    code, out, err = shell("progress", "reset")
    assert (code, out) == (3, "")
    assert "cannot be written" in err
    assert shell("progress")[0] == 0


def test_version_and_help_are_answered(shell: Shell) -> None:
    assert shell("--version", bare=True)[:2] == (0, "pytorch-tutor, version 0.1.0\n")
    code, out, _ = shell("--help", bare=True)
    assert code == 0
    for word in (
        "list",
        "run",
        "check",
        "show",
        "progress",
        "author",
        "doctor",
        "--lessons",
        "--memory-limit",
    ):
        assert word in out
