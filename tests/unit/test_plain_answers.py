from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.plain_talk import FakeEditor, PlainTalk
from tests.unit.plain_course import lessons, talk
from tutor.headless.plain.own_editor import OwnEditor
from tutor.lesson.model import Order
from tutor.lesson.task import lines_to_order

__all__ = ["lessons", "talk"]


async def test_a_program_is_typed_line_by_line_up_to_a_full_stop(talk: PlainTalk) -> None:
    said = await talk.type("e", "t", "def f():", "    return 1", "", ".", "q", at="kinds/write")
    assert talk.code("write") == "def f():\n    return 1\n\n"
    assert "  2      return 1" in said.rpartition("Code:")[2]


async def test_what_was_typed_is_kept_when_the_input_ends_in_the_middle(talk: PlainTalk) -> None:
    said = await talk.type("e", "t", "y = 'half", at="kinds/write")
    assert talk.code("write") == "y = 'half\n"
    assert "What was typed so far is kept." in said


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (["e 1", "y = 1"], "y = 1\nz = 2\n"),
        (["e 1", "."], "z = 2\n"),
        (["e 1", ""], None),
        (["e 9"], None),
        (["e +1", "a = 1", "b = 1", "."], "y = None\na = 1\nb = 1\nz = 2\n"),
        (["e +0", "import torch", "."], "import torch\ny = None\nz = 2\n"),
        (["e", "+2", "last = 1", "."], "y = None\nz = 2\nlast = 1\n"),
        (["e", ""], None),
        (["e 1", "y = 1", "x"], "y = None\nz = 2\n"),
    ],
)
async def test_single_lines_are_changed_added_and_taken_out(
    talk: PlainTalk, typed: list[str], code: str | None
) -> None:
    await talk.type(*typed, "q", at="kinds/write")
    assert talk.code("write") == code


async def test_a_file_is_read_as_the_answer(talk: PlainTalk, tmp_path: Path) -> None:
    path = tmp_path / "my answer.py"
    path.write_bytes("\ufeffy = 'ü'\r\n".encode())
    await talk.type(f"e {path}", "q", at="kinds/write")
    assert talk.code("write") == "y = 'ü'\n"


async def test_a_file_that_cannot_be_read_is_named_and_changes_nothing(
    talk: PlainTalk, tmp_path: Path
) -> None:
    (tmp_path / "latin.py").write_bytes(b"y = '\xfc'\n")
    said = await talk.type(f"e {tmp_path}/none.py", f"e {tmp_path}/latin.py", "q", at="kinds/write")
    assert "none.py cannot be read: No such file or directory." in said
    assert "latin.py is not UTF-8 text (byte 5)" in said
    assert talk.code("write") is None


async def test_what_the_own_editor_saves_is_kept_while_it_is_open_and_when_it_is_left(
    talk: PlainTalk,
) -> None:
    talk.editor = FakeEditor("y = 3\n")
    said = await talk.type("e", "o", "q", at="kinds/write")
    assert talk.editor.opened == ["y = None\nz = 2\n"]
    assert talk.progress.drafts["kinds", "write"] == ["half y = 3\n", "y = 3\n"]
    assert "[o] opens ed" in said


async def test_an_editor_that_does_not_start_is_named(talk: PlainTalk) -> None:
    talk.editor = FakeEditor(fault=FileNotFoundError(2, "No such file or directory"))
    said = await talk.type("e o", "q", at="kinds/write")
    assert "ed could not be started: No such file or directory. Name an editor in VISUAL or EDITOR." in said


async def test_where_no_editor_can_be_opened_none_is_offered(talk: PlainTalk) -> None:
    talk.editor = FakeEditor(name="")
    assert "[o]" not in await talk.type("e", "", "q", at="kinds/write")


async def test_lines_are_brought_into_order_by_their_numbers(talk: PlainTalk) -> None:
    lesson = talk.catalog.lesson("kinds")
    assert lesson is not None
    step = next(step for step in lesson.steps if isinstance(step, Order))
    shown = lines_to_order(step)
    numbers = " ".join(str(shown.index(line) + 1) for line in ("print(1)", "print(2)"))
    said = await talk.type("e 1 1", "e 4", "e 0", "e", numbers.replace(" ", ", "), "q", at="kinds/sort")
    assert "1 is there twice" in said
    assert "4 is no line; the lines are 1 to 3." in said
    assert talk.code("sort") == "print(1)\nprint(2)\n"


async def test_only_the_given_numbers_are_asked_for_and_put_into_the_program(talk: PlainTalk) -> None:
    said = await talk.type("e", "1", "many", "q", at="kinds/turn")
    assert "lr is 0.1; new number, empty leaves it: 1" in said
    assert "many is no number; steps stays 5." in said
    assert talk.code("turn") == "lr = 1\nsteps = 5\nprint(lr * steps)\n"


async def test_a_program_to_tune_is_not_graded_when_more_than_its_numbers_changed(talk: PlainTalk) -> None:
    talk.progress.keep_draft("kinds", "turn", "lr = 1\nsteps = 5\nprint(5)\n")
    said = await talk.type("c", "q", at="kinds/turn")
    assert "Line 3 is not yours to change." in said
    assert talk.runner.requests == []


async def test_the_real_editor_is_what_visual_names_and_gets_the_code(tmp_path: Path) -> None:
    script = tmp_path / "edit.sh"
    script.write_text('#!/bin/sh\necho "$1" >> "$3"\n', encoding="utf-8")
    script.chmod(0o755)
    editor = OwnEditor({"VISUAL": f"{script} 'y = 2' -w", "EDITOR": "none"}, True)
    kept: list[str] = []
    assert await editor.edit("y = 1\n", "write.py", kept.append) == "y = 1\ny = 2\n"
    assert kept in ([], ["y = 1\ny = 2\n"])
    assert OwnEditor({"VISUAL": "vi"}, False).name == ""
