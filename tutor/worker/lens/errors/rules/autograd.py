"""Gradients: leaves, graphs, in-place changes."""

from __future__ import annotations

import ast
from typing import Any

import torch

from ..case import Case, Rule, shape


def _in_place(case: Case) -> dict[str, Any] | None:
    text, _ = case.operand("left", "receiver", "value")
    return {"name": text or "the tensor"}


def _receiver(case: Case) -> dict[str, Any] | None:
    text, value = case.operand("receiver", "argument 1", "value")
    if not isinstance(value, torch.Tensor):
        return None
    return {"name": text, "shape": shape(value), "count": value.numel()}


def _no_gradient(case: Case) -> dict[str, Any] | None:
    text, _ = case.operand("receiver", "argument 1")
    inputs = _inputs_of(case, text)
    told = f" It was made from {inputs}, none of which asks for gradients." if inputs else ""
    return {"name": text or "the loss", "told": told}


def _inputs_of(case: Case, name: str) -> str:
    """Names in the last assignment of the loss that are tensors."""
    frame, tree = case.place.frame, case.place.tree
    if frame is None or tree is None or not name.isidentifier():
        return ""
    values = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
    ]
    names = {**frame.f_globals, **frame.f_locals}
    used = [node.id for value in values[-1:] for node in ast.walk(value) if isinstance(node, ast.Name)]
    found = [
        n
        for n in dict.fromkeys(used)
        if isinstance(names.get(n), torch.Tensor) and not names[n].requires_grad
    ]
    return ", ".join(found)


def _missing_grad(case: Case) -> dict[str, Any] | None:
    """Why `w.grad` is None."""
    node = case.place.node
    grads = (
        [n for n in ast.walk(node) if isinstance(n, ast.Attribute) and n.attr == "grad"]
        if node is not None
        else []
    )
    frame = case.place.frame
    for grad in grads:
        if not isinstance(grad.value, ast.Name) or frame is None:
            continue
        owner = {**frame.f_globals, **frame.f_locals}.get(grad.value.id)
        if isinstance(owner, torch.Tensor):
            return {"name": grad.value.id, **_why_none(grad.value.id, owner)}
    return None


def _why_none(name: str, owner: torch.Tensor) -> dict[str, str]:
    if not owner.is_leaf:
        return {
            "why": f"{name} is not a leaf: it is the result of an operation ({type(owner.grad_fn).__name__}), and only leaves keep their gradient",
            "fix": f"Make it a leaf, {name} = (...).detach().requires_grad_(), or update it in place under torch.no_grad()",
        }
    if not owner.requires_grad:
        return {"why": f"{name} does not ask for gradients", "fix": f"Create {name} with requires_grad=True"}
    return {
        "why": f"no backward pass has reached {name} yet",
        "fix": f"Call .backward() on a loss made from {name} before this line",
    }


def _versions(case: Case) -> dict[str, Any] | None:
    changed = _changed_in_place(case)
    return {"lines": f" In-place changes stand on {changed}." if changed else ""}


def _changed_in_place(case: Case) -> str:
    tree, last = case.place.tree, case.place.line or 0
    if tree is None:
        return ""
    lines = []
    for node in ast.walk(tree):
        augmented = isinstance(node, ast.AugAssign)
        assigned = isinstance(node, ast.Assign) and any(isinstance(t, ast.Subscript) for t in node.targets)
        call = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and _in_place_name(node.func.attr)
        )
        if (augmented or assigned or call) and isinstance(node, (ast.stmt, ast.expr)) and node.lineno <= last:
            lines.append(node.lineno)
    return ", ".join(f"line {line}" for line in sorted(set(lines))[:4])


def _in_place_name(name: str) -> bool:
    return name.endswith("_") and not name.endswith("__") and name != "requires_grad_"


def _again(case: Case) -> dict[str, Any] | None:
    """Twice the same loss, or a state carried from step to step."""
    text, _ = case.operand("receiver", "argument 1")
    tree, line = case.place.tree, case.place.line or 0
    calls = [
        node.lineno
        for node in ast.walk(tree or ast.Module([], []))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "backward"
    ]
    earlier = [number for number in calls if number < line]
    name = text or "the loss"
    if earlier:
        why = f"Line {max(earlier)} went backward through the same graph already, and it was freed then"
        return {
            "why": why,
            "fix": f"Build {name} anew before each backward, or give the first one retain_graph=True",
        }
    why = "The graph reaches back into an earlier round of the loop, which was freed by its own backward; some tensor is carried from round to round"
    return {"why": why, "fix": "Detach what is carried over at the start of each round: h = h.detach()"}


AUTOGRAD = [
    Rule(
        "leaf-in-place",
        r"a (?:view of a )?leaf Variable that requires grad is being used in an in-place operation",
        "{name} is a leaf that collects gradients; changing it in place would have to be part of its own gradient's history.",
        "Put the update inside `with torch.no_grad():`.",
        _in_place,
    ),
    Rule(
        "changed-since",
        r"one of the variables needed for gradient computation has been modified by an inplace operation: \[(?P<kind>[\w.]+) \[(?P<shape>[\d, ]*)\]\](?:, which is output (?P<output>\d+) of (?P<op>\w+))?, is at version (?P<now>\d+); expected version (?P<then>\d+)",
        "Backward needs a tensor of shape [{shape}] as it was when {op} used it (version {then}), but it was changed in place since (version {now}).{lines}",
        "Write y = y + 1 instead of y += 1, so that the old values stay.",
        _versions,
    ),
    Rule(
        "backward-twice",
        r"Trying to backward through the graph a second time",
        "{why}.",
        "{fix}.",
        _again,
    ),
    Rule(
        "no-gradient",
        r"element 0 of tensors does not require grad and does not have a grad_fn",
        "{name} is not connected to anything that collects gradients.{told} That happens when no input has requires_grad=True, or when the chain was cut by no_grad, detach, item or argmax.",
        "Give the parameters requires_grad=True, and compute the loss outside torch.no_grad().",
        _no_gradient,
    ),
    Rule(
        "not-a-scalar",
        r"grad can be implicitly created only for scalar outputs",
        "{name} is {shape}: backward() needs one number to start from, and there are {count}.",
        "Reduce it first: {name}.mean().backward() or {name}.sum().backward().",
        _receiver,
    ),
    Rule(
        "grad-is-none",
        r"unsupported operand type\(s\) for .*NoneType|'NoneType' object has no attribute '(?P<word>\w+)'",
        "{name}.grad is None: {why}.",
        "{fix}.",
        _missing_grad,
    ),
    Rule(
        "numpy-needs-detach",
        r"Can't call numpy\(\) on Tensor that requires grad",
        "{name} is part of an autograd graph, and NumPy knows nothing of gradients.",
        "Use {name}.detach().numpy(): the same numbers, cut off from the graph.",
        _receiver,
    ),
    Rule(
        "unused-in-graph",
        r"(?:One of the differentiated Tensors|The differentiated Tensor at index \d+) appears to not have been used in the graph",
        "One of the tensors you asked the gradient for was not used to compute the output.",
        "Check that the output is made from that very tensor, or pass allow_unused=True.",
    ),
    Rule(
        "deepcopy-non-leaf",
        r"Only Tensors created explicitly by the user \(graph leaves\) support the deepcopy protocol",
        "Only leaves can be deep-copied; this tensor is the result of an operation and drags its graph along.",
        "Copy it with x.detach().clone().",
    ),
    Rule(
        "backward-device-assert",
        r"Function '?(?P<op>\w+)Backward\d*'? returned nan values in its (?P<which>\d+)",
        "The gradient of {op} became NaN (output {which}).",
        "Look at the values that {op} was given: a square root or logarithm of 0, or a division by 0, is the usual cause.",
    ),
    Rule(
        "non-leaf-optimized",
        r"can't optimize a non-leaf Tensor",
        "One of the tensors given to the optimizer is the result of an operation, not a leaf: its gradient would not be kept.",
        "Do the arithmetic first and ask for gradients last: torch.randn(3).mul_(0.01).requires_grad_().",
    ),
]
