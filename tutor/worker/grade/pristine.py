"""torch as it was before the learner's code: patched functions and changed global state are put back before grading."""

from __future__ import annotations

import builtins
import math
import random
import sys
from types import ModuleType
from typing import Any

import torch

_WATCHED: tuple[Any, ...] = (
    builtins, math, torch, torch.Tensor, torch.nn, torch.nn.functional, torch.nn.Module, torch.autograd,
    torch.optim, torch.optim.Optimizer, torch.linalg, torch.testing,
)  # fmt: skip


class Pristine:
    """Remembers torch's functions and the state of its generators."""

    def __init__(self) -> None:
        self._attributes = [(owner, dict(vars(owner))) for owner in _WATCHED]
        self._layers = [(owner, dict(vars(owner))) for owner in _layers()]
        self._default_dtype = torch.get_default_dtype()
        self._generators = _generators()

    def note_generators(self) -> None:
        """Remember the generators as they are now: the solution will start from the same."""
        self._generators = _generators()

    def restore(self, layers: bool = False) -> None:
        """Put back every function that was replaced or hidden; what was added stays. With `layers` in every class too."""
        for owner, attributes in self._attributes + (self._layers if layers else []):
            now = vars(owner)
            for name, original in attributes.items():
                if now.get(name) is not original and not name.startswith("__doc"):
                    _put_back(owner, name, original)
            if len(now) > len(attributes) and isinstance(owner, type):
                for name in [name for name in now if name not in attributes and _inherited(owner, name)]:
                    _take_away(owner, name)

    def reset_state(self) -> None:
        """Grad mode, default dtype and default device as they were at the start."""
        torch.set_grad_enabled(True)
        torch.set_default_dtype(self._default_dtype)
        torch.set_default_device(None)

    def rewind(self) -> None:
        """Generators as they were when the learner's program began."""
        torch_state, python_state, numpy_state = self._generators
        torch.set_rng_state(torch_state)
        random.setstate(python_state)
        numpy = sys.modules.get("numpy")
        if numpy is not None and numpy_state is not None:
            numpy.random.set_state(numpy_state)


def seed_all(seed: int) -> None:
    """The same seed for torch, random and NumPy (when it is loaded)."""
    torch.manual_seed(seed)
    random.seed(seed)
    numpy = sys.modules.get("numpy")
    if numpy is not None and hasattr(numpy, "random"):
        numpy.random.seed(seed % (2**32))


def _generators() -> tuple[torch.Tensor, Any, Any]:
    numpy: ModuleType | None = sys.modules.get("numpy")
    state = numpy.random.get_state() if numpy is not None and hasattr(numpy, "random") else None
    return torch.get_rng_state(), random.getstate(), state


def _layers() -> list[type]:
    """The classes of layers and optimizers, whose methods could be replaced as well."""
    found = [value for module in (torch.nn, torch.optim) for value in vars(module).values()]
    return [value for value in found if isinstance(value, type)]


def _inherited(owner: type, name: str) -> bool:
    return any(name in vars(base) for base in owner.__mro__[1:])


def _take_away(owner: type, name: str) -> None:
    try:
        delattr(owner, name)
    except (AttributeError, TypeError):
        return


def _put_back(owner: Any, name: str, original: Any) -> None:
    try:
        setattr(owner, name, original)
    except (AttributeError, TypeError):
        return
