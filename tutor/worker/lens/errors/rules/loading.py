"""Data loading and checkpoints."""

from __future__ import annotations

import re
from typing import Any

from ..case import Case, Rule


def _inner(case: Case) -> dict[str, Any] | None:
    """The exception inside a DataLoader's worker is text: its last line and the learner's last line in it."""
    lines = [line for line in case.message.strip().splitlines() if line.strip()]
    spots = re.findall(r'File "([^"]+)", line (\d+), in (\w+)', case.message)
    own = [(line, function) for file, line, function in spots if file == case.place.filename]
    line, function = own[-1] if own else (spots[-1][1], spots[-1][2])
    return {"last": lines[-1].strip(), "line": line, "function": function}


def _prefix(case: Case) -> dict[str, Any] | None:
    missing = re.findall(r'"([^"]+)"', case.group("missing"))
    extra = re.findall(r'"([^"]+)"', case.group("extra"))
    for name in extra:
        plain = next((m for m in missing if name.endswith("." + m)), None)
        if plain is not None:
            prefix = name[: -len(plain)]
            return {
                "prefix": prefix,
                "count": len(extra),
                "fix": f"Strip it: {{k.removeprefix('{prefix}'): v for k, v in state.items()}}",
            }
    for name in missing:
        plain = next((e for e in extra if name.endswith("." + e)), None)
        if plain is not None:
            prefix = name[: -len(plain)]
            return {
                "prefix": prefix,
                "count": len(missing),
                "fix": f"Load it into that part of the model: model.{prefix[:-1]}.load_state_dict(state)",
            }
    return None


LOADING = [
    Rule(
        "worker-error",
        r"Caught (?P<kind>\w+) in DataLoader worker process (?P<which>\d+)",
        "The error happened inside the DataLoader's worker process {which}, on line {line} in {function}: {last}",
        "Set num_workers=0 while looking for it: then it is raised at its own line.",
        _inner,
    ),
    Rule(
        "collate",
        r"default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found (?P<kind>.+)",
        "The DataLoader puts samples together into one tensor, and does not know how to do that with {kind}.",
        "Return tensors, numbers, lists or dicts from __getitem__, or give the DataLoader a collate_fn.",
    ),
    Rule(
        "dataset-getitem",
        r"Subclasses of Dataset should implement __getitem__",
        "The dataset has no __getitem__, which gives sample number i.",
        "Define def __getitem__(self, i): and check its spelling and indentation.",
    ),
    Rule(
        "tensor-dataset",
        r"Size mismatch between tensors",
        "TensorDataset pairs row with row, and the tensors have different numbers of rows.",
        "Print the first size of each tensor: they must be equal.",
        type="AssertionError",
    ),
    Rule(
        "state-size",
        r"size mismatch for (?P<name>[\w.]+): copying a param with shape torch\.Size\(\[(?P<saved>[\d, ]*)\]\) from checkpoint, the shape in current model is torch\.Size\(\[(?P<model>[\d, ]*)\]\)",
        "{name} is [{saved}] in the saved state and [{model}] in this model: the model is built differently from the one that was saved.",
        "Build the model with the same sizes as when it was saved.",
    ),
    Rule(
        "state-prefix",
        r"Missing key\(s\) in state_dict: (?P<missing>.*?)\. *\n?\s*Unexpected key\(s\) in state_dict: (?P<extra>.*)\.",
        "The names differ only by the prefix {prefix!r}: {count} of them. It is added when a model is wrapped in another one.",
        "{fix}.",
        _prefix,
    ),
    Rule(
        "state-keys",
        r"Missing key\(s\) in state_dict: (?P<missing>.*?)\.",
        "The saved state lacks {missing}, which this model has.",
        "Compare model.state_dict().keys() with the keys of the saved state; strict=False loads what fits.",
    ),
    Rule(
        "weights-only",
        r"Weights only load failed",
        "torch.load reads only tensors and plain containers unless told otherwise, because a pickled object can run code.",
        "Save model.state_dict() instead of the model; only for a file you made yourself, use weights_only=False.",
    ),
]
