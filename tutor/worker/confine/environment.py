"""The environment variables of a run: caches and homes inside its own folder, nothing of the person's."""

from __future__ import annotations

import os
import tempfile

KEPT = (
    "PATH",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "LD_LIBRARY_PATH",
    "CUDA_VISIBLE_DEVICES",
    "CUDA_HOME",
    "CC",
    "CXX",
    "KINETO_LOG_LEVEL",
)


def enter(home: str, temporary: str) -> None:
    """Replace `os.environ` for the program and everything it starts."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    os.environ.clear()
    os.environ.update(kept)
    os.environ.update(
        HOME=home,
        TMPDIR=temporary,
        USER="learner",
        LOGNAME="learner",
        XDG_CACHE_HOME=os.path.join(home, ".cache"),
        MPLCONFIGDIR=os.path.join(home, ".matplotlib"),
        MPLBACKEND="Agg",
        TORCH_HOME=os.path.join(home, ".torch"),
        TORCHINDUCTOR_CACHE_DIR=os.path.join(temporary, "inductor"),
        TORCHINDUCTOR_COMPILE_THREADS="1",
        TRITON_CACHE_DIR=os.path.join(temporary, "triton"),
        PYTORCH_NVML_BASED_CUDA_CHECK="1",
        PYTHONDONTWRITEBYTECODE="1",
    )
    tempfile.tempdir = None
