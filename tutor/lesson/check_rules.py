"""What a check must say beyond its types: one key of the vocabulary, and only options that key reads."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.lesson.faults import Fault, SourceText, did_you_mean, one_of
from tutor.lesson.model import CHECK_KINDS, Check
from tutor.lesson.python_text import expression_fault, program_fault
from tutor.lesson.tree import Node

BEHAVIOURS = (
    "zero_grad_each_step", "order", "parameters_change", "loss_falls", "eval_at_prediction", "no_grad_at_prediction",
    "trains_in_train_mode", "frozen",
)  # fmt: skip
TYPES = (
    "tensor",
    "function",
    "class",
    "module",
    "optimizer",
    "int",
    "float",
    "str",
    "bool",
    "list",
    "dict",
    "tuple",
)

_EXPRESSIONS = (
    "shape", "dtype", "device", "close", "equal", "grad_close", "gradcheck", "pure", "trains", "deterministic",
    "batch_independent", "no_future_leak", "no_loop", "cost", "raises", "holds",
)  # fmt: skip
_OPTIONS = {
    "type": ("defines",),
    "is": ("signature", "shape", "dtype", "device", "parameters"),
    "error": ("raises",),
    "wrong_ones": ("tests",),
    "given": ("behaviour", "trains", "cost", "no_loop"),
}
"""Options that only some checks read; the others may stand with any."""
_NEEDED = {
    "signature": ("is",),
    "raises": ("error",),
    "tests": ("of", "wrong_ones"),
    "trains": ("given",),
    "cost": ("given",),
    "batch_independent": ("of",),
    "no_future_leak": ("of",),
}


def check_faults(source: SourceText, node: Node, check: Check) -> Iterator[Fault]:
    """Everything wrong with one check."""
    kinds = [kind for kind in CHECK_KINDS if node.get(kind) is not None]
    if len(kinds) != 1:
        found = (
            f"no key that says what is checked in `{check.id}`"
            if not kinds
            else f"{one_of(kinds)} in one check, `{check.id}`"
        )
        advice = "" if not kinds else "Make one check of each."
        expected = (
            f"exactly one of {', '.join(CHECK_KINDS)}"
            if not kinds
            else "exactly one key that says what is checked"
        )
        yield source.fault(node.start, found, expected, advice)
        return
    kind = kinds[0]
    yield from _option_faults(source, node, kind)
    yield from _word_faults(source, node, check)
    yield from _code_faults(source, node, kind)


def _option_faults(source: SourceText, node: Node, kind: str) -> Iterator[Fault]:
    for option, readers in _OPTIONS.items():
        value = node.get(option)
        if value is not None and kind not in readers:
            yield source.fault(
                value.start,
                f"`{option}` with `{kind}`, which does not read it",
                f"it with {one_of(readers)}",
                width=value.width,
            )
    for option in _NEEDED.get(kind, ()):
        if node.get(option) is None:
            yield source.fault(node.start, f"`{kind}` without `{option}`", f"the key `{option}` beside it")


def _word_faults(source: SourceText, node: Node, check: Check) -> Iterator[Fault]:
    for key, word, known in (("behaviour", check.behaviour, BEHAVIOURS), ("type", check.type, TYPES)):
        if word is not None and word not in known:
            value = node.find(key)
            yield source.fault(
                value.start,
                f"an unknown {key}, `{word}`",
                one_of(known),
                did_you_mean(word, known),
                width=value.width,
            )


def _code_faults(source: SourceText, node: Node, kind: str) -> Iterator[Fault]:
    names = [name for name in (kind, "to") if name in _EXPRESSIONS or name == "to"]
    if kind in ("shape", "parameters"):
        names.append("is")
    for name in names:
        value = node.get(name)
        if value is not None and (fault := expression_fault(source, value, f"`{name}`")):
            yield fault
    for name in ("cases", "python"):
        value = node.get(name)
        if value is not None and (fault := program_fault(source, value, f"`{name}`")):
            yield fault
