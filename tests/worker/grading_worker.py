"""Grades answers in a process that has torch: one line of JSON in for each, one out; every answer in a fork of its own."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import traceback
from typing import Any

import torch

from tutor.worker.grade import open_grading

PATIENCE = 20


def grade(step: dict[str, Any], source: str, seed: int) -> dict[str, Any]:
    """What the run process does around a program, without sandbox and lens."""
    events: list[dict[str, Any]] = []
    grading = open_grading(step, seed, lambda kind, keys: events.append({"event": kind, **keys}))
    names: dict[str, Any] = {"__name__": "__main__", "__builtins__": __builtins__}
    printed, error, shown = io.StringIO(), None, sys.stdout
    grading.begin(names)
    sys.stdout = printed
    try:
        exec(compile(source, "lesson.py", "exec"), names)
    except BaseException as raised:
        error = raised
    sys.stdout = shown
    graded = grading.decide(names, error, "" if printed.closed else printed.getvalue())
    return {"graded": graded, "events": events, "error": repr(error) if error else ""}


def in_a_fork(job: dict[str, Any]) -> dict[str, Any]:
    """Grade there; a fork that leaves early has graded nothing."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(PATIENCE)
        try:
            answer = grade(job["step"], job["source"], job.get("seed", 3))
        except BaseException:
            answer = {"graded": None, "events": [], "traceback": traceback.format_exc()}
        with os.fdopen(writing, "w") as out:
            json.dump(answer, out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answered:
        text = answered.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else {"graded": None, "events": []}


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1).step()  # imports what optimizers need, once
    for line in sys.stdin:
        print(json.dumps(in_a_fork(json.loads(line))), flush=True)
