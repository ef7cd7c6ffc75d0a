"""Lessons without a screen: the real program through pipes and in terminals that draw nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.e2e.conftest import LESSONS
from tests.e2e.terminal import PATIENCE, environment
from tutor.lesson.catalog import Catalog
from tutor.lesson.model import Choice, Code, Explain, Lesson, Predict, Run, Step
from tutor.progress.location import open_store

LESSON = "graph-and-backward"
QUIT = r"\[q\]uit: "
ANSWERS = {
    "slope-at-three": "8",
    "slope-at-two": "7",
    "slope-below-zero": "-6",
    "who-keeps-a-gradient": "w b",
    "one-slope-by-hand": "57",
}


def typed_at(step: Step) -> list[str]:
    """What a learner who knows everything types at a step."""
    match step:
        case Explain():
            return ["r", "n"] if step.code else ["n"]
        case Run():
            return ["r", "e +0", "note = 1", ".", "r", "n"]
        case Predict():
            return [f"= {ANSWERS[step.id]}", "n"]
        case Choice():
            return [next(option.text for option in step.options if option.right), "n"]
        case Code():
            return ["e t", *step.solution.splitlines(), ".", "c", "n"]
        case _:
            raise AssertionError(f"{step.id} is of a kind this lesson did not have")


def command(folder: Path, *arguments: str, typed: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tutor", "--data-dir", str(folder / "record"), *arguments],
        input=typed, capture_output=True, text=True, timeout=240, check=False, cwd=folder,
        env=environment(folder) | env,
    )  # fmt: skip


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    found = Catalog().lesson(LESSON)
    assert found is not None
    return found


@pytest.mark.torch
def test_a_real_lesson_is_learnt_to_its_end_through_a_pipe(lesson: Lesson, tmp_path: Path) -> None:
    typed = [line for step in lesson.steps for line in typed_at(step)]
    done = command(tmp_path, "--plain", LESSON, typed="\n".join([*typed, "q", ""]))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "dz/dx = 3.0" in done.stdout
    assert "Line 4: loss is a tensor holding 9, float32, tracked for gradients." in done.stdout
    assert "All steps are done." in done.stdout
    assert "\x1b" not in done.stdout
    records = open_store(tmp_path / "record").records()[LESSON]
    assert {step.id for step in lesson.steps if not records[step.id].passed} == set()
    assert not any(record.assisted for record in records.values())


def dumb_terminal(folder: Path, *arguments: str, **env: str) -> pexpect.spawn[str]:
    """The program in a terminal that draws nothing."""
    return pexpect.spawn(
        sys.executable,
        ["-m", "tutor", "--lessons", str(LESSONS), "--data-dir", str(folder / "record"), *arguments],
        env=environment(folder) | {"TERM": "dumb"} | env,
        encoding="utf-8",
        timeout=PATIENCE,
        cwd=str(folder),
    )


@pytest.mark.torch
def test_a_dumb_terminal_gets_lessons_line_by_line_and_not_one_escape_sequence(tmp_path: Path) -> None:
    heard = ""
    child = dumb_terminal(tmp_path, "first-steps/make", VISUAL=f"{sys.executable} {writer(tmp_path)}")
    for prompt, line in [
        (QUIT, "r"),
        ("finished", ""),
        (QUIT, "e o"),
        ("table = ", ""),
        (QUIT, "c"),
    ]:
        child.expect(prompt)
        heard += f"{child.before}{child.after}"
        if line:
            child.sendline(line)
    child.expect("Correct")
    heard += f"{child.before}{child.after}"
    child.sendline("q")
    child.expect(pexpect.EOF)
    heard += f"{child.before}"
    child.close()
    assert child.exitstatus == 0
    assert "\x1b" not in heard
    assert open_store(tmp_path / "record").record("first-steps", "make").passed


def writer(folder: Path) -> Path:
    """An editor that adds the answer and leaves."""
    path = folder / "writer.py"
    path.write_text(
        "import sys\nopen(sys.argv[1], 'a').write('table = row.reshape(2, 3)\\n')\n", encoding="utf-8"
    )
    return path


def test_control_c_stops_the_program_and_then_leaves_the_tutor(tmp_path: Path) -> None:
    child = dumb_terminal(tmp_path, "first-steps/make")
    child.expect(QUIT)
    child.sendline("e t")
    for line in ("import time", "print('go' + 'ing', flush=True)", "time.sleep(60)", "."):
        child.sendline(line)
    child.expect(QUIT)
    child.sendline("r")
    child.expect("going")
    child.sendintr()
    child.expect("was stopped")
    child.expect(QUIT)
    child.sendintr()
    child.expect("everything is kept")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_each_typed_line_survives_whatever_ends_the_tutor(tmp_path: Path, number: signal.Signals) -> None:
    child = dumb_terminal(tmp_path, "first-steps/make")
    child.expect(QUIT)
    child.sendline("e t")
    child.expect("  1 ")
    child.sendline("first = 1")
    child.expect("  2 ")
    child.kill(number)
    child.expect(pexpect.EOF)
    child.close()
    assert open_store(tmp_path / "record").draft("first-steps", "make") == "first = 1\n"


@pytest.mark.parametrize("term", ["dumb", "unknown", "xterm-256color"])
@pytest.mark.parametrize(
    "arguments", [("show", LESSON), ("show", LESSON, "--plain"), ("--plain", LESSON), ("list",)]
)
def test_nothing_that_is_piped_holds_an_escape_sequence(
    tmp_path: Path, arguments: tuple[str, ...], term: str
) -> None:
    done = command(tmp_path, *arguments, "--python", "/bin/false", typed="n\nn\nq\n", TERM=term)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout) > 500
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("arguments", [("show", "first-steps"), ("--plain", "first-steps"), ("first-steps",)])
def test_a_dumb_terminal_shows_lessons_without_an_escape_sequence(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    child = dumb_terminal(tmp_path, *arguments, "--python", "/bin/false")
    child.sendline("q")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "Here stands what there is to read" in f"{child.before}"
    assert "\x1b" not in f"{child.before}"


def test_without_a_terminal_one_sentence_names_the_way_that_works(tmp_path: Path) -> None:
    done = command(tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert "--plain goes through a lesson line by line" in done.stderr
    assert os.linesep not in done.stderr.strip()
