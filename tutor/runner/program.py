"""A `RunRequest` as the `run` command of the wire."""

from __future__ import annotations

import base64
from dataclasses import asdict

from tutor.runner.request import RunRequest


def run_command(run: str, request: RunRequest) -> dict[str, object]:
    """The command that starts this program under this name."""
    program: dict[str, object] = {
        "source": request.source,
        "filename": request.filename,
        "argv": list(request.argv),
        "lens": request.lens,
        "limits": asdict(request.limits),
        "files": {name: base64.b64encode(content).decode("ascii") for name, content in request.files.items()},
        "folder": request.folder,
        "allow_write": list(request.allow_write),
        "allow_net": request.allow_net,
        "asks": list(request.asks),
        "stdin": request.stdin,
        "seed": request.seed,
        "names": request.names,
    }
    if request.grading is not None:
        program["grading"] = {"step": dict(request.grading.step), "seed": request.grading.seed}
    return {"do": "run", "run": run, "program": program}
