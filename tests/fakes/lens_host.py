"""Runs programs with and without the lens, each in a fork of one process that has torch; speaks JSON over its standard streams.

Started as `python -m tests.fakes.lens_host`; only `ask_host` is for the tests' own process, which never imports torch.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any

FILENAME = "lesson.py"
DEADLINE = 500
LONGEST_PROGRAM = 30
"""Seconds; a program that hangs is killed and gives no answer."""


@dataclass(frozen=True)
class Outcome:
    """What one run of one program left behind."""

    printed: str = ""
    traceback: str = ""
    random_state: str = ""
    tensors: dict[str, str] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)

    def of(self, kind: str) -> list[dict[str, Any]]:
        """All events of one kind."""
        return [event for event in self.events if event["event"] == kind]

    def value(self, name: str, line: int | None = None) -> dict[str, Any]:
        """The last `value` event of a name."""
        found = [e for e in self.of("value") if e["name"] == name and line in (None, e["line"])]
        assert found, f"no value event for {name}; there are {[e['name'] for e in self.of('value')]}"
        return found[-1]


def ask_host(programs: dict[str, str], lens: bool = True) -> dict[str, Outcome]:
    """Run every program; all of them in one process tree, one fork each."""
    question = json.dumps({"programs": programs, "lens": lens})
    answer = subprocess.run(
        [sys.executable, "-m", "tests.fakes.lens_host"],
        input=question,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"},
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return {name: Outcome(**row) for name, row in json.loads(answer.stdout).items()}


def _run_one(source: str, with_lens: bool) -> dict[str, Any]:
    """In a fork: the program as `__main__`, everything it printed, and what it left."""
    import linecache
    import random
    import types

    import torch

    from tutor.worker.lens import error_event, open_lens
    from tutor.worker.wire import encode

    random.seed(0)
    torch.manual_seed(0)
    events: list[dict[str, Any]] = []
    printed, code, lens = io.StringIO(), None, None
    linecache.cache[FILENAME] = (len(source), None, source.splitlines(True), FILENAME)
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    vars(main).update({"__file__": FILENAME, "__builtins__": __builtins__})
    error: BaseException | None = None
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            if with_lens:
                lens = open_lens(source, FILENAME, lambda kind, keys: events.append({**keys, "event": kind}))
                code = lens.code
                lens.begin(vars(main))
            else:
                code = compile(source, FILENAME, "exec", dont_inherit=True)
            exec(code, vars(main))
        except BaseException as raised:
            error = raised if code is not None else raised.with_traceback(None)
            if with_lens and code is None:
                events.append({**error_event(raised, source, FILENAME), "event": "error"})
        if lens is not None and code is not None:
            lens.finish(error)
    told = [json.loads(encode(event)) for event in events]
    return {"printed": printed.getvalue(), "events": told, **_left_behind(vars(main), error)}


def _left_behind(namespace: dict[str, Any], error: BaseException | None) -> dict[str, Any]:
    import hashlib
    import random
    import traceback

    import torch

    lines = ""
    if error is not None:
        link = error.__traceback__
        while link is not None and link.tb_frame.f_code.co_filename == __file__:
            link = link.tb_next
        lines = "".join(traceback.format_exception(type(error), error, link))
    state = torch.get_rng_state().numpy().tobytes() + repr(random.getstate()).encode()
    tensors = {
        name: hashlib.sha1(repr(value.detach().tolist()).encode()).hexdigest()
        for name, value in list(namespace.items())
        if type(value) in (torch.Tensor, torch.nn.Parameter)
        and value.device.type == "cpu"
        and _listable(value)
    }
    return {"traceback": lines, "random_state": hashlib.sha1(state).hexdigest(), "tensors": tensors}


def _listable(tensor: Any) -> bool:
    import torch

    return not tensor.is_nested and not tensor.is_quantized and tensor.layout is torch.strided


def _in_fork(source: str, with_lens: bool) -> dict[str, Any]:
    """The answer of a fresh fork; a folder of its own; what it writes past Python is dropped."""
    import tempfile

    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        signal.alarm(LONGEST_PROGRAM)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        try:
            with tempfile.TemporaryDirectory() as folder:
                os.chdir(folder)
                answer = json.dumps(_run_one(source, with_lens))
                with os.fdopen(writer, "w") as pipe:
                    pipe.write(answer)
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    parsed: dict[str, Any] = (
        json.loads(answer) if answer else {"traceback": "the host's child gave no answer"}
    )
    return parsed


def _main() -> None:
    import torch

    from tutor.worker.lens import prepare

    torch.set_num_threads(1)
    prepare()
    torch.optim.SGD([torch.zeros(1)], lr=0.1)  # imports what every optimizer imports, once for all forks
    question = json.load(sys.stdin)
    rows = {name: _in_fork(source, question["lens"]) for name, source in question["programs"].items()}
    json.dump(rows, sys.stdout)


if __name__ == "__main__":
    _main()
