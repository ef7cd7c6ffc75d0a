"""A tensor's metadata and a small detached copy: everything its facts need once the tensor itself may be gone."""

from __future__ import annotations

from typing import Any

import torch

from .modes import ORDINARY, profiled, undisturbed
from .statistics import sample_grid, statistics

MOST_COPIED = 4096
"""Elements copied of one tensor: statistics of larger ones are of a strided sample."""

_C: Any = torch._C
_DISPATCH_OFF: Any = getattr(_C, "_disabled_torch_dispatch_impl", None)
_DEVICES_READ = ("cpu", "cuda", "mps", "xpu")


class TensorSnapshot:
    """Metadata of a tensor or array at one moment, with a copy of at most `MOST_COPIED` of its elements."""

    __slots__ = ("copy", "gradient", "keys", "sampled", "sequence", "steps")

    def __init__(self, keys: dict[str, Any]) -> None:
        self.keys = keys
        self.copy: torch.Tensor | None = None
        self.gradient: torch.Tensor | None = None
        self.sampled = False
        self.steps: tuple[int, ...] = ()
        self.sequence: int | None = None

    @property
    def shape(self) -> list[int]:
        """The tensor's shape."""
        shape: list[int] = self.keys["shape"]
        return shape

    def facts(self, thorough: bool = True) -> dict[str, Any]:
        """The dict of the contract; without `thorough` the grid and the printed text are left out, which cost the most."""
        keys = dict(self.keys)
        with torch.no_grad():
            _try(self._add_numbers, keys, thorough)
            if thorough:
                _try(self._add_text, keys)
        return keys

    def _add_numbers(self, keys: dict[str, Any], thorough: bool) -> None:
        if self.gradient is not None:
            keys["grad"] = statistics(self.gradient.cpu(), False)
        if self.copy is None:
            return
        copy = self.copy = self.copy.cpu()
        keys["stats"] = statistics(copy, self.sampled)
        if thorough:
            keys["sample"] = sample_grid(copy, self.steps)

    def _add_text(self, keys: dict[str, Any]) -> None:
        if self.copy is None or self.sampled or self.copy.numel() > 16 or keys["kind"] != "tensor":
            return
        text = repr(self.copy)
        if keys["grad_fn"]:
            text = f"{text[:-1]}, grad_fn=<{keys['grad_fn']}>)"
        elif keys["requires_grad"]:
            text = f"{text[:-1]}, requires_grad=True)"
        keys["text"] = text


def _try(function: Any, *args: Any) -> None:
    try:
        function(*args)
    except Exception:  # a dtype or layout that lacks an operation: the metadata stands
        return


def tensor_snapshot(value: torch.Tensor) -> TensorSnapshot:
    """Metadata and a copy of a sample. Takes no graph, draws no random number, waits for no device."""
    with undisturbed(value):
        taken = TensorSnapshot(_metadata(value))
        if _readable(value):
            _try(_copy_into, taken, value)
    return taken


def _readable(value: torch.Tensor) -> bool:
    if profiled():
        return False
    if type(value) not in ORDINARY and getattr(type(value), "__torch_dispatch__", None) is not _DISPATCH_OFF:
        return False
    device = value.device.type
    if device not in _DEVICES_READ or value.is_nested:
        return False
    if device == "cuda" and torch.cuda.is_current_stream_capturing():
        return False
    return not _C._functorch.is_functorch_wrapped_tensor(value)


def _metadata(value: torch.Tensor) -> dict[str, Any]:
    node = value.grad_fn
    strided = value.layout is torch.strided and not value.is_nested
    return {
        "kind": "tensor",
        "shape": _shape(value),
        "dtype": str(value.dtype)[6:],
        "device": str(value.device),
        "requires_grad": value.requires_grad,
        "grad_fn": None if node is None else type(node).__name__,
        "leaf": value.is_leaf,
        "stride": list(value.stride()) if strided else [],
        "storage": _storage(value) if strided else None,
        "offset": _quietly(value.storage_offset, 0) if strided else 0,
        "bytes": _quietly(lambda: value.nbytes, 0),
        "layout": str(value.layout)[6:],
        "version": _quietly(lambda: value._version, 0),
    }


def _shape(value: torch.Tensor) -> list[int]:
    if value.is_nested:
        return [value.size(0)]
    return [int(size) if type(size) is not int else size for size in value.shape]


def _storage(value: torch.Tensor) -> int | None:
    return _quietly(lambda: value.untyped_storage().data_ptr(), 0) or None


def _quietly(function: Any, otherwise: int) -> int:
    try:
        return int(function())
    except Exception:  # inference tensors have no version, functorch wrappers no storage
        return otherwise


def _copy_into(taken: TensorSnapshot, value: torch.Tensor) -> None:
    node = value.grad_fn
    if node is not None:
        taken.sequence = node._sequence_nr()
    with torch.no_grad():
        plain = value.detach()
        if plain.layout is not torch.strided:
            plain = plain.to_dense() if plain.numel() <= MOST_COPIED else plain._values()
        if plain.is_quantized:
            plain = plain.dequantize()
        taken.copy, taken.steps = copy_of_sample(plain)
        taken.sampled = any(step > 1 for step in taken.steps)
        if value.is_leaf and value.requires_grad and value.grad is not None:
            taken.gradient = copy_of_sample(value.grad.detach())[0]


def copy_of_sample(plain: torch.Tensor) -> tuple[torch.Tensor, tuple[int, ...]]:
    """A copy of every k-th element along each axis, small enough to keep."""
    steps = sampling_steps(tuple(plain.shape))
    if any(step > 1 for step in steps):
        plain = plain[tuple(slice(None, None, step) for step in steps)]
    return plain.clone(), steps


def sampling_steps(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Doubles the step of the longest axis until the sample is small enough."""
    steps, sizes, count = [1] * len(shape), list(shape), 1
    for size in shape:
        count *= size
    while count > MOST_COPIED:
        axis = max(range(len(sizes)), key=sizes.__getitem__)
        steps[axis] *= 2
        sizes[axis] = (shape[axis] + steps[axis] - 1) // steps[axis]
        count = 1
        for size in sizes:
            count *= size
    return tuple(steps)
