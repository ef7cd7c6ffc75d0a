"""Layers and modules: channels, kernels, half-built classes."""

from __future__ import annotations

import math
from typing import Any

import torch

from ..case import Case, Rule, shape


def _conv_input(case: Case) -> dict[str, Any] | None:
    given = case.local_tensor("input")
    if given is None:
        return None
    channels = getattr(case.layer, "in_channels", 1)
    side = math.isqrt(given.shape[-1] // channels) if given.shape[-1] % channels == 0 else 0
    square = side * side * channels == given.shape[-1] and side > 1
    fix = (
        f"x.view(-1, {channels}, {side}, {side})"
        if square
        else "x.unsqueeze(0), or a view with batch and channel axes"
    )
    return {
        "layer": case.layer_label() or "this convolution",
        "shape": shape(given),
        "fix": fix,
        "channels": channels,
    }


def _channels_last(case: Case) -> dict[str, Any] | None:
    given = case.local_tensor("input")
    wanted = case.number("wanted")
    if given is None or given.dim() != 4 or given.shape[-1] != wanted:
        return None
    return {"shape": shape(given), "layer": case.layer_label()}


def _channels(case: Case) -> dict[str, Any] | None:
    return {"layer": case.layer_label() or "this convolution"}


def _norm(case: Case) -> dict[str, Any] | None:
    return {"layer": case.layer_label() or "Batch normalisation"}


def _embedding(case: Case) -> dict[str, Any] | None:
    indices = case.local_tensor("input")
    if not isinstance(case.layer, torch.nn.Embedding) or indices is None:
        return None
    rows = case.layer.num_embeddings
    low, high = int(indices.min()), int(indices.max())
    return {
        "layer": case.layer_label(),
        "rows": rows,
        "last": rows - 1,
        "low": low,
        "high": high,
        "needed": high + 1,
    }


def _argument(case: Case) -> dict[str, Any] | None:
    return {"layer": case.layer_label() or case.group("function")}


def _none_from_forward(case: Case) -> dict[str, Any] | None:
    """A forward without `return` gives None, which the next line then uses."""
    silent = [type(m).__name__ for m in _models(case) if _forgets_return(case, m)]
    return {"model": silent[0]} if silent else None


def _models(case: Case) -> list[torch.nn.Module]:
    frame = case.place.frame
    names = {**frame.f_globals, **frame.f_locals} if frame is not None else {}
    return [value for value in names.values() if isinstance(value, torch.nn.Module)]


def _forgets_return(case: Case, model: torch.nn.Module) -> bool:
    import ast

    tree = case.place.tree
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.ClassDef) and node.name == type(model).__name__:
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and method.name == "forward":
                    return not any(
                        isinstance(n, ast.Return) and n.value is not None for n in ast.walk(method)
                    )
    return False


def _spelling(case: Case) -> dict[str, Any] | None:
    import ast
    import difflib

    name = case.group("model")
    tree = case.place.tree
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.ClassDef) and node.name == name:
            methods = [m.name for m in node.body if isinstance(m, ast.FunctionDef) and m.name != "__init__"]
            near = difflib.get_close_matches("forward", methods, 1, 0.6)
            if near:
                return {"hint": f" There is a method {near[0]}."}
            inner = [
                n.name
                for m in node.body
                for n in ast.walk(m)
                if isinstance(n, ast.FunctionDef) and n is not m
            ]
            if "forward" in inner:
                return {"hint": " A forward stands inside another method: it is indented too far."}
    return {"hint": ""}


_NONE = r"'NoneType' object|must be Tensor, not NoneType|got NoneType|unsupported operand type\(s\) for .*NoneType"

LAYERS = [
    Rule(
        "forward-returns-none",
        _NONE,
        "{model}.forward returns nothing, so calling the model gives None.",
        "End forward with return and the result.",
        _none_from_forward,
    ),
    Rule(
        "conv-input",
        r"Expected (?P<a>\dD) \(unbatched\) or (?P<b>\dD) \(batched\) input to (?P<op>\w+), but got input of size: \[(?P<sizes>[\d, ]*)\]",
        "{layer} takes images, [batch, channels, height, width], and was given {shape}.",
        "Give it its axes back: {fix}.",
        _conv_input,
    ),
    Rule(
        "channels-last",
        r"expected input\[(?P<sizes>[\d, ]*)\] to have (?P<wanted>\d+) channels, but got (?P<given>\d+) channels instead",
        "The input is {shape}: its channels ({wanted}) stand last, and PyTorch wants them second, [batch, channels, height, width].",
        "Use x.permute(0, 3, 1, 2).",
        _channels_last,
    ),
    Rule(
        "conv-channels",
        r"expected input\[(?P<sizes>[\d, ]*)\] to have (?P<wanted>\d+) channels, but got (?P<given>\d+) channels instead",
        "Layer {layer} takes {wanted} channels and was given {given}: its input is [{sizes}].",
        "Set in_channels to {given}, or change what comes before.",
        _channels,
    ),
    Rule(
        "kernel-too-large",
        r"Calculated padded input size per channel: \((?P<size>[\dx ]+)\)\. Kernel size: \((?P<kernel>[\dx ]+)\)",
        "The image has shrunk to {size} (padding included), smaller than the {kernel} kernel of {layer}.",
        "Pool less before this layer, add padding, or use a smaller kernel; the model's tree shows the shape after each layer.",
        _channels,
    ),
    Rule(
        "pool-too-small",
        r"Output size is too small",
        "The image is too small to be pooled again: {layer} would give an empty result.",
        "Pool less often, or start with a larger image.",
        _channels,
    ),
    Rule(
        "norm-one-sample",
        r"Expected more than 1 value per channel when training, got input size torch\.Size\(\[(?P<sizes>[\d, ]*)\]\)",
        "{layer} in training mode needs more than one sample to compute a spread, and was given [{sizes}].",
        "Call model.eval() for single samples; in training use drop_last=True in the DataLoader.",
        _norm,
    ),
    Rule(
        "norm-shape",
        r"Given normalized_shape=\[(?P<wanted>[\d, ]*)\], expected input with shape \[\*, [\d, ]*\], but got input of size ?\[(?P<given>[\d, ]*)\]",
        "This LayerNorm normalises the last axes [{wanted}], and the input is [{given}].",
        "Give LayerNorm the size of the input's last axis.",
    ),
    Rule(
        "norm-features",
        r"running_mean should contain (?P<given>\d+) elements not (?P<wanted>\d+)",
        "{layer} was made for {wanted} features and was given {given}.",
        "Make the numbers equal: the features of the layer before, and those of the normalisation.",
        _norm,
    ),
    Rule(
        "embedding-range",
        r"index out of range in self",
        "{layer} has rows 0 to {last}, and the indices run from {low} to {high}.",
        "Make num_embeddings at least {needed}, or check where the {high} comes from.",
        _embedding,
    ),
    Rule(
        "recurrent-input",
        r"input\.size\(-1\) must be equal to input_size\. Expected (?P<wanted>\d+), got (?P<given>\d+)",
        "Layer {layer} takes {wanted} features at each time step and was given {given}.",
        "Set input_size to {given}, or check the order of the axes (batch_first=True puts the batch first).",
        _channels,
    ),
    Rule(
        "attention-heads",
        r"embed_dim must be divisible by num_heads",
        "Attention splits the embedding evenly among the heads, so embed_dim must be a multiple of num_heads.",
        "Choose numbers that divide, such as 64 and 8.",
    ),
    Rule(
        "super-init-missing",
        r"cannot assign (?:module|parameters?|buffers?) before Module\.__init__\(\) call",
        "The class puts a layer into itself before nn.Module is set up.",
        "Make super().__init__() the first line of __init__.",
    ),
    Rule(
        "forward-missing",
        r"Module \[(?P<model>\w+)\] is missing the required \"forward\" function",
        "{model} has no method called forward, which calling a model needs.{hint}",
        "Define def forward(self, x): inside the class, indented like __init__.",
        _spelling,
    ),
    Rule(
        "layer-argument",
        r"(?P<function>\w+)\(\): argument '(?P<word>\w+)' \(position \d+\) must be (?P<wanted>[\w ]+), not (?P<given>\w+)",
        "{layer} wants a {wanted} as {word} and was given a {given}.",
        "Convert it first: torch.tensor(...) makes a tensor from lists and numbers.",
        _argument,
    ),
    Rule(
        "empty-parameters",
        r"optimizer got an empty parameter list",
        "The optimizer found no parameters: the model has no layers it knows of. Layers in a plain Python list or dict are not seen.",
        "Keep layers as attributes, or in nn.ModuleList or nn.Sequential.",
    ),
]
