"""What runs when the program's process leaves: its own exit functions, not those of the modules the worker preloaded.

torch's compiler registers reports of what it traced; they take 25 ms of every run and say nothing to a learner.
"""

from __future__ import annotations

import atexit
import logging
import multiprocessing.util
import weakref

from torch.utils.data import _utils as data_workers


def forget_our_exits() -> None:
    """Start with the exit functions a fresh interpreter would have by the time they matter."""
    vars(atexit)["_clear"]()
    vars(weakref.finalize)["_registry"].clear()
    type.__setattr__(weakref.finalize, "_registered_with_atexit", False)
    for function in (
        logging.shutdown,
        vars(data_workers).get("_set_python_exit_flag"),  # not in every torch
        vars(multiprocessing.util)["_exit_function"],
    ):
        if function is not None:
            atexit.register(function)


def run_exits() -> None:
    """Run them, last registered first."""
    vars(atexit)["_run_exitfuncs"]()
