"""Our reads must not be seen by the learner's own modes, tensor subclasses or profilers."""

from __future__ import annotations

import ast
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


def names_modes(tree: ast.Module) -> bool:
    """Whether the program may put a mode or a profiler in place: it names one, or a default device."""
    for node in ast.walk(tree):
        word = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if isinstance(node, ast.alias):
            word = node.name
        if "Mode" in word or "profil" in word or "default_device" in word or word == "device":
            return True
    return False
