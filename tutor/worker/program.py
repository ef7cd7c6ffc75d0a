"""What a run is asked to do: the far side's reading of `runner.request.RunRequest`."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Limits:
    """What one run may use; the defaults are those of `runner.request.RunLimits`."""

    seconds: float = 30.0
    memory_mb: int = 2048
    output_kb: int = 32768
    disk_mb: int = 300
    files: int = 20000
    processes: int = 128
    threads: int = 1
    gpu_memory_mb: int = 8192


@dataclass(frozen=True)
class Program:
    """One program with everything it may use."""

    source: str
    filename: str = "lesson.py"
    argv: tuple[str, ...] = ()
    lens: bool = True
    limits: Limits = field(default_factory=Limits)
    files: dict[str, bytes] = field(default_factory=dict)
    folder: str | None = None
    allow_write: tuple[str, ...] = ()
    allow_net: bool = False
    grading: dict[str, Any] | None = None
    seed_of_cases: int = 0
    asks: tuple[str, ...] = ()
    stdin: bool = False
    seed: int | None = None
    names: bool = False


def read_program(message: dict[str, Any]) -> Program:
    """The program of a `run` command. Raises `ValueError` or `TypeError` when it is not one."""
    fields = dict(message)
    limits = {key: value for key, value in fields.pop("limits", {}).items() if key in Limits.__annotations__}
    files = {name: base64.b64decode(content) for name, content in fields.pop("files", {}).items()}
    grading = fields.pop("grading", None)
    for key in ("argv", "allow_write", "asks"):
        fields[key] = tuple(fields.get(key, ()))
    known = {key: value for key, value in fields.items() if key in Program.__annotations__}
    return Program(
        **known,
        limits=Limits(**limits),
        files=files,
        grading=grading["step"] if grading else None,
        seed_of_cases=grading.get("seed", 0) if grading else 0,
    )
