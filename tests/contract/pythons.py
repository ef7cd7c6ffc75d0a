"""The Pythons of this machine that the worker serves, one of each minor version; those without torch get the stand-in."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from tutor.runner.interpreter import Found, ask, candidates

OLDEST, NEWEST = (3, 9), (3, 14)
STANDIN = Path(__file__).resolve().parent.parent / "fakes" / "standin"


@dataclass(frozen=True)
class Served:
    """One Python and how the worker is started under it."""

    found: Found

    @property
    def real(self) -> bool:
        """Whether it has torch itself."""
        return bool(self.found.torch)

    def __str__(self) -> str:
        return f"{self.found.python}{' with torch' if self.real else ''}"

    def executable(self, folder: Path, before: str = "") -> str:
        """A script that behaves like this Python, with the stand-in where it has no torch; `before` is executed first."""
        path = folder / "python"
        place = "" if self.real else f"sys.path.insert(0, {str(STANDIN)!r})\n"
        path.write_text(
            f"#!{self.found.path}\nimport runpy, sys\n{place}sys.argv = sys.argv[2:]\n{before}\n"
            "runpy.run_path(sys.argv[0], run_name='__main__')"
        )
        path.chmod(0o755)
        return str(path)


def minor(version: str) -> tuple[int, int]:
    """Major and minor version."""
    major, second, *_ = version.split(".")
    return int(major), int(second)


async def _answers() -> list[Found]:
    home = Path(os.path.expanduser("~"))
    paths = [*candidates(), *(str(path) for path in sorted(home.glob(".pyenv/versions/*/bin/python")))]
    paths += [
        str(Path(folder) / f"python3.{number}")
        for folder in os.environ.get("PATH", "").split(os.pathsep)
        for number in range(OLDEST[1], NEWEST[1] + 1)
    ]
    answers = await asyncio.gather(*(ask(path) for path in dict.fromkeys(paths) if os.access(path, os.X_OK)))
    return [one for one in answers if one is not None]


def served() -> list[Served]:
    """One of each version; this very Python first, then those with torch."""
    found: dict[tuple[int, int], Served] = {}
    answers = asyncio.run(_answers())
    for one in sorted(answers, key=lambda one: (one.path != sys.executable, not one.torch)):
        if OLDEST <= minor(one.python) <= NEWEST:
            found.setdefault(minor(one.python), Served(one))
    return [found[version] for version in sorted(found)]
