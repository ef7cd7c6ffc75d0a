"""What the command line and the environment decided, once, for the whole program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Options that hold everywhere; None means: not given, use the lesson's or the default."""

    lessons: tuple[Path, ...] = ()
    """Folders or files of lessons; empty: the lessons that came with the program."""
    python: str | None = None
    """The interpreter the worker runs under."""
    data_dir: Path | None = None
    """Where progress is kept; None: platformdirs decides."""
    threads: int | None = None
    time_limit: float | None = None
    memory_limit: int | None = None
    """MB."""
    ascii: bool = False
    color: bool = True
    full_redraw: bool = False
    """Leave drawing to Textual, which sends whole widgets."""
    watch: bool = False
    """Put the code in a file for another editor, and run it whenever that is saved."""
