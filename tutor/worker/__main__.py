"""Launched by path, `PYTHON -E …/tutor/worker`: loads this folder as the package `pytorch_tutor_worker` and starts the zygote.

The folder is taken off `sys.path` first, so that no module name of ours can shadow one of the learner's.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys

PACKAGE = "pytorch_tutor_worker"


def load_package(folder: str) -> None:
    """Import `folder` as the package named PACKAGE, whatever the folder is called."""
    spec = importlib.util.spec_from_file_location(
        PACKAGE, os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"{folder} is not the worker's folder")
    package = importlib.util.module_from_spec(spec)
    sys.modules[PACKAGE] = package
    spec.loader.exec_module(package)


def main() -> int:
    """Serve runs until standard input ends."""
    folder = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != folder]
    load_package(folder)
    zygote = importlib.import_module(PACKAGE + ".zygote")
    return int(zygote.serve(sys.argv[1:]))


if __name__ == "__main__":
    raise SystemExit(main())
