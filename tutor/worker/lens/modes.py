"""Our reads must not be seen by the learner's own modes, tensor subclasses or profilers."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any

import torch
from torch.utils import _python_dispatch

_C: Any = torch._C
ORDINARY = (torch.Tensor, torch.nn.Parameter)


def undisturbed(value: Any = None) -> AbstractContextManager[Any]:
    """Within it, no `__torch_function__` and no dispatch mode of the learner is called."""
    special = isinstance(value, torch.Tensor) and type(value) not in ORDINARY
    if not special and not modes_active():
        return nullcontext()
    stack = ExitStack()
    stack.enter_context(_C.DisableTorchFunction())
    if _C._len_torch_dispatch_stack():
        stack.enter_context(vars(_python_dispatch)["_disable_current_modes"]())
    return stack


def modes_active() -> bool:
    """Whether some mode would see what we do."""
    return bool(_C._len_torch_function_stack() or _C._len_torch_dispatch_stack())


def profiled() -> bool:
    """Whether a profiler would list what we do."""
    return bool(_C._autograd._profiler_enabled())
