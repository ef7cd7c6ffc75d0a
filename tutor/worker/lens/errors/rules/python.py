"""Python's own common errors."""

from __future__ import annotations

import difflib
from typing import Any

import torch

from ...attributes import MISSING
from ..case import Case, Rule, layer_words, shape


def _not_callable(case: Case) -> dict[str, Any] | None:
    text, value = case.operand("callee")
    if not text:
        text, value = case.operand("receiver")
    if isinstance(value, torch.Tensor):
        return {"name": text, "shape": shape(value)}
    return None


def _callee(case: Case) -> dict[str, Any] | None:
    text, _ = case.operand("callee")
    return {"name": text or case.place.expression}


def _key(case: Case) -> dict[str, Any] | None:
    text, value = case.operand("value")
    if type(value) is not dict:
        return None
    keys = [str(key) for key in value]
    asked = case.message.strip("'\"")
    near = difflib.get_close_matches(asked, keys, 1, 0.5)
    shown = ", ".join(keys[:6]) + (", …" if len(keys) > 6 else "")
    return {
        "name": text,
        "keys": f"its keys are {shown}" if keys else "it is empty",
        "near": f" Perhaps {near[0]} was meant." if near else "",
    }


def _model_call(case: Case) -> dict[str, Any] | None:
    layer = case.place.around[0] if case.place.around else None
    owner = case.group("owner")
    return {"layer": layer_words(layer) if layer is not None else owner.split(".")[0]}


def _divisor(case: Case) -> dict[str, Any] | None:
    text, value = case.operand("right")
    return {"name": text} if text and value is not MISSING else {"name": "the divisor"}


def _mixed(case: Case) -> dict[str, Any] | None:
    (left, a), (right, b) = case.operand("left"), case.operand("right")
    if not left:
        return None
    none = left if a is None else right if b is None else ""
    if none:
        return {
            "why": f"{none} is None: it never got a value, or comes from a function that returns nothing",
            "fix": f"Look at where {none} gets its value",
        }
    return {
        "why": f"{left} is {case.group('a')} and {right} is {case.group('b')}",
        "fix": "Convert one of them: str(...), int(...), float(...) or torch.tensor(...)",
    }


def _learner_says(case: Case) -> dict[str, Any] | None:
    return {"text": case.place.expression} if not case.message else {"text": case.message.splitlines()[0]}


PYTHON = [
    Rule(
        "unpack-few",
        r"not enough values to unpack \(expected (?:at least )?(?P<wanted>\d+), got (?P<given>\d+)\)",
        "There are {wanted} names on the left and {given} values on the right.",
        "Print what is unpacked; make the two numbers equal.",
        type="ValueError",
    ),
    Rule(
        "unpack-many",
        r"too many values to unpack \(expected (?P<wanted>\d+)(?:, got (?P<given>\d+))?\)",
        "There are only {wanted} names on the left, and more values on the right.",
        "Add names, or collect the rest: a, *rest = ...",
        type="ValueError",
    ),
    Rule(
        "tensor-called",
        r"'(?:Tensor|Parameter)' object is not callable",
        "{name} is a tensor, {shape}, and is called like a function. A name may have been used for two things.",
        "Use [ ] for indexing; otherwise check what {name} was meant to be.",
        _not_callable,
        "TypeError",
    ),
    Rule(
        "not-callable",
        r"'(?P<kind>\w+)' object is not callable",
        "{name} is a {kind}, and is called like a function.",
        "Remove the parentheses, or check whether the name was assigned something else before.",
        _callee,
        "TypeError",
    ),
    Rule(
        "argument-missing",
        r"(?P<owner>[\w.<>]+)\(\) missing (?P<count>\d+) required (?:positional|keyword-only) arguments?: (?P<names>.+)",
        "{owner} was called without {names}.",
        "Give it what it needs, or give that argument a default value.",
        type="TypeError",
    ),
    Rule(
        "arguments-many",
        r"(?P<owner>[\w.<>]+)\(\) takes (?P<wanted>.+?) positional arguments? but (?P<given>\d+) (?:was|were) given",
        "{owner} takes {wanted} positional arguments and was given {given} (a method's self counts).",
        "Compare the call with the definition; a method without self as first argument looks like this too.",
        type="TypeError",
    ),
    Rule(
        "keyword-unknown",
        r"(?P<owner>[\w.<>]+)\(\) got an unexpected keyword argument '(?P<name>\w+)'",
        "{owner} has no argument called {name}.",
        "Check its spelling against the definition.",
        type="TypeError",
    ),
    Rule(
        "operands-mixed",
        r"unsupported operand type\(s\) for (?P<op>\S+): '(?P<a>[\w.]+)' and '(?P<b>[\w.]+)'",
        "{why}: {op} cannot work on these.",
        "{fix}.",
        _mixed,
        "TypeError",
    ),
    Rule(
        "text-and-number",
        r"can only concatenate str \(not \"(?P<kind>\w+)\"\) to str",
        "A text and a {kind} cannot be joined with +.",
        'Use an f-string: f"... {{value}}".',
        type="TypeError",
    ),
    Rule(
        "not-subscriptable",
        r"'(?P<kind>\w+)' object is not subscriptable",
        "Square brackets were used on a {kind}, which has no parts to index.",
        "Check what the name holds; a missing return gives None, and a function is called with ( ).",
        type="TypeError",
    ),
    Rule(
        "not-iterable",
        r"'(?P<kind>\w+)' object is not iterable",
        "A loop or unpacking needs several values, and this is one {kind}.",
        "For numbers, loop over range(n).",
        type="TypeError",
    ),
    Rule(
        "0-d-iterated",
        r"iteration over a 0-d tensor",
        "This tensor holds a single number, so there is nothing to loop over.",
        "Use .item() for the number, or check why an axis was reduced.",
        type="TypeError",
    ),
    Rule(
        "key-missing",
        r"",
        "{name} has no such key; {keys}.{near}",
        "Check the spelling, or use .get(key) where it may be missing.",
        _key,
        "KeyError",
    ),
    Rule(
        "key-unknown",
        r"",
        "The key is not there.",
        "Print the keys; use .get(key) where it may be missing.",
        type="KeyError",
    ),
    Rule(
        "zero-division",
        r"zero",
        "{name} is 0 here, and nothing can be divided by 0.",
        "Check where it gets its value; an empty list has length 0.",
        _divisor,
        "ZeroDivisionError",
    ),
    Rule(
        "file-missing",
        r"No such file or directory: (?P<name>.+)",
        "There is no file {name} in the folder that the program runs in.",
        "Programs start in an empty folder of their own; make the file first, or use data made in the program.",
        type="FileNotFoundError",
    ),
    Rule(
        "recursion",
        r"maximum recursion depth exceeded",
        "A function calls itself without an end.",
        "Give it a case in which it returns without calling itself.",
        type="RecursionError",
    ),
    Rule(
        "number-text",
        r"invalid literal for int\(\) with base \d+: (?P<text>.+)|could not convert string to float: (?P<other>.+)",
        "This text is not a number.",
        "Look at the text first: print(repr(...)).",
        type="ValueError",
    ),
    Rule(
        "assertion",
        r"",
        "The program's own assertion does not hold: {text}",
        "Print the values it compares, one line earlier.",
        _learner_says,
        "AssertionError",
    ),
    Rule(
        "interrupted",
        r"",
        "The run was stopped from outside.",
        "Start it again when ready.",
        type="KeyboardInterrupt",
    ),
    Rule(
        "memory-error",
        r"",
        "The program needed more memory than it may use.",
        "Use smaller sizes, and keep numbers rather than tensors in lists.",
        type="MemoryError",
    ),
]
