"""Which programs of a lesson are not formatted as ruff would; without ruff on this machine nothing is said."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

WIDTH = 80
"""Columns of the editor in a terminal of 80."""
_BLANK = re.compile(r"^(\s+)\.\.\.$", re.MULTILINE)
Key = TypeVar("Key")


def unformatted(programs: Mapping[Key, str]) -> list[Key]:
    """The keys of those that would be changed; programs with blanks or errors in them are left alone."""
    ruff = _ruff()
    if ruff is None or not programs:
        return []
    # ruff pulls `...` up to its `def`; a starter leaves it a line of its own to write on.
    sources = {key: _BLANK.sub(r"\1pass", program) for key, program in programs.items()}
    with tempfile.TemporaryDirectory(prefix="pytorch-tutor-format-") as folder:
        files = {
            key: Path(folder, f"{place}.py") for place, key in enumerate(sources) if _is_python(sources[key])
        }
        for key, file in files.items():
            file.write_text(sources[key], encoding="utf-8")
        command = [ruff, "format", "--isolated", "--quiet", "--line-length", str(WIDTH), folder]
        subprocess.run(command, capture_output=True, timeout=60, check=False)
        return [key for key, file in files.items() if file.read_text(encoding="utf-8") != sources[key]]


def _ruff() -> str | None:
    beside = Path(sys.executable).with_name("ruff")
    return str(beside) if beside.is_file() else shutil.which("ruff")


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True
