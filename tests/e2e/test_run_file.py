"""`pytorch-tutor run FILE` as a person or a pipe meets it: the real command, a real worker, real torch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest

pytestmark = pytest.mark.torch

PROGRAM = """\
import sys
import torch
from torch import nn

torch.manual_seed(0)
x = torch.linspace(-1, 1, 50).unsqueeze(1)
y = 3 * x + 2 + 0.1 * torch.randn(50, 1)
model = nn.Linear(1, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(100):
    pred = model(x)
    loss = nn.functional.mse_loss(pred, y)
    opt.zero_grad()
    loss.backward()
    opt.step()
    print(f"{loss.item():.6f}")
print(sys.argv[1:])
"""
FAILING = "import torch\nx = torch.ones(32, 10)\nw = torch.ones(5, 10)\ny = x @ w\n"
PATIENCE = 120


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "fit.py").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "fail.py").write_text(FAILING, encoding="utf-8")
    return tmp_path


def environment() -> dict[str, str]:
    root = str(Path(__file__).parents[2])
    return {
        **os.environ,
        "PYTHONPATH": root,
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
        "OMP_NUM_THREADS": "1",
    }


def tutor(folder: Path, *arguments: str, typed: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tutor", "run", *arguments],
        cwd=folder, env=environment(), input=typed, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def events(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_json_holds_every_assignment_and_every_loss_the_program_printed(folder: Path) -> None:
    done = tutor(folder, "fit.py", "--json", "--", "a", "--b")
    assert done.returncode == 0, done.stderr
    said = events(done)
    shapes = {event["name"]: event["value"].get("shape") for event in said if event["event"] == "value"}
    assert {"x", "y", "model", "opt", "epoch", "pred", "loss"} <= set(shapes)
    assert [shapes["x"], shapes["y"], shapes["pred"], shapes["loss"]] == [[50, 1], [50, 1], [50, 1], []]
    printed = "".join(event["text"] for event in said if event["event"] == "output").split("\n")
    losses = [event["loss"] for event in said if event["event"] == "step"]
    assert losses == pytest.approx([float(line) for line in printed[:100]], abs=1e-6)
    assert printed[100] == "['a', '--b']"
    assert [said[-1]["event"], said[-1]["status"]] == ["finished", "ok"]
    assert [event["event"] for event in said].count("finished") == 1


def test_plain_text_says_what_failed_and_exits_with_1(folder: Path) -> None:
    done = tutor(folder, "fail.py")
    assert done.returncode == 1
    assert "x = torch.ones(32, 10)   → (32, 10) f32" in done.stdout
    assert "x (32, 10) @ w (5, 10) cannot be multiplied" in done.stdout
    assert done.stderr.startswith("Traceback (most recent call last):")


def test_without_the_lens_it_is_the_plain_program_also_from_standard_input(folder: Path) -> None:
    done = tutor(
        folder,
        "-",
        "--no-lens",
        typed="import sys\nprint('here', __name__)\nprint('there', file=sys.stderr)\n",
    )
    assert (done.stdout, done.stderr, done.returncode) == ("here __main__\n", "there\n", 0)


def test_a_python_without_torch_is_named_and_the_exit_code_is_3(folder: Path) -> None:
    done = tutor(folder, "fit.py", "--json", "--python", "/nowhere/python")
    assert done.returncode == 3
    assert done.stdout == ""
    assert "/nowhere/python" in done.stderr
    assert len(done.stderr.strip().split("\n")) == 1


def test_in_a_terminal_the_notes_and_the_falling_loss_stay_on_the_screen(folder: Path) -> None:
    child = pexpect.spawn(
        sys.executable, ["-m", "tutor", "run", "fit.py", "--no-color"],
        cwd=str(folder), env=environment(), encoding="utf-8", dimensions=(60, 100), timeout=PATIENCE,
    )  # fmt: skip
    child.expect("The program finished after 100 steps")
    shown = child.before or ""
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "→ (50, 1) f32" in shown
    assert "└──────" in shown
    assert "step 99" in shown


def test_ctrl_c_in_a_terminal_stops_the_program(folder: Path) -> None:
    (folder / "long.py").write_text("print('re' + 'ady')\nwhile True:\n    pass\n", encoding="utf-8")
    child = pexpect.spawn(
        sys.executable, ["-m", "tutor", "run", "long.py"],
        cwd=str(folder), env=environment(), encoding="utf-8", dimensions=(40, 100), timeout=PATIENCE,
    )  # fmt: skip
    child.expect("ready")
    child.sendintr()
    child.expect("The program was stopped")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 1
