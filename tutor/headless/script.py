"""A file as a program to run: read the way Python reads it, with the limits that fit a script of one's own."""

from __future__ import annotations

import io
import sys
import tokenize
from pathlib import Path

from tutor.failures import CommandFailure
from tutor.runner.request import RunLimits, RunRequest
from tutor.settings import Settings

STDIN = "-"
SECONDS = 3600.0
"""A script of one's own may train for long; ctrl+c stops it."""
MEMORY_MB = 8192


def read_source(file: str) -> str:
    """The text of a Python file, or of standard input for `-`."""
    raw = sys.stdin.buffer.read() if file == STDIN else _content(file)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
        return io.TextIOWrapper(io.BytesIO(raw), encoding).read()
    except (SyntaxError, UnicodeDecodeError, LookupError):
        raise CommandFailure(
            f"{_named(file)} is not text Python can read: expected UTF-8, or a coding line that names another encoding."
        ) from None


def _content(file: str) -> bytes:
    path = Path(file)
    try:
        return path.read_bytes()
    except IsADirectoryError:
        raise CommandFailure(f"{file} is a folder: name the Python file in it that is to be run.") from None
    except FileNotFoundError:
        near = f" {path.name}.py is there: is that it?" if path.with_name(path.name + ".py").is_file() else ""
        raise CommandFailure(
            f"{file} does not exist: give a Python file, or - for standard input.{near}"
        ) from None
    except OSError as fault:
        raise CommandFailure(f"{file} cannot be read: {fault.strerror or fault}.") from None


def _named(file: str) -> str:
    return "Standard input" if file == STDIN else file


def request_for(
    file: str,
    argv: tuple[str, ...],
    lens: bool,
    settings: Settings,
    allow_write: tuple[str, ...],
    allow_net: bool,
) -> RunRequest:
    """What the worker is asked to do for `run FILE`: the working folder is readable, as it is for `python FILE`."""
    folder, filename = _place(file)
    return RunRequest(
        source=read_source(file),
        filename=filename,
        argv=argv,
        lens=lens,
        limits=RunLimits(
            seconds=settings.time_limit or SECONDS,
            memory_mb=settings.memory_limit or MEMORY_MB,
            threads=settings.threads or 1,
        ),
        folder=str(folder),
        allow_write=tuple(str(Path(path).resolve()) for path in allow_write),
        allow_net=allow_net,
        stdin=file != STDIN,
    )


def _place(file: str) -> tuple[Path, str]:
    """The folder the program starts in and may read, and its name there.

    That is the working folder, as for `python FILE`; but the file's own folder when the file lies outside of it, or when
    the working folder is the root or the home folder: a program need not read all that is there, keys included.
    """
    here = Path.cwd().resolve()
    if file == STDIN:
        return here, "<stdin>"
    path = Path(file).resolve()
    too_wide = here in (Path(here.anchor), Path.home().resolve())
    if too_wide or not path.is_relative_to(here):
        return path.parent, path.name
    return here, file
