"""Names: misspelt, not imported, not installed."""

from __future__ import annotations

import builtins
import difflib
import types
from typing import Any

import torch

from ...attributes import MISSING
from ..case import Case, Rule, layer_words, shape

IMPORTS = {
    "torch": "import torch",
    "nn": "from torch import nn",
    "F": "import torch.nn.functional as F",
    "np": "import numpy as np",
    "numpy": "import numpy",
    "plt": "import matplotlib.pyplot as plt",
    "pd": "import pandas as pd",
    "optim": "from torch import optim",
    "math": "import math",
    "random": "import random",
    "time": "import time",
    "os": "import os",
    "sys": "import sys",
    "DataLoader": "from torch.utils.data import DataLoader",
    "Dataset": "from torch.utils.data import Dataset",
    "TensorDataset": "from torch.utils.data import TensorDataset",
    "Tensor": "from torch import Tensor",
    "defaultdict": "from collections import defaultdict",
    "Counter": "from collections import Counter",
    "Path": "from pathlib import Path",
    "tqdm": "from tqdm import tqdm",
}


def _import(case: Case) -> dict[str, Any] | None:
    line = IMPORTS.get(case.group("name"))
    return {"line": line} if line is not None else None


def _near(case: Case) -> dict[str, Any] | None:
    frame = case.place.frame
    names = [*vars(builtins)]
    if frame is not None:
        names = [*frame.f_locals, *frame.f_globals, *names]
    known = [name for name in names if not name.startswith("@")]
    found = difflib.get_close_matches(case.group("name"), known, 1, 0.65)
    return {"near": found[0]} if found else None


def _attribute_owner(case: Case) -> tuple[str, Any]:
    text, value = case.operand("value", "receiver")
    error: Any = case.place.error
    if value is MISSING:
        value = getattr(error, "obj", None)
    return text, value


def _near_attribute(case: Case) -> dict[str, Any] | None:
    text, owner = _attribute_owner(case)
    if owner is None:
        return None
    names = (
        list(vars(owner)) if isinstance(owner, types.ModuleType) else [*dir(type(owner)), *_own_names(owner)]
    )
    found = difflib.get_close_matches(case.group("name"), [n for n in names if not n.startswith("_")], 1, 0.6)
    return {"near": found[0], "owner": text or case.group("owner")} if found else None


def _own_names(owner: Any) -> list[str]:
    try:
        own = dict(object.__getattribute__(owner, "__dict__"))
    except AttributeError:
        return []
    if isinstance(owner, torch.nn.Module):
        for table in ("_modules", "_parameters", "_buffers"):
            own.update(own.get(table) or {})
    return list(own)


def _layer_asked(case: Case) -> dict[str, Any] | None:
    """`model.shape`: a model is no tensor."""
    text, owner = _attribute_owner(case)
    if not isinstance(owner, torch.nn.Module) or not hasattr(torch.Tensor, case.group("name")):
        return None
    return {"owner": text or "it", "layer": layer_words(owner)}


def _list_asked(case: Case) -> dict[str, Any] | None:
    text, owner = _attribute_owner(case)
    if not isinstance(owner, (list, tuple, int, float)) or not hasattr(torch.Tensor, case.group("name")):
        return None
    return {"owner": text or "it", "kind": type(owner).__name__}


def _none_asked(case: Case) -> dict[str, Any] | None:
    text, _ = _attribute_owner(case)
    return {"owner": text or "the object"}


def _tensor_asked(case: Case) -> dict[str, Any] | None:
    text, owner = _attribute_owner(case)
    return {"owner": text, "shape": shape(owner)} if isinstance(owner, torch.Tensor) else None


NAMES = [
    Rule(
        "import-missing",
        r"name '(?P<name>\w+)' is not defined",
        "{name} has not been imported.",
        "Put `{line}` at the top of the program.",
        _import,
        "NameError",
    ),
    Rule(
        "name-near",
        r"name '(?P<name>\w+)' is not defined",
        "There is no name {name} here; there is {near}.",
        "Write {near}, if that is what was meant.",
        _near,
        "NameError",
    ),
    Rule(
        "local-before-assignment",
        r"(?:local variable '(?P<old>\w+)' referenced before assignment|cannot access local variable '(?P<name>\w+)')",
        "This function assigns the name further on or on another path, which makes it local, and here it has no value yet.",
        "Give it a value before this line, pass it in as an argument, or declare it global.",
        type="UnboundLocalError",
    ),
    Rule(
        "name-unknown",
        r"name '(?P<name>\w+)' is not defined",
        "There is no name {name} at this point: it was never assigned, or only inside a function or on a path that was not taken.",
        "Assign {name} before this line, or check its spelling.",
        type="NameError",
    ),
    Rule(
        "matplotlib-missing",
        r"No module named 'matplotlib'",
        "matplotlib is not installed here. The tutor draws losses and tensors by itself, so the program can do without it.",
        "Remove the plotting lines, or install it: pip install matplotlib.",
        type="ModuleNotFoundError",
    ),
    Rule(
        "module-missing",
        r"No module named '(?P<name>[\w.]+)'",
        "There is no module {name} in this Python.",
        "Check the spelling; otherwise install it with pip into the Python that the tutor runs.",
        type="ModuleNotFoundError",
    ),
    Rule(
        "import-name",
        r"cannot import name '(?P<name>\w+)' from '(?P<owner>[\w.]+)'",
        "{owner} has nothing called {name} in this version.",
        "Check the spelling, and whether it lives in another module.",
        type="ImportError",
    ),
    Rule(
        "none-attribute",
        r"'NoneType' object has no attribute '(?P<name>\w+)'",
        "{owner} is None, and None has no {name}.",
        "Look at where {owner} gets its value: a function without return gives None, and so do methods that change things in place.",
        _none_asked,
        "AttributeError",
    ),
    Rule(
        "model-is-no-tensor",
        r"'(?P<owner>\w+)' object has no attribute '(?P<name>\w+)'",
        "{owner} is a layer, {layer}, not a tensor: {name} belongs to tensors.",
        "Call it on data first, {owner}(x), and ask the result.",
        _layer_asked,
        "AttributeError",
    ),
    Rule(
        "list-is-no-tensor",
        r"'(?P<kind2>\w+)' object has no attribute '(?P<name>\w+)'",
        "{owner} is a Python {kind}, not a tensor: {name} belongs to tensors.",
        "Make a tensor of it: torch.tensor({owner}).",
        _list_asked,
        "AttributeError",
    ),
    Rule(
        "attribute-near",
        r"(?:'(?P<owner>\w+)' object|module '(?P<module>[\w.]+)'|type object '(?P<type>\w+)') has no attribute '(?P<name>\w+)'",
        "{owner} has no attribute {name}; it has {near}.",
        "Write {near}, if that is what was meant.",
        _near_attribute,
        "AttributeError",
    ),
    Rule(
        "tensor-attribute",
        r"'(?P<owner2>\w+)' object has no attribute '(?P<name>\w+)'",
        "{owner} is a tensor, {shape}, and tensors have no {name}.",
        "Look the method up; in PyTorch some things are functions instead: torch.{name}({owner}).",
        _tensor_asked,
        "AttributeError",
    ),
    Rule(
        "attribute-unknown",
        r"'(?P<owner>\w+)' object has no attribute '(?P<name>\w+)'",
        "An object of class {owner} has no {name}.",
        "Check the spelling, and that __init__ assigns self.{name} if it should be there.",
        type="AttributeError",
    ),
    Rule(
        "module-attribute",
        r"module '(?P<owner>[\w.]+)' has no attribute '(?P<name>\w+)'",
        "The module {owner} has nothing called {name}.",
        "Check the spelling, and the version of the library.",
        type="AttributeError",
    ),
]
