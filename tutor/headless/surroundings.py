"""Looks at what surrounds the tutor: Python, terminal, colours, locale, tmux, shared memory, compiler, record. No torch here."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping

from tutor import __version__
from tutor.headless.findings import Finding
from tutor.progress.location import open_store
from tutor.settings import Settings
from tutor.terminal import few_colours, speaks_utf8

SMALL_SHM = 256
"""MB; DataLoader workers pass tensors through /dev/shm."""


def look_around(settings: Settings, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Every finding that needs no worker."""
    system = f"{platform.system()} {platform.release()}, {platform.machine()}"
    yield Finding(
        "program", "tutor", True, f"pytorch-tutor {__version__} under Python {platform.python_version()}"
    )
    yield Finding("program", "system", True, f"{system}, {os.cpu_count()} processors, uid {os.getuid()}")
    yield _shared_memory()
    yield _compiler(environ)
    yield from terminal(environ)
    yield record(settings)


def terminal(environ: Mapping[str, str]) -> Iterator[Finding]:
    """What the screen can show."""
    size = shutil.get_terminal_size()
    kind = environ.get("TERM", "")
    if not sys.stdout.isatty():
        yield Finding(
            "terminal", "terminal", True, "standard output is no terminal here; commands print plain text"
        )
    elif kind in ("", "dumb"):
        yield Finding(
            "terminal", "terminal", False, f"TERM is {kind or 'not set'}", "the screen cannot be drawn",
            "Set TERM to what your terminal is: xterm-256color, say.",
        )  # fmt: skip
    else:
        narrow = size.columns < 80 or size.lines < 24
        yield Finding(
            "terminal", "terminal", not narrow, f"{kind}, {size.columns}x{size.lines}",
            "the screen is cramped" if narrow else "", "Make the terminal 80x24 or larger." if narrow else "",
        )  # fmt: skip
    yield _colours(environ)
    yield _locale(environ)
    if environ.get("TMUX"):
        yield _tmux()


def record(settings: Settings) -> Finding:
    """Whether progress can be kept."""
    store = open_store(settings.data_dir)
    path, reason = store.path, store.read_only
    store.close()
    if not reason:
        return Finding("record", "record", True, str(path))
    return Finding("record", "record", False, reason, "progress and drafts are lost at the end", reason)


def _colours(environ: Mapping[str, str]) -> Finding:
    if "NO_COLOR" in environ:
        return Finding("terminal", "colours", True, "off, as NO_COLOR asks")
    if few_colours(environ):
        return Finding(
            "terminal", "colours", True, "sixteen", "",
            "If the terminal shows more, set COLORTERM=truecolor: ssh does not carry it over.",
        )  # fmt: skip
    full = environ.get("COLORTERM", "").lower() in ("truecolor", "24bit")
    return Finding("terminal", "colours", True, "16 million" if full else "256")


def _locale(environ: Mapping[str, str]) -> Finding:
    named = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or "none"
    found = f"{named}, {locale.getpreferredencoding(False)}"
    if speaks_utf8(environ):
        return Finding("terminal", "locale", True, found)
    return Finding(
        "terminal",
        "locale",
        False,
        found,
        "drawings use ASCII characters only",
        "Set LC_ALL to a UTF-8 locale: C.UTF-8.",
    )


def _tmux() -> Finding:
    try:
        asked = subprocess.run(
            ["tmux", "show-options", "-sv", "escape-time"],
            capture_output=True,
            text=True,
            timeout=5,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        return Finding("terminal", "tmux", True, f"inside tmux, which does not answer ({fault})")
    wait = asked.stdout.strip()
    slow = wait.isdigit() and int(wait) > 100
    return Finding(
        "terminal", "tmux", not slow, f"inside tmux, escape-time {wait or 'unknown'}",
        "Esc takes half a second" if slow else "", "Add `set -sg escape-time 10` to ~/.tmux.conf." if slow else "",
    )  # fmt: skip


def _shared_memory() -> Finding:
    try:
        room = os.statvfs("/dev/shm")
    except OSError:
        return Finding("program", "/dev/shm", True, "none; DataLoader workers pass tensors another way")
    size = room.f_blocks * room.f_frsize >> 20
    small = size < SMALL_SHM
    return Finding(
        "program", "/dev/shm", not small, f"{size} MB",
        "DataLoader workers with large batches may fail" if small else "",
        "Start the container with --shm-size 1g." if small else "",
    )  # fmt: skip


def _compiler(environ: Mapping[str, str]) -> Finding:
    wanted = environ.get("CXX") or "g++"
    found = shutil.which(wanted) or shutil.which("clang++")
    return Finding("program", "C++ compiler", True, found or "none; torch.compile on the CPU needs one")
