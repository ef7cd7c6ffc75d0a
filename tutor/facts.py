"""What the worker may say about one value: metadata and small samples, never the value itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stats:
    """Numbers that sum a tensor up; counts are of elements (of the sample, when `sampled`)."""

    min: float | None = None
    max: float | None = None
    mean: float | None = None
    std: float | None = None
    nan: int = 0
    inf: int = 0
    zero: int = 0
    sampled: bool = False
    histogram: tuple[int, ...] = ()
    """Counts in equal bins from `min` to `max`; empty when there is nothing to bin."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A small grid for drawing: `rows` of numbers taken from the last two axes."""

    rows: tuple[tuple[float, ...], ...] = ()
    row_step: int = 1
    """Every how many rows of the tensor one row of the grid was taken."""
    column_step: int = 1


@dataclass(frozen=True, slots=True)
class TensorFacts:
    """A tensor, or a NumPy array (`kind` says which)."""

    shape: tuple[int, ...]
    dtype: str
    """Without the `torch.` prefix: `float32`."""
    device: str = "cpu"
    requires_grad: bool = False
    grad_fn: str | None = None
    leaf: bool = True
    stride: tuple[int, ...] = ()
    storage: int | None = None
    """An opaque number; equal numbers share memory."""
    offset: int = 0
    """Elements from the start of the storage."""
    bytes: int = 0
    layout: str = "strided"
    version: int = 0
    """How often it was changed in place."""
    stats: Stats | None = None
    sample: Sample | None = None
    text: str = ""
    """What printing it shows, when that is short."""
    kind: str = "tensor"
    shapes: tuple[tuple[int, ...], ...] = ()
    """All shapes the name has had on this line, when they vary."""
    grad: Stats | None = None
    """Of `.grad`, for leaves that have one."""


@dataclass(frozen=True, slots=True)
class ModuleFacts:
    """An `nn.Module`."""

    type: str
    text: str
    parameters: int = 0
    trainable: int = 0
    training: bool = True


@dataclass(frozen=True, slots=True)
class OptimizerFacts:
    """A `torch.optim` optimizer."""

    type: str
    lr: tuple[float, ...] = ()
    parameters: int = 0


@dataclass(frozen=True, slots=True)
class ScalarFacts:
    """A Python number, bool or None."""

    type: str
    text: str
    number: float | None = None


@dataclass(frozen=True, slots=True)
class TextFacts:
    """A string, or any object whose short text is all there is to say."""

    type: str
    text: str


@dataclass(frozen=True, slots=True)
class CollectionFacts:
    """A list, tuple, dict or set: its length and its first items."""

    type: str
    length: int
    text: str
    items: tuple[tuple[str, Value], ...] = ()
    """Pairs of key (or index) and facts; at most eight."""


Value = TensorFacts | ModuleFacts | OptimizerFacts | ScalarFacts | TextFacts | CollectionFacts


@dataclass(frozen=True, slots=True)
class Operand:
    """One operand of the expression that failed."""

    role: str
    """`left`, `right`, `argument input`, …"""
    expression: str
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """One level of a traceback, learner's frames first to last."""

    file: str
    line: int
    function: str
    code: str = ""
    column: int | None = None
    end_column: int | None = None


@dataclass(frozen=True, slots=True)
class GraphNode:
    """One node of an autograd graph; leaves carry their name."""

    id: int
    op: str
    shape: tuple[int, ...] | None = None
    name: str | None = None
    leaf: bool = False
    line: int | None = None
    grad: float | None = None
    """Norm of the gradient that flowed into this node."""


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """One layer of a model."""

    path: str
    type: str
    detail: str = ""
    output: tuple[int, ...] | None = None
    parameters: int = 0
    trainable: int = 0
    depth: int = 0
    shared_with: str | None = None
    reached: bool = True
    """False for layers the forward pass never came to."""


Evidence = Mapping[str, str | float | int | bool | list[object] | None]
