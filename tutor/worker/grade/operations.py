"""Checks on technique: operations seen where torch dispatches them, so that an alias is the same operation."""

from __future__ import annotations

import sys
from typing import Any

from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from .bench import Bench, CheckBody, listed
from .mismatch import Mismatch

_OPERATORS = {
    "matmul": "matmul",
    "rmatmul": "matmul",
    "imatmul": "matmul",
    "truediv": "div",
    "rtruediv": "div",
}
_SLACK = 6


class Seen(TorchFunctionMode):
    """Notes the name of every torch function called, and how many."""

    def __init__(self, kernels: bool = False) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.count = 0
        self._kernels = kernels

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Note the call and pass it on."""
        if not _is_ours(sys._getframe(1)):
            self.names.add(plain_name(func))
            self.count += 1
        if not self._kernels:
            return func(*args, **(kwargs or {}))
        with _Dispatched(self):
            return func(*args, **(kwargs or {}))


_open_mode: Any = TorchDispatchMode.__init__


class _Dispatched(TorchDispatchMode):
    """Notes what reaches the kernels, under `aten.`."""

    def __init__(self, seen: Seen) -> None:
        _open_mode(self)
        self._seen = seen

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self._seen.names.add("aten." + plain_name(func))
        return func(*args, **(kwargs or {}))


def plain_name(func: Any) -> str:
    """`softmax` for torch.softmax, Tensor.softmax, F.softmax and torch.ops.aten._softmax."""
    name = getattr(func, "__name__", str(func)).split(".")[0]
    return clean(name)


def clean(name: str) -> str:
    """An operation's name without module, underscores and operator spelling."""
    name = name.rsplit(".", 1)[-1].strip("_")
    return _OPERATORS.get(name, name)


def uses(check: CheckBody, bench: Bench) -> None:
    """Every named operation is seen."""
    names = _seen(bench)
    for wanted in listed(check["uses"]):
        if _key(wanted) not in names:
            raise Mismatch(f"`{wanted}` was never used while your code ran; expected it to be used.")


def avoids(check: CheckBody, bench: Bench) -> None:
    """None of the named operations is seen."""
    names = _seen(bench)
    for banned in listed(check["avoids"]):
        if _key(banned) in names:
            raise Mismatch(f"Your code used `{clean(banned)}`; expected the same without it.")


def _key(name: str) -> str:
    return "aten." + clean(name) if name.startswith("aten.") else clean(name)


def _seen(bench: Bench) -> set[str]:
    """The operations of the program itself and of the step's expressions on all its cases."""
    names = set(bench.learner.record.operations)
    kernels = asks_kernels(bench.step["checks"])
    for check in bench.step["checks"]:
        expression = next((check[key] for key in EXPRESSIONS if isinstance(check.get(key), str)), None)
        if expression is None:
            continue
        for round in list(bench.rounds(check))[:3]:
            seen = Seen(kernels)
            bench.judge.evaluate(expression, bench.learner, bench.deck(check).deal(round), around=seen)
            names |= seen.names
    return names


def asks_kernels(checks: list[CheckBody]) -> bool:
    """Does a check name a kernel (`aten.…`)?"""
    named = [name for check in checks for key in ("uses", "avoids") for name in listed(check.get(key))]
    return any(name.startswith("aten.") for name in named)


EXPRESSIONS = (
    "shape",
    "dtype",
    "close",
    "equal",
    "grad_close",
    "gradcheck",
    "trains",
    "pure",
    "no_loop",
    "cost",
)


def no_loop(check: CheckBody, bench: Bench) -> None:
    """Neither the operations nor the executed lines grow with the size of the case."""
    expression = check["no_loop"]
    counts = []
    for stretch in (1, 4):
        case = bench.deck(check).deal(0, stretch)
        seen, lines = Seen(), _Lines(bench.learner.names)
        with seen:
            bench.judge.found(expression, bench.learner, case, around=lines)
        counts.append((seen.count, lines.count))
    (operations, lines_small), (more_operations, lines_large) = counts
    if more_operations > operations + _SLACK:
        raise Mismatch(
            f"`{expression}` takes {operations} operations on a small case and {more_operations} on one four times as"
            " large; expected the same number, without a loop."
        )
    if lines_large > lines_small + 2 * _SLACK:
        raise Mismatch(
            f"`{expression}` runs more lines the larger the case is; expected no loop over elements."
        )


class _Lines:
    """Counts the lines executed in the learner's own functions."""

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = names
        self.count = 0

    def __enter__(self) -> None:
        sys.settrace(self._call)

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)

    def _call(self, frame: Any, event: str, argument: Any) -> Any:
        return self._line if frame.f_globals is self._names else None

    def _line(self, frame: Any, event: str, argument: Any) -> Any:
        self.count += event == "line"
        return self._line


def _is_ours(frame: Any) -> bool:
    """Was the call made by the tutor itself (the lens measuring a tensor)?"""
    package = __name__.split(".grade")[0]
    for _ in range(4):
        if frame is None:
            return False
        name = frame.f_globals.get("__name__", "")
        if name.startswith(package + ".lens"):
            return True
        frame = frame.f_back
    return False
