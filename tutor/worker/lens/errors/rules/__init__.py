"""The table of explanations: exact texts of torch 2.13 and Python, and what to say about each."""

from __future__ import annotations

from ..case import Rule
from .autograd import AUTOGRAD
from .devices import DEVICES
from .dtypes import DTYPES
from .indexing import INDEXING
from .layers import LAYERS
from .loading import LOADING
from .losses import LOSSES
from .names import NAMES
from .python import PYTHON
from .shapes import SHAPES
from .syntax import SYNTAX

RULES: list[Rule] = [
    *SHAPES, *DTYPES, *LOSSES, *AUTOGRAD, *DEVICES, *LAYERS, *LOADING, *INDEXING, *NAMES, *SYNTAX, *PYTHON,
]  # fmt: skip
