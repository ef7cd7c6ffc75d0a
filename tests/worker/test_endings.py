from __future__ import annotations

import os
import time

import pytest

from tests.worker.far_side import FarSide
from tutor.worker.processes import children


def wait_for_no_runs(worker: FarSide) -> None:
    until = time.monotonic() + 10
    while children(worker.process.pid) and time.monotonic() < until:
        time.sleep(0.01)
    assert children(worker.process.pid) == []


@pytest.mark.parametrize(
    ("source", "status", "exit_code", "says"),
    [
        ("import sys\nsys.exit(0)", "ok", 0, ""),
        ("import sys\nsys.exit(3)", "error", 3, "exit code 3"),
        ("import sys\nsys.exit('bye')", "error", 1, "exit code 1"),
        ("raise SystemExit", "ok", 0, ""),
        ("1/0", "error", 1, ""),
        ("import os\nos._exit(0)", "crashed", 0, "before the end"),
        ("import os\nos._exit(7)", "crashed", 7, "exit code 7"),
        ("x = 1\nimport ctypes\nctypes.string_at(0)", "crashed", -11, "SIGSEGV"),
        ("import os\nos.abort()", "crashed", -6, "SIGABRT"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "crashed", -9, "SIGKILL"),
        ("x = bytearray(10**11)", "memory", 1, "--memory-limit"),
        ("import torch\ntorch.empty(10**11)", "memory", 1, "--memory-limit"),
        ("def f(:", "error", 1, ""),
        ("a = '\0'", "error", 1, ""),
    ],
)
def test_each_way_to_end_has_its_status(
    worker: FarSide, source: str, status: str, exit_code: int, says: str
) -> None:
    told = worker.run(source)
    assert (told.status, told.finished["exit_code"]) == (status, exit_code)
    assert says in told.message


def test_a_crash_in_c_names_the_line_of_the_program(worker: FarSide) -> None:
    told = worker.run("x = 1\nimport ctypes\nctypes.string_at(0)")
    assert "in line 3" in told.message
    assert told.stderr == ""


def test_an_endless_loop_is_interrupted_on_its_line_and_the_limit_is_named(worker: FarSide) -> None:
    told = worker.run("n = 0\nwhile True:\n    n += 1", limits={"seconds": 0.3})
    assert told.status == "timeout"
    assert "0.3 s" in told.message
    assert "--time-limit" in told.message
    assert "KeyboardInterrupt" in told.stderr
    assert told.of("error")[0]["line"] in (2, 3)


def test_a_program_deaf_to_the_interrupt_is_killed(worker: FarSide) -> None:
    source = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    told = worker.run(source, limits={"seconds": 0.2})
    assert told.status == "timeout"
    assert told.finished["exit_code"] == -9


def test_stopping_interrupts_the_program_and_the_tree_is_gone(worker: FarSide) -> None:
    worker.begin("import os, time\nfor _ in range(3): os.fork()\nprint('up')\nwhile True: time.sleep(1)")
    worker.until("output")
    worker.send(do="stop", run="r")
    told = worker.until("finished")
    assert told.status == "stopped"
    assert "request" in told.message
    wait_for_no_runs(worker)


def test_stopping_twice_does_not_wait_for_a_deaf_program(worker: FarSide) -> None:
    worker.begin(
        "import signal, time\nsignal.signal(2, signal.SIG_IGN)\nprint('up')\nwhile True: time.sleep(1)"
    )
    worker.until("output")
    for _ in range(2):
        worker.send(do="stop", run="r")
    assert worker.until("finished").status == "stopped"


def test_children_that_detach_themselves_are_swept(worker: FarSide) -> None:
    source = (
        "import os, signal, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "    if os.fork() == 0:\n"
        "        time.sleep(3600)\n"
        "    os._exit(0)\n"
        "os.wait()"
    )
    assert worker.run(source).status == "ok"
    wait_for_no_runs(worker)


def test_a_killed_supervisor_takes_its_run_along_and_the_worker_says_so(worker: FarSide) -> None:
    worker.begin(
        "import os, time\nos.fork()\nprint('up')\nos.setsid() if os.getpid() != os.getpgid(0) else 0\ntime.sleep(3600)"
    )
    worker.until("output")
    (supervisor,) = children(worker.process.pid)
    os.kill(supervisor, 9)
    assert worker.until("finished").status == "crashed"
    wait_for_no_runs(worker)
    assert worker.run("print(1)").stdout == "1\n"


def test_the_kill_command_ends_a_supervisor_that_hangs(worker: FarSide) -> None:
    worker.begin("print('up')\nimport time\ntime.sleep(3600)")
    worker.until("output")
    (supervisor,) = children(worker.process.pid)
    os.kill(supervisor, 19)
    worker.send(do="kill", run="r")
    assert worker.until("finished").status == "crashed"
    wait_for_no_runs(worker)


def test_two_runs_at_once_do_not_mix(worker: FarSide) -> None:
    for name in ("one", "two"):
        worker.begin(f"import time\nfor _ in range(20): print('{name}'); time.sleep(0.005)", run=name)
    texts: dict[str, str] = {"one": "", "two": ""}
    left = {"one", "two"}
    while left:
        message = worker.read()
        if message["event"] == "output":
            texts[message["run"]] += message["text"]
        elif message["event"] == "finished":
            left.remove(message["run"])
    assert texts == {"one": "one\n" * 20, "two": "two\n" * 20}


@pytest.mark.parametrize("how", ["close", "kill"])
def test_nothing_outlives_the_worker(how: str) -> None:
    far = FarSide()
    far.begin("import os, time\nos.fork()\nprint('up', flush=True)\ntime.sleep(3600)")
    far.until("output")
    (supervisor,) = children(far.process.pid)
    tree = [supervisor, *children(supervisor)]
    far.process.kill() if how == "kill" else far.close()
    until = time.monotonic() + 10
    while any(os.path.exists(f"/proc/{pid}") for pid in tree) and time.monotonic() < until:
        time.sleep(0.01)
    assert [pid for pid in tree if os.path.exists(f"/proc/{pid}")] == []
    far.process.wait(10)


def test_a_command_that_is_no_program_is_answered_with_a_finished(worker: FarSide) -> None:
    worker.send(do="run", run="r", program={"files": {}})
    told = worker.until("finished")
    assert told.status == "crashed"
    assert "prepared" in told.message


def test_a_missing_compiler_is_named_with_what_to_use_instead(worker: FarSide) -> None:
    source = (
        "import os, torch\nos.environ['PATH'] = os.environ['CXX'] = '/nowhere'\n"
        "print(torch.compile(lambda x: x * 2 + 1)(torch.ones(3)))"
    )
    told = worker.run(source, limits={"seconds": 60})
    assert told.status == "error", told.text()
    assert "aot_eager" in told.message
