"""Silent bugs of memory: a graph that is kept from step to step."""

from __future__ import annotations

import ast
from typing import Any

import torch

from ..recorder import Recorder
from ..tensors import TensorSnapshot
from .found import Found

OFTEN = 3


class Keeping:
    """Losses that are added up or collected with their graphs."""

    def __init__(self, tree: ast.Module, recorder: Recorder, found: Found) -> None:
        self._tree, self._recorder, self._found = tree, recorder, found

    def finish(self, namespace: dict[str, Any]) -> None:
        """At the end of the run."""
        subjects = _backward_subjects(self._tree)
        used = _used_in_losses(self._tree, subjects)
        for node in ast.walk(self._tree):
            if (
                isinstance(node, ast.AugAssign)
                and isinstance(node.target, ast.Name)
                and isinstance(node.value, ast.Name)
            ):
                if node.value.id in subjects and node.target.id not in subjects | used:
                    self._added_up(node, node.target.id, node.value.id)
            elif isinstance(node, ast.Call):
                self._collected(node, subjects, used, namespace)

    def _added_up(self, node: ast.AugAssign, total: str, loss: str) -> None:
        for site in self._recorder.layout.sites:
            taken = self._recorder.latest[site.id]
            same = site.name == total and site.line == node.lineno and self._recorder.seen(site) >= OFTEN
            if same and isinstance(taken, TensorSnapshot) and taken.keys.get("grad_fn"):
                self._tell(
                    node.lineno,
                    f"{total} += {loss} adds up the graphs of all steps, not only the numbers",
                    f"{total} += {loss}.item()",
                    total,
                )

    def _collected(
        self, call: ast.Call, subjects: set[str], used: set[str], namespace: dict[str, Any]
    ) -> None:
        function, arguments = call.func, call.args
        if (
            not isinstance(function, ast.Attribute)
            or function.attr != "append"
            or not isinstance(function.value, ast.Name)
        ):
            return
        name = function.value.id
        kept = namespace.get(name)
        if (
            len(arguments) != 1
            or not isinstance(arguments[0], ast.Name)
            or arguments[0].id not in subjects
            or name in used
        ):
            return
        if (
            type(kept) is list
            and sum(isinstance(item, torch.Tensor) and item.grad_fn is not None for item in kept) >= OFTEN
        ):
            loss = arguments[0].id
            self._tell(
                call.lineno,
                f"{name}.append({loss}) keeps every step's graph alive with its number",
                f"{name}.append({loss}.item())",
                name,
            )

    def _tell(self, line: int, what: str, instead: str, name: str) -> None:
        self._found.tell(
            "graph_kept", line, f"{what}: memory grows with each step. Write {instead}.", name=name
        )


def _backward_subjects(tree: ast.Module) -> set[str]:
    return {
        node.func.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "backward"
        and isinstance(node.func.value, ast.Name)
    }


def _used_in_losses(tree: ast.Module, subjects: set[str]) -> set[str]:
    """Names that a loss is made of, directly or not: adding up in them is the point."""
    used = set(subjects)
    while True:
        more = set(used)
        for node in ast.walk(tree):
            if not isinstance(node, (ast.Assign, ast.AugAssign)):
                continue
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id in used for target in targets):
                more |= {name.id for name in ast.walk(node.value) if isinstance(name, ast.Name)}
        if more == used:
            return used - subjects
        used = more
