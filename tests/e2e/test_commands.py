"""The commands without a screen, as a shell runs them, with real torch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import LESSONS
from tests.e2e.terminal import environment

Done = subprocess.CompletedProcess[str]
Command = Callable[..., Done]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Runs `pytorch-tutor` with a home of its own."""

    def run(*arguments: str, typed: str = "") -> Done:
        return subprocess.run(
            [sys.executable, "-m", "tutor", *arguments],
            capture_output=True,
            text=True,
            input=typed,
            timeout=120,
            check=False,
            cwd=tmp_path,
            env=environment(tmp_path),
        )

    return run


def test_doctor_gives_json_lines_only_and_ends_with_what_to_do(command: Command) -> None:
    done = command("doctor", "--json")
    *findings, last = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert last["can_run"] is True
    assert {"torch", "devices", "landlock", "seccomp"} <= {finding["name"] for finding in findings}


def test_doctor_with_a_python_without_torch_ends_with_exit_code_3(command: Command) -> None:
    done = command("doctor", "--json", "--python", "/bin/false")
    assert done.returncode == 3
    assert json.loads(done.stdout.splitlines()[-1])["can_run"] is False
    assert "/bin/false" in done.stdout


@pytest.mark.parametrize(("answer", "code"), [("row.reshape(2, 3)", 0), ("row.reshape(3, 2)", 1)])
def test_check_grades_a_file_and_the_exit_code_says_how_it_went(
    command: Command, answer: str, code: int
) -> None:
    program = f"import torch\nrow = torch.arange(6.0)\ntable = {answer}\n"
    done = command("--lessons", str(LESSONS), "check", "first-steps/make", "-", typed=program)
    assert done.returncode == code, done.stdout + done.stderr


def test_author_test_proves_the_lesson_of_these_tests(command: Command) -> None:
    done = command("author", "test", str(LESSONS))
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_reader_that_goes_away_is_no_fault(command: Command, tmp_path: Path) -> None:
    shell = (
        f"{sys.executable} -m tutor --lessons {LESSONS} show first-steps | head -1; echo ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(
        ["bash", "-c", shell],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=environment(tmp_path),
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["First steps", "0"]


def test_standard_output_may_be_a_locale_without_utf_8(tmp_path: Path) -> None:
    env = environment(tmp_path) | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    for arguments in (["list"], ["show", "first-steps"], ["doctor"]):
        done = subprocess.run(
            [sys.executable, "-m", "tutor", "--lessons", str(LESSONS), *arguments],
            capture_output=True, timeout=120, check=False, env=env, cwd=os.fspath(tmp_path),
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, b"")
