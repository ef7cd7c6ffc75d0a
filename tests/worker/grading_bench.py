"""Runs many answers through one grading process: torch is imported once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Graded:
    """What became of one answer."""

    statuses: tuple[str, ...]
    messages: tuple[str, ...]
    graded: int | None
    wrong: str = ""
    traceback: str = ""
    case: str = ""

    @property
    def passed(self) -> bool:
        """Every check passed, and grading came to its end."""
        return self.graded == len(self.statuses) > 0 and set(self.statuses) == {"passed"}

    @property
    def message(self) -> str:
        """What the first failure says."""
        return next((text for text in self.messages if text), "")


def grade_all(jobs: Iterable[Mapping[str, Any]]) -> list[Graded]:
    """Grade every job, in order."""
    lines = "".join(json.dumps(job) + "\n" for job in jobs)
    done = subprocess.run(
        [sys.executable, "-m", "tests.worker.grading_worker"],
        input=lines,
        capture_output=True,
        text=True,
        timeout=600,
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [_graded(json.loads(line)) for line in done.stdout.splitlines()]


def _graded(answer: Mapping[str, Any]) -> Graded:
    checks = [event for event in answer["events"] if event["event"] == "check"]
    return Graded(
        tuple(event["status"] for event in checks),
        tuple(event.get("message", "") for event in checks),
        answer["graded"],
        next((event["wrong"] for event in checks if event.get("wrong")), ""),
        answer.get("traceback", ""),
        next((event["case"] for event in checks if event.get("case")), ""),
    )
