"""One program that ran (the learner's, the solution, a known mistake) and expressions evaluated with its names."""

from __future__ import annotations

import builtins
import math
from types import SimpleNamespace
from typing import Any, Callable

import torch

from . import words
from .cases import Case
from .mismatch import BrokenCheck, Mismatch
from .patience import TooLong
from .pristine import Pristine, seed_all
from .quiet import quiet
from .record import Record
from .watch import Watch


class Side:
    """The names a program left, what it printed and how it behaved."""

    def __init__(self, names: dict[str, Any], printed: str = "", record: Record | None = None) -> None:
        self.names = names
        self.printed = printed
        self.record = record or Record()
        self.error: BaseException | None = None

    def scope(self, case: Case, extra: dict[str, Any] | None = None) -> dict[str, Any]:
        """What an expression sees: ours below, the program's names, the case's names on top."""
        ours = {"nn": torch.nn, "F": torch.nn.functional, "math": math, "__builtins__": builtins}
        return {**ours, **self.names, "torch": torch, "draw": case.draw, **(extra or {}), **case.names}


class Result:
    """What became of one evaluation: a value, or the exception it raised."""

    def __init__(self, value: Any = None, error: BaseException | None = None) -> None:
        self.value = value
        self.error = error


class Judge:
    """Evaluates expressions for both sides under equal conditions."""

    def __init__(self, pristine: Pristine) -> None:
        self._pristine = pristine

    def evaluate(
        self,
        expression: str,
        side: Side,
        case: Case,
        *,
        extra: dict[str, Any] | None = None,
        seed: int | None = None,
        around: Any = None,
    ) -> Result:
        """The expression with that side's names, its output silenced, every generator seeded by the case."""
        code = compiled(expression)
        scope = side.scope(case, extra)
        self._pristine.reset_state()
        seed_all(case.seed if seed is None else seed)
        try:
            with quiet():
                if around is None:
                    return Result(eval(code, scope))
                with around:
                    return Result(eval(code, scope))
        except (KeyboardInterrupt, TooLong):
            raise
        except BaseException as error:
            return Result(error=error)
        finally:
            self._pristine.restore()
            self._pristine.reset_state()

    def found(self, expression: str, side: Side, case: Case, **options: Any) -> Any:
        """The learner's value; raises `Mismatch` when there is none."""
        result = self.evaluate(expression, side, case, **options)
        if result.error is not None:
            raise Mismatch(raised(expression, result.error, side.names))
        if not _honest(result.value):
            name = type(result.value).__name__
            raise Mismatch(
                f"`{expression}` is an object of the class {name} in disguise; expected a plain value."
            )
        return result.value

    def expected(self, expression: str, side: Side, case: Case, **options: Any) -> Any:
        """The solution's value; when the solution raises, the lesson is at fault."""
        result = self.evaluate(expression, side, case, **options)
        if result.error is not None:
            error = result.error
            raise BrokenCheck(f"`{expression}` raises {type(error).__name__} with the solution: {error}")
        return result.value

    def execute(self, source: str, watch: bool, name: str) -> Side:
        """Run a whole program as the learner's was run: same seed, names of its own, output kept."""
        names: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
        side = Side(names)
        recorder = Watch() if watch else None
        self._pristine.reset_state()
        self._pristine.rewind()
        with quiet() as sink:
            try:
                code = compile(source, f"<{name}>", "exec")
                if recorder is not None:
                    recorder.start()
                exec(code, names)
            except (KeyboardInterrupt, TooLong):
                raise
            except BaseException as error:
                side.error = error
            finally:
                if recorder is not None:
                    side.record = recorder.stop()
        self._pristine.restore()
        self._pristine.reset_state()
        side.printed = sink.text()
        return side


def _honest(value: Any) -> bool:
    """Is it what its class says? (`__class__` may be a property that pretends to be another.)"""
    try:
        return value.__class__ is type(value)
    except Exception:
        return False


def compiled(expression: str) -> Any:
    """The expression as code; a syntax error in it is the lesson's fault."""
    try:
        return compile(expression.strip(), "<check>", "eval")
    except SyntaxError as error:
        raise BrokenCheck(f"`{expression}` is not a Python expression: {error.msg}") from error


def raised(expression: str, error: BaseException, names: dict[str, Any]) -> str:
    """A sentence about an exception that came out of the learner's function."""
    missing = getattr(error, "name", None)
    if isinstance(error, NameError) and missing and _depth(error) == 0:
        return f"`{missing}` is not defined when your program ends; `{expression}` needs it."
    if isinstance(error, RecursionError):
        return f"`{expression}` calls itself without end{_line(error, names)}."
    if isinstance(error, SystemExit):
        return f"`{expression}` ends the program{_line(error, names)}; expected it to return."
    if isinstance(error, EOFError):
        return f"`{expression}` waits for input{_line(error, names)}; expected it to use its arguments alone."
    text = " ".join(_text(error).split())
    text = f": {text[:200]}" if text else ""
    return f"`{expression}` raised {type(error).__name__}{text}{_line(error, names)}"[:400].rstrip(".") + "."


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return ""


def _depth(error: BaseException) -> int:
    """How many frames below the check's own expression the exception was raised."""
    trace, depth = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<check>":
            depth = -1
        depth += 1
        trace = trace.tb_next
    return depth


def _line(error: BaseException, names: dict[str, Any]) -> str:
    """The last line of the learner's that the exception passed."""
    trace, line = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_globals is names:
            line = trace.tb_lineno
        trace = trace.tb_next
    return f" (line {line})" if line else ""


def reference_names(side: Side) -> SimpleNamespace:
    """The solution's names as attributes: `ref.softmax`."""
    return SimpleNamespace(**{name: value for name, value in side.names.items() if not name.startswith("__")})


Guard = Callable[[], None]


def described(case: Case, expression: str) -> str:
    """The case in words."""
    from .cases import names_in

    return words.case(case.names, names_in(expression))
