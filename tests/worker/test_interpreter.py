from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tutor.runner.interpreter import ask, candidates, choose, executable, found_interpreters
from tutor.settings import Settings


def environment_with_torch(folder: Path) -> str:
    torch = folder / "lib" / "python3.12" / "site-packages" / "torch"
    torch.mkdir(parents=True)
    (torch / "version.py").write_text("")
    return str(folder)


def test_the_option_wins_over_everything() -> None:
    chosen = choose(Settings(python="/a/python"), {"PYTORCH_TUTOR_PYTHON": "/b/python", "VIRTUAL_ENV": "/c"})
    assert (chosen.path, chosen.chosen) == ("/a/python", "--python")


def test_the_variable_wins_over_the_active_environment(tmp_path: Path) -> None:
    chosen = choose(
        Settings(), {"PYTORCH_TUTOR_PYTHON": "/b/python", "VIRTUAL_ENV": environment_with_torch(tmp_path)}
    )
    assert (chosen.path, chosen.chosen) == ("/b/python", "PYTORCH_TUTOR_PYTHON")


@pytest.mark.parametrize("variable", ["VIRTUAL_ENV", "CONDA_PREFIX"])
def test_the_active_environment_is_used_when_it_has_torch(variable: str, tmp_path: Path) -> None:
    assert choose(Settings(), {variable: str(tmp_path)}).path == sys.executable
    folder = environment_with_torch(tmp_path)
    assert choose(Settings(), {variable: folder}).path == str(tmp_path / "bin" / "python")


def test_without_any_word_it_is_our_own_python() -> None:
    assert choose(Settings(), {}).path == sys.executable


def test_a_folder_stands_for_the_python_in_it_and_a_bare_name_for_itself(tmp_path: Path) -> None:
    assert executable(str(tmp_path)) == str(tmp_path / "bin" / "python")
    assert executable("python3.12") == "python3.12"


def test_candidates_come_each_once_our_own_first() -> None:
    paths = candidates()
    assert paths[0] == sys.executable
    assert len(paths) == len(set(paths))


async def test_our_own_python_answers_with_its_torch() -> None:
    found = await ask(sys.executable)
    assert found is not None
    assert found.python.startswith(f"{sys.version_info.major}.{sys.version_info.minor}.")
    assert found.torch


async def test_what_is_no_python_does_not_answer(tmp_path: Path) -> None:
    assert await ask("/no/such/python") is None
    script = tmp_path / "python"
    script.write_text("#!/bin/sh\nexit 3\n")
    script.chmod(0o755)
    assert await ask(str(script)) is None


async def test_those_with_torch_are_found_first() -> None:
    with_torch = [bool(found.torch) for found in await found_interpreters()]
    assert with_torch[0]
    assert with_torch == sorted(with_torch, reverse=True)
