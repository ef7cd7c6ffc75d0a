"""Devices: tensors apart, no CUDA here, memory."""

from __future__ import annotations

from typing import Any

from ..case import Case, Rule


def _devices(case: Case) -> dict[str, Any] | None:
    found = [f"{text} is on {value.device}" for text, value in case.tensors()]
    return {"where": " " + ", ".join(found) + "." if found else ""}


def _receiver(case: Case) -> dict[str, Any] | None:
    text, _ = case.operand("receiver", "argument 1")
    return {"name": text or "x"}


CHOOSE = 'device = "cuda" if torch.cuda.is_available() else "cpu"'

DEVICES = [
    Rule(
        "devices-differ",
        r"Expected all tensors to be on the same device|expected '(?P<word>\w+)' to be (?:on )?CUDA, but got CPU|expected all tensors to be on the same device",
        "The tensors of this operation live on different devices.{where}",
        "Move data and model to one device: x = x.to(device) for each batch, model.to(device) once.",
        _devices,
    ),
    Rule(
        "numpy-of-device",
        r"can't convert (?P<device>[\w:]+) device type tensor to numpy",
        "{name} lives on {device}, and NumPy can only look at the memory of the CPU.",
        "Use {name}.detach().cpu().numpy().",
        _receiver,
    ),
    Rule(
        "no-cuda",
        r"Torch not compiled with CUDA enabled|Found no NVIDIA driver|No CUDA GPUs are available|CUDA driver initialization failed",
        "This machine (or this build of PyTorch) has no CUDA device to use.",
        "Choose the device where the program starts: " + CHOOSE.replace("{", "{{").replace("}", "}}") + ".",
    ),
    Rule(
        "cuda-assert",
        r"device-side assert triggered",
        "An index was out of range on the GPU: most often a class number as large as the number of columns, or a token number as large as the embedding. The GPU cannot be used any more in this run.",
        "Run the same step on the CPU: there the message names the number.",
    ),
    Rule(
        "cuda-memory",
        r"CUDA out of memory\. Tried to allocate (?P<size>[\d.]+ \w+)",
        "The GPU has no {size} left.",
        "Make the batch smaller, wrap evaluation in torch.no_grad(), and keep loss.item() rather than loss in lists.",
    ),
    Rule(
        "memory",
        r"can't allocate memory: you tried to allocate (?P<bytes>\d+) bytes",
        "The program asked for {bytes} bytes at once, more than it may use.",
        "Look at the shapes on this line: two shapes that were meant to match may have been stretched against each other.",
    ),
    Rule(
        "invalid-device",
        r"Expected one of cpu, cuda, .* device type at start of device string: (?P<word>\S+)",
        "There is no device called {word}.",
        'Use "cpu", "cuda" or "cuda:0".',
    ),
]
