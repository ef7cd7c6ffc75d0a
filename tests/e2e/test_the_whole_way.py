"""The main job in the real program, with real torch: read, type, run, see, be graded, leave, come back."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.e2e.conftest import Opener
from tests.e2e.terminal import Terminal
from tutor.progress.location import open_store

ANSWER = "table = row.reshape(2, 3)"


def has_curve(text: str) -> bool:
    """Whether dots of a drawn curve are on the screen."""
    return any("\u2800" < character <= "\u28ff" for character in text)


def go_to_the_end(terminal: Terminal) -> None:
    """The cursor on the empty fourth line of the starter, the last one."""
    terminal.press_until("down", lambda line: line.endswith(" 4") or line == "4", "line 4")


def open_code_step(open_tutor: Opener, **options: int) -> Terminal:
    """The tutor at the step where something is to be written, ready for keys."""
    terminal = open_tutor("first-steps/make", **options)
    terminal.wait("row = torch.arange(6.0)")
    terminal.wait("Make table")
    return terminal


def test_a_person_reads_runs_sees_is_graded_leaves_and_comes_back_to_the_same_step(
    open_tutor: Opener, tmp_path: Path
) -> None:
    with open_tutor() as terminal:
        terminal.wait("Here stands what there is to read, with a[i] and [/] in it.")
        terminal.press("ctrl+n")
        terminal.wait("A loss that falls.")
        terminal.press("ctrl+r")
        terminal.wait("→ (64, 3) f32")
        terminal.wait_until(has_curve, "a loss curve")
        terminal.press("ctrl+n")
        terminal.wait("Make table")
        go_to_the_end(terminal)
        terminal.type(f"{ANSWER}\n")
        terminal.wait(ANSWER)
        terminal.press("ctrl+t")
        terminal.wait("Reshape keeps the numbers")
        terminal.wait("→ (2, 3) f32")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    store = open_store(tmp_path / "record")
    passed = {step for step, record in store.records()["first-steps"].items() if record.passed}
    assert passed == {"read", "train", "make"}
    with open_tutor() as terminal:
        terminal.wait(ANSWER)
        terminal.wait("Make table")


def test_an_answer_that_falls_short_is_told_what_to_try(open_tutor: Opener, tmp_path: Path) -> None:
    with open_code_step(open_tutor) as terminal:
        go_to_the_end(terminal)
        terminal.type("table = row.reshape(3, 2)\n")
        terminal.press("ctrl+t")
        terminal.wait("✗ shaped")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    record = open_store(tmp_path / "record").record("first-steps", "make")
    assert (record.passed, record.attempts) == (False, 1)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_what_was_typed_survives_a_signal(open_tutor: Opener, tmp_path: Path, number: signal.Signals) -> None:
    with open_code_step(open_tutor) as terminal:
        go_to_the_end(terminal)
        terminal.type("# not yet saved")
        terminal.wait("# not yet saved")
        terminal.signal(number)
        terminal.wait_for_end()
    assert "# not yet saved" in (open_store(tmp_path / "record").draft("first-steps", "make") or "")
    with open_tutor() as terminal:
        terminal.wait("# not yet saved")


def test_what_was_typed_survives_a_dropped_connection(open_tutor: Opener, tmp_path: Path) -> None:
    with open_code_step(open_tutor) as terminal:
        go_to_the_end(terminal)
        terminal.type("# the line drops now")
        terminal.wait("# the line drops now")
        terminal.hang_up()
    assert "# the line drops now" in (open_store(tmp_path / "record").draft("first-steps", "make") or "")


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40), (200, 60)])
def test_the_tutor_works_at_every_size(open_tutor: Opener, columns: int, rows: int) -> None:
    with open_code_step(open_tutor, columns=columns, rows=rows) as terminal:
        go_to_the_end(terminal)
        terminal.type(f"{ANSWER}\n")
        terminal.press("ctrl+r")
        terminal.wait("→ (2, 3) f32")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0


def test_without_torch_the_tutor_opens_all_the_same_and_names_the_interpreter(open_tutor: Opener) -> None:
    with open_tutor("--python", "/bin/false") as terminal:
        terminal.wait("Here stands what there is to read")
        terminal.wait("/bin/false")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0


def test_two_tutors_on_one_record_lose_neither_draft(open_tutor: Opener, tmp_path: Path) -> None:
    with open_code_step(open_tutor) as one, open_code_step(open_tutor) as two:
        go_to_the_end(one)
        one.type("# from one")
        one.wait("# from one")
        one.press("ctrl+q")
        assert one.wait_for_end() == 0
        go_to_the_end(two)
        two.type("# from two")
        two.wait("# from two")
        two.press("ctrl+q")
        assert two.wait_for_end() == 0
    drafts = [draft.code for draft in open_store(tmp_path / "record").history("first-steps", "make")]
    assert any("# from one" in code for code in drafts)
    assert "# from two" in drafts[0]
