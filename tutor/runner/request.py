"""What the interface asks of the worker: one frozen dataclass per question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RunLimits:
    """What one run may use."""

    seconds: float = 30.0
    """Wall-clock deadline."""
    memory_mb: int = 2048
    output_kb: int = 32_768
    """Of stdout and stderr together; what is beyond is dropped and counted, and the program stopped."""
    disk_mb: int = 300
    files: int = 20_000
    processes: int = 128
    threads: int = 1
    """torch threads."""
    gpu_memory_mb: int = 8192
    """On each graphics card, from the moment the run starts CUDA."""


@dataclass(frozen=True, slots=True)
class Grading:
    """What the worker needs to grade an answer: a step in plain builtins, as `lesson.wire.step_payload` makes it."""

    step: Mapping[str, object]
    seed: int = 0
    """Draws the cases; a fresh one for each attempt."""


@dataclass(frozen=True, slots=True)
class RunRequest:
    """Run this program in a fresh process."""

    source: str
    filename: str = "lesson.py"
    """What tracebacks show."""
    argv: tuple[str, ...] = ()
    lens: bool = True
    limits: RunLimits = field(default_factory=RunLimits)
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Laid into the scratch folder, read-only: name to content."""
    folder: str | None = None
    """A folder of the worker's machine that the program may read and starts in; None: an empty scratch folder."""
    allow_write: tuple[str, ...] = ()
    allow_net: bool = False
    grading: Grading | None = None
    asks: tuple[str, ...] = ()
    """Expressions evaluated after the program ended well; each answers with a `value` event whose `how` is `asked`."""
    stdin: bool = False
    """True: `input()` may ask the person; False: standard input is empty."""
    seed: int | None = None
    """torch.manual_seed before the program; None draws a fresh one."""
    trusted: bool = True
    """False for a lesson from elsewhere that nobody has said yes to: refused where `runner.trust` says so."""
    names: bool = False
    """Tell at the end what the program's names stood for (the `names` event): completion lives on it."""
