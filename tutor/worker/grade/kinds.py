"""The vocabulary: each kind of check, what decides it, and where it stands in the order of verdicts."""

from __future__ import annotations

from typing import Any, Callable

from . import behaviour as behaviours
from .bench import Bench, CheckBody, listed
from .chance import deterministic, trains
from .cost import cost
from .gradients import grad_close, gradcheck
from .independence import batch_independent, no_future_leak
from .memory import alias, noalias, pure
from .mismatch import BrokenCheck, Mismatch
from .models import parameters
from .operations import avoids, no_loop, uses
from .presence import defines, signature
from .scripts import output, python, raises, tests
from .values import close, device, dtype, equal, holds, shape
from .watch import Watch

DEFINED, SHAPE, DTYPE, DEVICE, VALUES, GRADIENT, BEHAVIOUR, TECHNIQUE = range(8)


def behaviour(check: CheckBody, bench: Bench) -> None:
    """How the program trained; with `of`, how that expression trains when it is evaluated."""
    name, of = check["behaviour"], listed(check.get("of"))
    given: dict[str, float] = check.get("given", {})
    if name == "frozen":
        case = bench.deck({**check, "cases": ""}).deal(0)
        for expression in of:
            value = bench.judge.found(expression, bench.learner, case)
            behaviours.frozen(bench.learner.record, value, expression)
        return None
    if not of:
        return behaviours.decide(name, bench.learner.record, given)

    def decide(round: int) -> None:
        watching = Watching()
        bench.judge.found(of[0], bench.learner, bench.deck(check).deal(round), around=watching)
        behaviours.decide(name, watching.watch.record, given)

    return bench.each_case(check, of[0], decide)


class Watching:
    """A watch as a context."""

    def __init__(self) -> None:
        self.watch = Watch()

    def __enter__(self) -> None:
        self.watch.start()

    def __exit__(self, *_: object) -> None:
        self.watch.stop()


Decide = Callable[[CheckBody, Bench], Any]

KINDS: dict[str, tuple[int, Decide]] = {
    "defines": (DEFINED, defines), "signature": (DEFINED, signature),
    "shape": (SHAPE, shape), "dtype": (DTYPE, dtype), "device": (DEVICE, device),
    "close": (VALUES, close), "equal": (VALUES, equal), "holds": (VALUES, holds), "output": (VALUES, output),
    "raises": (VALUES, raises), "alias": (VALUES, alias), "noalias": (VALUES, noalias), "pure": (VALUES, pure),
    "parameters": (VALUES, parameters), "deterministic": (VALUES, deterministic),
    "batch_independent": (VALUES, batch_independent), "no_future_leak": (VALUES, no_future_leak),
    "tests": (VALUES, tests), "python": (VALUES, python),
    "grad_close": (GRADIENT, grad_close), "gradcheck": (GRADIENT, gradcheck),
    "behaviour": (BEHAVIOUR, behaviour), "trains": (BEHAVIOUR, trains),
    "uses": (TECHNIQUE, uses), "avoids": (TECHNIQUE, avoids), "no_loop": (TECHNIQUE, no_loop),
    "cost": (TECHNIQUE, cost),
}  # fmt: skip


def kind_of(check: CheckBody) -> str:
    """The one key of the vocabulary that this check has."""
    kinds = [kind for kind in KINDS if check.get(kind) is not None]
    if len(kinds) != 1:
        raise BrokenCheck(
            f"check `{check.get('id')}` has {len(kinds)} keys of the vocabulary; expected exactly one"
        )
    return kinds[0]


def in_order(checks: list[CheckBody]) -> list[CheckBody]:
    """Checks in the order of verdicts: existence, shape, dtype, device, values, gradients, behaviour, technique."""
    return sorted(checks, key=_rank)


def _rank(check: CheckBody) -> int:
    try:
        return KINDS[kind_of(check)][0]
    except BrokenCheck:
        return TECHNIQUE


def decide(check: CheckBody, bench: Bench) -> None:
    """Raise `Mismatch` (or `BrokenCheck`) unless the answer passes this check."""
    try:
        KINDS[kind_of(check)][1](check, bench)
    except (Mismatch, BrokenCheck, KeyboardInterrupt):
        raise
    except Exception as error:
        text = " ".join(str(error).split())[:120]
        raise Mismatch(f"Your answer could not be compared ({type(error).__name__}: {text}).") from error
