"""What every worker promises, whatever Python it runs under."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.pythons import Served, minor, served
from tests.worker.far_side import FarSide

PYTHONS = served()
NOISE = """
import os
def shout():
    for descriptor in (1, 2): os.write(descriptor, b'noise of C code\\n{"event": "finished"}\\n')
os.register_at_fork(before=shout, after_in_parent=shout)
"""


@pytest.fixture(scope="module", params=PYTHONS, ids=str)
def python(request: pytest.FixtureRequest) -> Served:
    served: Served = request.param
    return served


@pytest.fixture(scope="module")
def far(python: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FarSide]:
    one = FarSide(python=python.executable(tmp_path_factory.mktemp("python"), NOISE), quiet=True)
    yield one
    one.close()


def test_the_worker_says_under_which_python_and_torch_it_is_ready(python: Served, far: FarSide) -> None:
    assert far.first["event"] == "ready"
    assert far.first["python"] == python.found.python
    assert far.first["torch"] == (python.found.torch or "0.0.0+standin")


@pytest.mark.parametrize("lens", [False, True])
def test_a_program_prints_reads_its_arguments_and_ends(far: FarSide, lens: bool) -> None:
    source = "import sys\nprint('hello', sys.argv)\nprint('beside', file=sys.stderr)\nx = 3\n"
    told = far.run(source, argv=["one"], lens=lens, filename="file.py", asks=["x + 1"], names=True)
    assert told.status == "ok", told.text() + told.message
    assert told.stdout == "hello ['file.py', 'one']\n"
    assert told.stderr == "beside\n"
    assert [event["value"]["text"] for event in told.of("value") if event["how"] == "asked"] == ["4"]
    assert told.of("names")[0]["names"]["x"] == "builtins.int"


def test_the_lens_sees_values(far: FarSide) -> None:
    told = far.run("total = 0\nfor i in range(3):\n    total += i\n", lens=True)
    (last,) = [event for event in told.of("value") if event["name"] == "total" and event["line"] == 3]
    assert last["value"]["number"] == 3


@pytest.mark.parametrize("lens", [False, True])
def test_an_exception_names_its_type_and_line(far: FarSide, lens: bool) -> None:
    told = far.run("def f(n):\n    return 1 / n\nf(0)\n", lens=lens, filename="file.py")
    (error,) = told.of("error")
    assert (error["type"], error["line"]) == ("ZeroDivisionError", 2)
    assert told.status == "error"
    assert 'File "file.py", line 3, in <module>' in told.stderr


@pytest.mark.parametrize("lens", [False, True])
def test_what_is_no_python_is_told_as_such(far: FarSide, lens: bool) -> None:
    (error,) = far.run("x = (\n", lens=lens).of("error")
    assert error["type"] == "SyntaxError"


def test_an_endless_program_is_stopped_and_says_where(far: FarSide) -> None:
    far.begin("print('up')\nwhile True:\n    pass\n", filename="file.py")
    far.until("output")
    far.send(do="stop", run="r")
    told = far.until("finished")
    assert told.status == "stopped"
    assert "KeyboardInterrupt" in told.stderr


def test_time_runs_out_for_a_program_that_takes_too_long(far: FarSide) -> None:
    assert far.run("while True: pass", limits={"seconds": 0.3}).status == "timeout"


def test_input_is_asked_for_and_answered(far: FarSide) -> None:
    far.begin("print(input('? ') * 2)", stdin=True)
    far.until("asked")
    far.send(do="line", run="r", text="ab")
    assert "abab\n" in far.until("finished").stdout


def test_a_crash_of_c_code_ends_the_run_alone(far: FarSide) -> None:
    assert far.run("import ctypes\nctypes.string_at(0)").status == "crashed"
    assert far.run("print('next')").stdout == "next\n"


def test_a_program_cannot_read_what_lies_outside(far: FarSide) -> None:
    layers = far.first["layers"]
    told = far.run("open('/etc/shadow')")
    assert told.status == "error" or "on" not in layers.values()


def test_questions_about_names_are_answered(far: FarSide) -> None:
    far.send(do="ask", ask="q", about="complete", path=["builtins", "str"])
    assert ["upper", "function"] in far.read()["items"]


def test_every_version_that_is_served_and_present_was_tried() -> None:
    versions = [minor(python.found.python) for python in PYTHONS]
    assert len(versions) == len(set(versions)) >= 1
    assert any(python.real for python in PYTHONS)
