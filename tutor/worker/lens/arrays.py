"""A NumPy array's facts; imported only once the learner has NumPy."""

from __future__ import annotations

from typing import Any

import numpy
import torch

from .tensors import TensorSnapshot, sampling_steps


def array_snapshot(array: Any) -> TensorSnapshot:
    """Metadata in the words used for tensors, and a copy of a sample."""
    size = array.itemsize or 1
    taken = TensorSnapshot(
        {
            "kind": "array",
            "shape": list(array.shape),
            "dtype": str(array.dtype),
            "device": "cpu",
            "stride": [step // size for step in array.strides],
            "storage": _base(array).ctypes.data or None,
            "offset": (array.ctypes.data - _base(array).ctypes.data) // size,
            "bytes": array.nbytes,
        }
    )
    if array.dtype.kind in "biufc" and array.dtype.isnative:
        _copy(taken, array)
    return taken


def _base(array: Any) -> Any:
    while isinstance(array.base, numpy.ndarray):
        array = array.base
    return array


def _copy(taken: TensorSnapshot, array: Any) -> None:
    taken.steps = sampling_steps(array.shape)
    taken.sampled = any(step > 1 for step in taken.steps)
    small = numpy.array(array[tuple(slice(None, None, step) for step in taken.steps)])
    try:
        taken.copy = torch.from_numpy(small)
    except TypeError:
        return  # float128 and the like
