"""Lends the terminal to the learner's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from textual.app import App, SuspendNotSupported


def editor_command() -> list[str]:
    """What VISUAL or EDITOR names; `vi` when neither does."""
    return shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi") or ["vi"]


def edit_outside(app: App[int], code: str, name: str) -> tuple[str, str]:
    """The code as the editor left it, and why it could not be edited, as a sentence; empty when all is well."""
    with tempfile.TemporaryDirectory(prefix="pytorch-tutor-") as folder:
        path = Path(folder) / name
        path.write_text(code, encoding="utf-8")
        fault = _run_editor(app, path)
        return (code, fault) if fault else (path.read_text(encoding="utf-8", errors="replace"), "")


def _run_editor(app: App[int], path: Path) -> str:
    command = editor_command()
    fault = ""
    try:
        with app.suspend():
            # An exception that leaves this block would leave the app suspended for ever.
            try:
                code = subprocess.run([*command, str(path)], check=False).returncode
                fault = f"{command[0]} ended with exit code {code}: your code is as it was." if code else ""
            except OSError as error:
                fault = f"{command[0]} could not be started: {error.strerror}. Name an editor in VISUAL or EDITOR."
    except SuspendNotSupported:
        fault = "This terminal cannot be lent to another program."
    return fault
