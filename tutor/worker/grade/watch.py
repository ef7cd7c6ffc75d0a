"""Watches a run train: puts hooks on optimizers, backward and root modules, and takes them away again."""

from __future__ import annotations

import functools
from typing import Any, Callable

import torch
from torch.nn.modules.module import register_module_forward_hook, register_module_forward_pre_hook
from torch.optim.optimizer import register_optimizer_step_post_hook, register_optimizer_step_pre_hook

from .record import Forward, Leaf, Record

_LOSS_MODULE = torch.nn.modules.loss._Loss
_MOST_NODES = 4_000


class Watch:
    """Records one run between `start` and `stop`."""

    def __init__(self) -> None:
        self.record = Record()
        self._depth = 0
        self._since_step = 0
        self._cleared = False
        self._last_forward: tuple[str, bool] | None = None
        self._undo: list[Callable[[], Any]] = []
        self._on = False
        self._new_leaf = False

    def start(self) -> None:
        """Put the hooks in place."""
        self._on = True
        before = register_module_forward_pre_hook(self._enter_module)
        after = register_module_forward_hook(self._leave_module, always_call=True)
        step = register_optimizer_step_pre_hook(self._before_step)
        stepped = register_optimizer_step_post_hook(self._after_step)
        self._undo = [before.remove, after.remove, step.remove, stepped.remove]
        self._replace(torch.autograd, "backward", self._backward)
        self._replace(torch.autograd, "grad", self._grad)
        self._replace(torch.optim.Optimizer, "zero_grad", self._zero_grad)
        self._replace(torch.nn.Module, "zero_grad", self._zero_grad)

    def stop(self) -> Record:
        """Take the hooks away; what was seen."""
        self._on = False
        while self._undo:
            self._undo.pop()()
        self._count_update(list(self.record.leaves.values()))
        return self.record

    def _replace(self, owner: Any, name: str, around: Callable[..., Any]) -> None:
        original = getattr(owner, name)

        @functools.wraps(original)
        def watched(*args: Any, **kwargs: Any) -> Any:
            return around(original, *args, **kwargs)

        setattr(owner, name, watched)
        self._undo.append(lambda: setattr(owner, name, original))

    def _enter_module(self, module: torch.nn.Module, _inputs: Any) -> None:
        self._depth += 1
        if self._depth > 1:
            return
        if isinstance(module, _LOSS_MODULE):
            self.record.note("loss")
            return
        self.record.note("forward")
        seen = Forward(type(module).__name__, module.training, torch.is_grad_enabled())
        self.record.forwards.append(seen)
        for name, parameter in module.named_parameters():
            self.record.leaf(parameter, name)
        if seen.grad_mode:
            self._last_forward = (seen.name, seen.training)

    def _leave_module(self, _module: torch.nn.Module, _inputs: Any, _output: Any) -> None:
        self._depth = max(0, self._depth - 1)

    def _zero_grad(self, original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self.record.note("zero_grad")
        self._cleared = True
        return original(*args, **kwargs)

    def _backward(self, original: Callable[..., Any], tensors: Any, *args: Any, **kwargs: Any) -> Any:
        if not self._on:
            return original(tensors, *args, **kwargs)
        roots = [tensors] if isinstance(tensors, torch.Tensor) else list(tensors)
        leaves = self._leaves_before_backward(roots)
        answer = original(tensors, *args, **kwargs)
        self._after_backward(roots)
        for leaf in leaves:
            leaf.had_gradient = True
        return answer

    def _grad(
        self, original: Callable[..., Any], outputs: Any, inputs: Any, *args: Any, **kwargs: Any
    ) -> Any:
        """`torch.autograd.grad` is a backward that adds to nothing."""
        answer = original(outputs, inputs, *args, **kwargs)
        if self._on:
            roots = [outputs] if isinstance(outputs, torch.Tensor) else list(outputs)
            trained = [inputs] if isinstance(inputs, torch.Tensor) else list(inputs)
            leaves = [self._leaf(tensor) for tensor in trained if tensor.is_leaf]
            self._count_update(leaves)
            self._after_backward(roots)
            for leaf in leaves:
                leaf.had_gradient, leaf.at_backward = True, leaf.now()
        return answer

    def _leaves_before_backward(self, roots: list[torch.Tensor]) -> list[Leaf]:
        """The leaves below these losses, with a note when one still carries a used gradient."""
        record = self.record
        stepped = record.steps > 0 and self._since_step == 0
        leaves = [self._leaf(tensor) for root in roots for tensor in trained_leaves(root)]
        self._count_update(leaves)
        stale = False
        for leaf in leaves:
            now, tensor = leaf.now(), leaf.tensor()
            used = leaf.had_gradient and (stepped or now != leaf.at_backward)
            stale = stale or (
                used and tensor is not None and tensor.grad is not None and bool(tensor.grad.any())
            )
            leaf.at_backward = now
        if stale:
            record.stale.append(record.backwards)
        return leaves

    def _after_backward(self, roots: list[torch.Tensor]) -> None:
        record = self.record
        record.note("backward")
        record.backwards += 1
        record.losses.append(_number(roots[0]) if roots else float("nan"))
        if self._last_forward is not None:
            record.modes_at_backward.append(self._last_forward)
        self._since_step += 1
        self._cleared = False

    def _leaf(self, tensor: torch.Tensor) -> Leaf:
        known = self.record.leaves.get(id(tensor))
        self._new_leaf = self._new_leaf or known is None or known.tensor() is not tensor
        return self.record.leaf(tensor)

    def _count_update(self, leaves: list[Leaf]) -> None:
        """An update by hand shows at the next backward, or at the end, as a leaf that changed or was replaced."""
        replaced = self._new_leaf and self.record.backwards > 0
        moved = any(leaf.had_gradient and leaf.now() != leaf.at_backward for leaf in leaves)
        self.record.updates += replaced or moved
        self._new_leaf = False

    def _before_step(self, optimizer: Any, args: Any, kwargs: Any) -> None:
        record = self.record
        for group in optimizer.param_groups:
            for parameter in group["params"]:
                record.leaf(parameter)
        closure = kwargs.get("closure") or next((item for item in args[1:] if callable(item)), None)
        if closure is None:
            if self._since_step == 0:
                record.early.append(record.steps)
            elif self._cleared:
                record.wiped.append(record.steps)

    def _after_step(self, _optimizer: Any, _args: Any, _kwargs: Any) -> None:
        self.record.note("step")
        self.record.steps += 1
        self._since_step = 0


def trained_leaves(root: torch.Tensor) -> list[torch.Tensor]:
    """The leaves that a backward from here would give gradients to."""
    start = root.grad_fn
    if start is None:
        return [root] if root.requires_grad else []
    seen, todo, leaves = {start}, [start], []
    while todo and len(seen) < _MOST_NODES:
        node = todo.pop()
        variable = getattr(node, "variable", None)
        if isinstance(variable, torch.Tensor):
            leaves.append(variable)
        for following, _ in node.next_functions:
            if following is not None and following not in seen:
                seen.add(following)
                todo.append(following)
    return leaves


def _number(root: torch.Tensor) -> float:
    with torch.no_grad():
        return float(root.detach().double().mean()) if not root.is_complex() else float("nan")
