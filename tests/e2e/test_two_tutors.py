"""Two tutors on one record, and records that cannot be written: nothing is lost without a word."""

from __future__ import annotations

import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.conftest import Opener
from tests.e2e.terminal import Terminal
from tests.e2e.typist import LESSON, WALK, sound
from tutor.progress.location import FILE, open_store

ROUNDS = 16
PR_CAPBSET_DROP = 24
CAP_DAC_OVERRIDE = 1

BY_THE_BOOK = """
import ctypes, os, sys
ctypes.CDLL(None).prctl({drop}, {override}, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "tutor", *sys.argv[1:]])
"""
"""Even root goes by the permissions of files when this is dropped; others never had it."""
WITHOUT_ROOM = """
import os, resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
os.execv(sys.executable, [sys.executable, "-m", "tutor", *sys.argv[1:]])
"""


@pytest.fixture
def walk(tmp_path: Path) -> Path:
    path = tmp_path / "walk.yaml"
    path.write_text(LESSON, encoding="utf-8")
    return path


def test_two_tutors_typing_walking_and_leaving_by_turns_lose_no_step_and_no_draft(
    open_tutor: Opener, tmp_path: Path, walk: Path
) -> None:
    chance = random.Random(7)
    typed: list[str] = []
    where = ("--lessons", str(walk), "--python", "/bin/false")
    tutors: list[Terminal | None] = [None, None]
    for turn in range(ROUNDS):
        at = chance.randrange(2)
        terminal = tutors[at]
        if terminal is None:
            terminal = tutors[at] = open_tutor(*where, "long-walk/one")
            _walk_on(terminal)
        word = f"word{turn:02}by{at}"
        terminal.press(*word, " ")
        terminal.wait(word)
        typed.append(word)
        if chance.random() < 0.25:
            _leave(terminal)
            tutors[at] = None
    for terminal in tutors:
        if terminal is not None:
            _leave(terminal)
    assert sound(tmp_path / "record" / FILE) == "ok"
    store = open_store(tmp_path / "record")
    drafts = [draft.code for draft in store.history("long-walk", "write")]
    assert [word for word in typed if not any(word in code for code in drafts)] == []
    passed = {step for step, record in store.records()["long-walk"].items() if record.passed}
    assert passed == {"one", "two", "three"}
    store.close()


def _walk_on(terminal: Terminal) -> None:
    for number, words in enumerate(WALK.values()):
        if number:
            terminal.press("ctrl+n")
        terminal.wait(words)


def _leave(terminal: Terminal) -> None:
    with terminal:
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0


def _begin(walk: Path, record: Path, home: Path, program: str) -> Terminal:
    return Terminal(
        ["--lessons", str(walk), "--python", "/bin/false", "--data-dir", str(record), "long-walk/write"],
        home, columns=200, program=("-c", program),
    )  # fmt: skip


def test_a_home_that_may_only_be_read_is_said_on_the_screen_and_the_lesson_goes_on(
    walk: Path, tmp_path: Path
) -> None:
    record = tmp_path / "record"
    open_store(record).close()
    (record / FILE).chmod(0o444)
    record.chmod(0o555)
    program = BY_THE_BOOK.format(drop=PR_CAPBSET_DROP, override=CAP_DAC_OVERRIDE)
    with _begin(walk, record, tmp_path, program) as terminal:
        terminal.wait("cannot be written")
        terminal.press("t", "y", "p", "e", "d")
        terminal.wait("typed")
        terminal.wait("not saved")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0


def test_a_disk_that_fills_up_while_one_types_is_said_and_what_was_saved_stays(
    walk: Path, tmp_path: Path
) -> None:
    record = tmp_path / "record"
    store = open_store(record)
    store.keep_attempt("long-walk", "one", "passed")
    store.close()
    size = (record / FILE).stat().st_size
    with _begin(walk, record, tmp_path, WITHOUT_ROOM.format(size=size + 2048)) as terminal:
        terminal.wait(WALK["write"])
        for _ in range(6):
            terminal.type("much to be kept " * 100 + "\n")
        terminal.wait("much to be kept")
        terminal.wait("cannot be written")
        terminal.wait("not saved")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    assert sound(record / FILE) == "ok"
    assert open_store(record).record("long-walk", "one").passed


def test_a_record_locked_by_someone_else_holds_up_no_key_and_is_said(walk: Path, tmp_path: Path) -> None:
    record = tmp_path / "record"
    open_store(record).close()
    program = (
        f"import os, sys; os.execv({sys.executable!r}, [{sys.executable!r}, '-m', 'tutor', *sys.argv[1:]])"
    )
    with (
        _begin(walk, record, tmp_path, program) as terminal,
        closing(sqlite3.connect(record / FILE, isolation_level=None)) as other,
    ):
        terminal.wait(WALK["write"])
        other.execute("BEGIN EXCLUSIVE")
        terminal.press(*"typed meanwhile")
        terminal.wait("typed meanwhile")
        terminal.wait("not saved")
        other.execute("ROLLBACK")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    assert "typed meanwhile" in (open_store(record).draft("long-walk", "write") or "")
