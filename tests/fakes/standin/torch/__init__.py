"""A torch without tensors: every name of it is a class that takes anything, so that the worker starts under a Python that has none.

It answers what the worker asks on its way to a program; programs that need a tensor are for the real one.
"""

from __future__ import annotations

import sys
import types
from typing import Any

__version__ = "0.0.0+standin"


class _Anything(type):
    """Classes whose missing attributes are classes of the same kind."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _made(name)
        setattr(cls, name, made)
        return made


class _Thing(metaclass=_Anything):
    """Made with anything, called with anything, usable in `with` and as a decorator."""

    def __init__(self, *given: object, **named: object) -> None:
        pass

    def __call__(self, *given: Any, **named: object) -> Any:
        return given[0] if given else self

    def __enter__(self) -> _Thing:
        return self

    def __exit__(self, *reason: object) -> None:
        pass

    def remove(self) -> None:
        """As handles of hooks have it."""


CLASSES = ("device", "dtype", "layout")


def _made(name: str) -> Any:
    """A class, or a function with code of its own where the real torch has one: the lens looks into it."""
    if name.lstrip("_")[:1].isupper() or name in CLASSES:
        return _Anything(name, (_Thing,), {"__module__": "torch"})

    def anything(*given: Any, **named: object) -> Any:
        return _Thing()

    anything.__name__ = anything.__qualname__ = name
    return anything


def backward(tensors: object = None) -> None:
    """The lens puts calls into the source of this one and the three below."""
    del tensors


def grad(outputs: object = None) -> None:
    """As `torch.autograd.grad` in name."""
    del outputs


class Optimizer(_Thing):
    """What has steps."""

    def __init__(self, *given: object, **named: object) -> None:
        self.steps = 0


class Module(_Thing):
    """What is called through `_call_impl`."""

    def _call_impl(self, *given: object, **named: object) -> object:
        return self.forward(*given, **named)

    def forward(self, *given: object, **named: object) -> object:
        """Hands back what it was given."""
        return given


class _Part(types.ModuleType):
    """A module that has every name."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _made(name)
        setattr(self, name, made)
        return made


PARTS = (
    "_C", "_dynamo", "autograd", "autograd.profiler", "backends", "cuda", "linalg", "multiprocessing", "multiprocessing.reductions",
    "nn", "nn.functional", "nn.modules", "nn.modules.batchnorm", "nn.modules.dropout", "nn.modules.loss", "nn.modules.module",
    "optim", "optim.optimizer", "overrides", "utils", "utils._python_dispatch", "utils.data", "utils.data._utils", "utils.hooks",
)  # fmt: skip
for _name in PARTS:
    _part = _Part(f"{__name__}.{_name}")
    _part.__path__ = []
    sys.modules[_part.__name__] = _part
    _above, _, _last = _part.__name__.rpartition(".")
    setattr(sys.modules[_above], _last, _part)

for _place, _name, _value in (
    ("utils._python_dispatch", "_disable_current_modes", _Thing), ("autograd", "backward", backward), ("autograd", "grad", grad), ("nn", "Module", Module), ("optim", "Optimizer", Optimizer),
    ("nn.modules.module", "Module", Module), ("optim.optimizer", "Optimizer", Optimizer),
):  # fmt: skip
    setattr(sys.modules[f"{__name__}.{_place}"], _name, _value)

threads = [1]


def set_num_threads(count: int) -> None:
    """Kept, so that a test may look."""
    threads[0] = count


def seed() -> int:
    """Nothing here is drawn."""
    return 0


def manual_seed(number: int) -> None:
    """Nothing here is drawn."""


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    globals()[name] = made = _made(name)
    return made
