"""What the worker loads before the first run, so that no run pays for it, and what it says of the machine."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Collection
from typing import Any, NamedTuple

import torch
import torch._dynamo
import torch.optim
import torch.utils.data

from . import enter, supervise
from .confine import Confinement, by_value, probe
from .devices import devices
from .lens import prepare


class Ready(NamedTuple):
    """The keys of the `ready` event, and the confinement every run gets."""

    keys: dict[str, Any]
    confinement: Confinement


def warm_up(without: Collection[str] = (), abi: int = 0) -> Ready:
    """After this module's imports: one torch thread, the layers probed."""
    torch.set_num_threads(1)
    prepare()
    loaded = (enter.entering, supervise.supervise, by_value.send_by_value, os.getpid())
    confinement = probe(without, abi)
    keys = {
        "python": platform.python_version(),
        "executable": sys.executable,
        "torch": torch.__version__,
        "devices": devices(),
        "layers": confinement.layers,
        "pid": loaded[-1],
    }
    return Ready(keys, confinement)
