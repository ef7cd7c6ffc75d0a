"""The environment a worker is started with: nothing but what Python and torch need, so that no key of the person's is in it."""

from __future__ import annotations

from collections.abc import Mapping

PASSED_ON = (
    "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH",
    "CUDA_VISIBLE_DEVICES", "CUDA_HOME", "CUDA_PATH", "NVIDIA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "CONDA_PREFIX",
    "PYTHONUSERBASE", "CC", "CXX",
)  # fmt: skip


def clean_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """What of the person's environment the worker may see."""
    return {name: environ[name] for name in PASSED_ON if name in environ}
