from __future__ import annotations

from pathlib import Path

import pytest

from tutor.events import Ready
from tutor.headless.doctor import worker_findings
from tutor.headless.findings import Finding, lacking, next_step
from tutor.headless.surroundings import record, terminal
from tutor.runner.contract import WorkerState
from tutor.runner.interpreter import Found, Interpreter
from tutor.settings import Settings

PYTHON = Interpreter("/somewhere/python", "--python")


def by_name(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.name: finding for finding in findings}


def test_a_ready_worker_is_reported_with_its_torch_devices_and_layers() -> None:
    ready = Ready(python="3.12.1", torch="2.6.0", devices=("cpu", "cuda:0"), layers={"landlock": "on"})
    findings = by_name(list(worker_findings(PYTHON, WorkerState("ready", ready=ready))))
    assert findings["torch"].found == "2.6.0"
    assert findings["devices"].found == "cpu, cuda:0"
    assert findings["landlock"].ok
    assert all(finding.ok for finding in findings.values())
    assert lacking([*findings.values()]) == []


def test_a_layer_that_is_off_says_why_and_what_that_leaves_open_but_code_still_runs() -> None:
    ready = Ready(torch="2.6.0", layers={"landlock": "the kernel is too old", "seccomp": "on"})
    findings = list(worker_findings(PYTHON, WorkerState("ready", ready=ready)))
    off = by_name(findings)["landlock"]
    assert not off.ok
    assert off.found == "the kernel is too old"
    assert "read your files" in off.leaves_open
    assert lacking(findings) == []


def test_a_worker_that_is_missing_names_the_interpreter_and_what_to_try() -> None:
    state = WorkerState("missing", reason="torch cannot be imported.", advice="Name another with --python.")
    findings = list(worker_findings(PYTHON, state))
    assert [finding.vital for finding in lacking(findings)] == [True]
    assert "/somewhere/python" in findings[0].found
    assert "torch cannot be imported." in findings[0].found
    assert next_step(findings) == "Name another with --python."


def test_a_python_that_has_torch_is_offered_in_place_of_one_that_has_not() -> None:
    others = [Found("/ml/bin/python", "3.11.2", "2.5.1")]
    findings = list(worker_findings(PYTHON, WorkerState("missing", reason="No torch."), others))
    assert next_step(findings) == "/ml/bin/python has torch 2.5.1: name it with --python /ml/bin/python."


def test_what_stops_the_tutor_comes_before_what_merely_hampers_it() -> None:
    hampers = Finding("terminal", "locale", False, "latin-1", advice="Set LC_ALL.")
    stops = Finding("torch", "worker", False, "none", advice="Install torch.", vital=True)
    assert next_step([hampers, stops]) == "Install torch."
    assert next_step([hampers]) == "Set LC_ALL."
    assert "opens the tutor" in next_step([])


@pytest.mark.parametrize(
    ("environ", "name", "ok", "words"),
    [
        ({"LC_ALL": "en_US.ISO-8859-1"}, "locale", False, "ISO-8859-1"),
        ({"LC_ALL": "C.UTF-8"}, "locale", True, "C.UTF-8"),
        (
            {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"},
            "colours",
            True,
            "million",
        ),
        ({"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}, "colours", True, "256"),
        ({"TERM": "screen", "LC_ALL": "C.UTF-8"}, "colours", True, "sixteen"),
        ({"NO_COLOR": "1", "LC_ALL": "C.UTF-8"}, "colours", True, "NO_COLOR"),
    ],
)
def test_the_terminal_is_described_from_its_environment(
    environ: dict[str, str], name: str, ok: bool, words: str
) -> None:
    finding = by_name(list(terminal(environ)))[name]
    assert finding.ok is ok
    assert words in finding.found


def test_a_record_that_cannot_be_kept_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("no folder")
    assert record(Settings(data_dir=tmp_path / "elsewhere")).ok
    finding = record(Settings(data_dir=tmp_path / "home"))
    assert not finding.ok
    assert "cannot be written" in finding.found
