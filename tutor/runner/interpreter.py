"""Which Python the worker runs under: the one named, the active environment if it has torch, or our own."""

from __future__ import annotations

import asyncio
import glob
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tutor.runner.environment import clean_environment
from tutor.settings import Settings

VARIABLE = "PYTORCH_TUTOR_PYTHON"
PROBE = (
    "import platform, importlib.metadata as m\n"
    "try: torch = m.version('torch')\n"
    "except m.PackageNotFoundError: torch = ''\n"
    "print(platform.python_version(), torch)"
)


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python executable and why it was chosen."""

    path: str
    chosen: str = "named by hand"


@dataclass(frozen=True, slots=True)
class Found:
    """A Python on this machine, for the first-run screen."""

    path: str
    python: str
    torch: str
    """Empty when it has none."""


def choose(settings: Settings, environ: Mapping[str, str] | None = None) -> Interpreter:
    """`--python`, PYTORCH_TUTOR_PYTHON, the active virtual or conda environment if it has torch, our own."""
    environ = os.environ if environ is None else environ
    if settings.python:
        return Interpreter(executable(settings.python), "--python")
    if environ.get(VARIABLE):
        return Interpreter(executable(environ[VARIABLE]), VARIABLE)
    for variable in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        folder = environ.get(variable, "")
        if folder and has_torch(folder):
            return Interpreter(executable(folder), variable)
    return Interpreter(sys.executable, "the tutor's own Python")


def executable(named: str) -> str:
    """The executable meant: an environment's folder stands for its Python; a bare name is looked up in PATH by the system."""
    path = Path(named).expanduser()
    if path.is_dir():
        return str(path / "bin" / "python")
    return str(path) if os.sep in named else named


def has_torch(environment: str) -> bool:
    """True when an environment's folder holds a torch; nothing is executed to find out."""
    places = glob.iglob(
        os.path.join(glob.escape(environment), "lib*", "python3*", "site-packages", "torch", "version.py")
    )
    return any(True for _ in places)


def candidates(environ: Mapping[str, str] | None = None) -> list[str]:
    """Pythons worth asking, most likely first, each once."""
    environ = os.environ if environ is None else environ
    home = environ.get("HOME", "")
    folders = [environ.get("VIRTUAL_ENV", ""), environ.get("CONDA_PREFIX", ""), ".venv", "venv"]
    for pattern in (
        "envs/*", ".virtualenvs/*", ".venvs/*", ".pyenv/versions/*", "miniconda3", "miniconda3/envs/*",
        "miniforge3", "miniforge3/envs/*", "anaconda3", "anaconda3/envs/*", ".conda/envs/*",
    ):  # fmt: skip
        folders += sorted(glob.glob(os.path.join(glob.escape(home), pattern))) if home else []
    folders += ["/opt/conda", "/opt/venv", "/venv"]
    paths = [os.path.join(folder, "bin", "python") for folder in folders if folder]
    paths += [os.path.join(place, "python3") for place in environ.get("PATH", "").split(os.pathsep) if place]
    return list(dict.fromkeys([sys.executable, *_executables(paths)]))


def _executables(paths: Iterable[str]) -> list[str]:
    return [os.path.abspath(path) for path in paths if os.access(path, os.X_OK) and not os.path.isdir(path)]


async def ask(path: str, patience: float = 10.0) -> Found | None:
    """What this Python is and whether it has torch; None when it does not answer."""
    try:
        process = await asyncio.create_subprocess_exec(
            path, "-E", "-c", PROBE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            stdin=asyncio.subprocess.DEVNULL, env=clean_environment(os.environ), cwd="/",
        )  # fmt: skip
    except OSError:
        return None
    try:
        answer, _ = await asyncio.wait_for(process.communicate(), patience)
    except asyncio.TimeoutError:
        process.kill()
        await process.wait()
        return None
    python, _, torch = answer.decode("utf-8", "replace").strip().partition(" ")
    return Found(path, python, torch) if process.returncode == 0 and python else None


async def found_interpreters(environ: Mapping[str, str] | None = None) -> list[Found]:
    """Every Python found that answers; those with torch first."""
    answers = await asyncio.gather(*(ask(path) for path in candidates(environ)))
    return sorted((one for one in answers if one is not None), key=lambda one: not one.torch)
