"""Grades one run: what was taken before the learner's code, what is recorded during it, what is decided after it."""

from __future__ import annotations

import contextlib
import sys
from typing import Any, Callable

from .attempt import same_program
from .bench import Bench, CheckBody
from .kinds import decide, in_order
from .mismatch import BrokenCheck, Mismatch
from .mistakes import recognise, recognise_error
from .operations import Seen, asks_kernels
from .pristine import Pristine
from .quiet import quiet, silent_descriptors
from .side import Judge, Side
from .watch import Watch

Emit = Callable[[str, "dict[str, Any]"], None]


class Grading:
    """One answer being graded."""

    def __init__(self, step: dict[str, Any], seed: int, emit: Emit) -> None:
        self._emit = emit
        self._pristine = Pristine()
        self._bench = Bench(step, seed, Judge(self._pristine))
        self._watch = Watch() if self._bench.watches else None
        self._seen: Any = None

    def begin(self, namespace: dict[str, Any]) -> None:
        """The learner's program is about to run with these names."""
        self._pristine.note_generators()
        checks = self._bench.step["checks"]
        if self._watch is not None:
            self._watch.start()
        if any("uses" in check or "avoids" in check for check in checks):
            self._seen = Seen(asks_kernels(checks))
            self._seen.__enter__()

    def decide(self, namespace: dict[str, Any], error: BaseException | None, printed: str) -> int:
        """Decide every check, with one event each; how many were decided, known only at the very end."""
        self._bench.learner = Side(namespace, printed)
        if self._seen is not None:
            self._seen.__exit__(None, None, None)
            self._bench.learner.record.operations = self._seen.names
        if self._watch is not None:
            operations = self._bench.learner.record.operations
            self._bench.learner.record = self._watch.stop()
            self._bench.learner.record.operations = operations
        self._pristine.restore(layers=True)
        self._pristine.reset_state()
        _flush()
        with silent_descriptors(), quiet():
            return self._decide_all(error)

    def _decide_all(self, error: BaseException | None) -> int:
        step = self._bench.step
        checks = in_order(step["checks"])
        if (
            step.get("source") is not None
            and step.get("starter")
            and same_program(step["source"], step["starter"])
        ):
            for check in checks:
                self._say(check, "not_attempted")
            return len(checks)
        if error is not None and not _ended_well(error):
            return self._not_reached(checks, error)
        stopped = False
        for check in checks:
            if stopped:
                self._say(check, "not_reached")
            else:
                stopped = not self._decide_one(check) and check.get("required", True)
        return len(checks)

    def _not_reached(self, checks: list[CheckBody], error: BaseException) -> int:
        """The program raised: the first check carries what is known about such a mistake."""
        known = recognise_error(error, self._bench)
        for place, check in enumerate(checks):
            if place == 0 and known is not None:
                self._say(check, "not_reached", message=known["says"], wrong=known["name"])
            else:
                self._say(check, "not_reached")
        return len(checks)

    def _decide_one(self, check: CheckBody) -> bool:
        try:
            decide(check, self._bench)
        except Mismatch as mismatch:
            known = recognise(check, mismatch, self._bench)
            advice = known["says"] if known is not None else check.get("message", "")
            message = f"{mismatch.sentence} {advice}".strip()
            self._say(
                check, "failed", message=message, case=mismatch.case, wrong=known["name"] if known else ""
            )
            return False
        except BrokenCheck as fault:
            self._say(check, "failed", message=f"This step is at fault, not your answer: {fault}.")
            return False
        self._say(check, "passed")
        return True

    def _say(self, check: CheckBody, status: str, **keys: str) -> None:
        said = {key: value for key, value in keys.items() if value}
        if not check.get("required", True):
            self._emit("check", {"id": check["id"], "status": status, "required": False, **said})
        else:
            self._emit("check", {"id": check["id"], "status": status, **said})


def _flush() -> None:
    """What the program printed goes out before the descriptors are silenced."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()


def _ended_well(error: BaseException) -> bool:
    """`sys.exit()` with nothing to complain about is an end like any other."""
    return isinstance(error, SystemExit) and error.code in (None, 0)
