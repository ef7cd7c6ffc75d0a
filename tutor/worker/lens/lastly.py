"""What is known only when the program has ended: last values of module-level names, gradients of leaves, an unfinished block."""

from __future__ import annotations

from types import FrameType, TracebackType
from typing import Any

import torch

from .attributes import MISSING, peek
from .recorder import Recorder
from .sites import Site
from .tensors import TensorSnapshot, copy_of_sample


def take_last_values(recorder: Recorder, namespace: dict[str, Any]) -> None:
    """Names whose last binding was not recorded are read from the namespace, where that is certain."""
    by_name: dict[str, list[Site]] = {}
    for site in recorder.layout.sites:
        if site.scope == "" and site.block >= 0:
            by_name.setdefault(site.name, []).append(site)
    for sites in by_name.values():
        stale = [site for site in sites if recorder.taken_at[site.id] != recorder.seen(site)]
        value = _value(sites[0], namespace)
        exact = [site for site in sites if site not in stale]
        if (
            not stale
            or value is MISSING
            or any(recorder.identity[site.id] == id(value) for site in exact if not _in_place(site))
        ):
            continue
        last = stale[-1]
        together = {(site.body, recorder.seen(site)) for site in stale}
        if len(together) == 1:
            recorder.take(last, namespace[last.name.split(".")[0]], recorder.seen(last))


def _in_place(site: Site) -> bool:
    return site.how in ("inplace", "item", "changed")


def _value(site: Site, namespace: dict[str, Any]) -> Any:
    root, *path = site.name.split(".")
    return peek(namespace[root], tuple(path)) if root in namespace else MISSING


def take_gradients(recorder: Recorder, namespace: dict[str, Any]) -> None:
    """The gradient that a leaf has now, beside the value it had on its line."""
    for site in recorder.layout.sites:
        taken = recorder.latest[site.id]
        if site.scope or not isinstance(taken, TensorSnapshot) or not taken.keys.get("requires_grad"):
            continue
        value = _value(site, namespace)
        if (
            not isinstance(value, torch.Tensor)
            or recorder.identity[site.id] != id(value)
            or not value.is_leaf
        ):
            continue
        if value.grad is not None and value.grad.layout is torch.strided:
            taken.gradient = copy_of_sample(value.grad.detach())[0]
            recorder.fresh[site.id] = None


def take_unfinished(recorder: Recorder, traceback: TracebackType | None, filename: str) -> None:
    """Values bound in the block that raised: its hook was not reached, but the frame still has them."""
    while traceback is not None:
        frame = traceback.tb_frame
        if frame.f_code.co_filename == filename:
            _take_frame(recorder, frame, traceback.tb_lineno)
        traceback = traceback.tb_next


def _take_frame(recorder: Recorder, frame: FrameType, line: int) -> None:
    scope = (
        getattr(frame.f_code, "co_qualname", frame.f_code.co_name)
        .replace("<locals>.", "")
        .replace("<module>", "")
    )
    for key, block in enumerate(recorder.layout.blocks):
        inside = block.first <= line <= block.last
        if not inside or block.scope.split(".")[-1] != scope.split(".")[-1]:
            continue
        names = frame.f_locals
        for site in block.sites:
            root = site.name.split(".")[0]
            if (site.end < line or site.how in ("arg", "loop", "with")) and root in names:
                recorder.take(site, names[root], recorder.counts[key] + 1)
                recorder.taken_unfinished(site)
