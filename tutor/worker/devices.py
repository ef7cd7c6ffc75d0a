"""Which devices torch can use here: asked in a throw-away process, because asking CUDA spoils every later fork."""

from __future__ import annotations

import glob
import os
import select
import signal
import sys

import torch

PATIENCE = 30.0


def devices() -> list[str]:
    """`cpu` first, then what answers."""
    if not _worth_asking():
        return ["cpu"]
    answer_out, answer_in = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(answer_in, " ".join(_accelerators()).encode())
        finally:
            os._exit(0)
    os.close(answer_in)
    readable, _, _ = select.select([answer_out], [], [], PATIENCE)
    found = os.read(answer_out, 4096).decode().split() if readable else []
    os.close(answer_out)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return ["cpu", *found]


def _worth_asking() -> bool:
    if sys.platform == "darwin":
        return True
    return bool(glob.glob("/dev/nvidia[0-9]*") or glob.glob("/dev/dxg") or glob.glob("/dev/kfd"))


def _accelerators() -> list[str]:
    if torch.cuda.is_available():
        return [f"cuda:{index}" for index in range(torch.cuda.device_count())]
    mps = getattr(torch.backends, "mps", None)
    return ["mps"] if mps is not None and mps.is_available() else []
