from __future__ import annotations

import base64
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.worker.far_side import FarSide

FAILING = {
    "plain": "x = 1\nx / 0",
    "in a function": "def f(a):\n    return a + 'x'\n\nf(1)",
    "chained": "try:\n    {}['k']\nexcept KeyError as e:\n    raise ValueError('v') from e",
    "while handling": "try:\n    1/0\nexcept ZeroDivisionError:\n    int('x')",
    "syntax": "x = (1,\n",
    "indentation": "if True:\nx = 1",
    "recursion": "def f(): return f()\nf()",
    "in a library": "import json\njson.loads('{')",
    "exit text": "import sys\nsys.exit('leaving')",
    "raising str": "class E(Exception):\n    def __str__(self): raise RuntimeError\nraise E",
    "in a thread": "import threading\nt = threading.Thread(target=lambda: 1/0, name='T')\nt.start(); t.join()",
    "at exit": "import atexit\natexit.register(lambda: 1/0)\nprint('main is done')",
    "own hook": "import sys\nsys.excepthook = lambda *a: print('mine', a[0].__name__)\n1/0",
    "group": "raise Exception('outer') from OSError(2, 'inner')",
    "torch": "import torch\ntorch.ones(2, 3) @ torch.ones(2, 3)",
}


def plainly(source: str, folder: Path) -> tuple[str, str, int]:
    """What Python itself makes of the program."""
    file = folder / "lesson.py"
    file.write_text(source)
    done = subprocess.run(
        [sys.executable, str(file)], capture_output=True, text=True, cwd=folder, check=False
    )
    return done.stdout, done.stderr.replace(str(file), "lesson.py"), done.returncode


def counted(text: str) -> str:
    """Without addresses; and how deep a recursion goes depends on Python's own start-up by a frame or two."""
    text = re.sub(r"0x[0-9a-f]+", "0x…", text)
    return re.sub(r"repeated \d+ more", "repeated many more", text)


@pytest.mark.parametrize("name", FAILING)
def test_output_traceback_and_exit_code_are_those_of_python_itself(
    worker: FarSide, name: str, tmp_path: Path
) -> None:
    stdout, stderr, exit_code = plainly(FAILING[name], tmp_path)
    told = worker.run(FAILING[name])
    assert told.stdout == stdout
    assert counted(told.stderr) == counted(stderr)
    assert told.finished["exit_code"] == exit_code


def test_the_program_is_main_and_sees_its_own_name_and_arguments(worker: FarSide) -> None:
    source = "import sys\nimport __main__\nx = 5\nprint(__name__, __file__, sys.argv, __main__.x)"
    told = worker.run(source, argv=["-v", "3"], filename="train.py")
    assert told.stdout == "__main__ train.py ['train.py', '-v', '3'] 5\n"


def test_the_scratch_folder_is_empty_writable_and_gone_afterwards(worker: FarSide) -> None:
    told = worker.run("import os\nprint(os.listdir('.'))\nopen('a', 'w').write('x')\nprint(os.getcwd())")
    listing, folder = told.stdout.splitlines()
    assert listing == "[]"
    assert not os.path.exists(os.path.dirname(folder))


def test_folders_the_program_locked_are_removed_too(worker: FarSide) -> None:
    source = "import os\nos.makedirs('a/b/c')\nopen('a/b/c/f', 'w').close()\nfor d in ('a/b/c', 'a/b', 'a'): os.chmod(d, 0)\nprint(os.getcwd())"
    folder = worker.run(source).stdout.strip()
    assert not os.path.exists(os.path.dirname(folder))


def test_files_of_the_lesson_lie_in_the_scratch_folder(worker: FarSide) -> None:
    files = {"sub/data.txt": base64.b64encode(b"7").decode()}
    told = worker.run("print(open('sub/data.txt').read())", files=files)
    assert told.stdout == "7\n"


def test_a_lesson_file_cannot_be_laid_outside(worker: FarSide) -> None:
    told = worker.run("print(1)", files={"../../evil": ""})
    assert told.status == "crashed"
    assert "outside" in told.message


def test_the_folder_of_a_program_is_where_it_starts_and_can_import_from(
    worker: FarSide, tmp_path: Path
) -> None:
    (tmp_path / "neighbour.py").write_text("value = 42")
    (tmp_path / "rows.csv").write_text("1,2")
    source = "import neighbour\nprint(neighbour.value, open('rows.csv').read())"
    assert worker.run(source, folder=str(tmp_path)).stdout == "42 1,2\n"


def test_the_folder_of_a_program_may_not_be_written(worker: FarSide, tmp_path: Path) -> None:
    told = worker.run("open('new', 'w')", folder=str(tmp_path))
    assert told.status == "error"
    assert "--allow-write" in told.message
    assert list(tmp_path.iterdir()) == []


def test_a_folder_opened_for_writing_can_be_written(worker: FarSide, tmp_path: Path) -> None:
    told = worker.run("open('new', 'w').write('x')", folder=str(tmp_path), allow_write=[str(tmp_path)])
    assert told.status == "ok"
    assert (tmp_path / "new").read_text() == "x"


def test_modules_of_ours_do_not_shadow_those_of_the_learner(worker: FarSide, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text("mine = True")
    told = worker.run("import program\nprint(program.mine)", folder=str(tmp_path))
    assert told.stdout == "True\n"
    assert "ModuleNotFoundError" in worker.run("import supervise").stderr


def test_nothing_of_one_run_is_left_in_the_next(worker: FarSide) -> None:
    worker.run("import torch, builtins\ntorch.ones = None\nbuiltins.leak = 1\ntorch.manual_seed(0)")
    assert worker.run("import torch\nprint(torch.ones(1))\nprint(leak)").stderr.endswith(
        "name 'leak' is not defined\n"
    )


def test_each_run_draws_its_own_random_numbers_unless_seeded(worker: FarSide) -> None:
    source = "import torch, random\nimport numpy as np\nprint(torch.rand(1).item(), random.random(), np.random.rand())"
    first, second = (worker.run(source).stdout.split() for _ in range(2))
    assert all(a != b for a, b in zip(first, second, strict=True))
    torch_line = "import torch\nprint(torch.rand(1).item())"
    assert worker.run(torch_line, seed=3).stdout == worker.run(torch_line, seed=3).stdout


def test_input_asks_the_person_and_gets_the_answer(worker: FarSide) -> None:
    worker.begin("name = input('Your name? ')\nprint('hello', name)", stdin=True)
    asked = worker.until("asked")
    assert asked.of("asked")[0]["prompt"] == "Your name? "
    worker.send(do="line", run="r", text="Ada ∂")
    assert worker.until("finished").stdout == "hello Ada ∂\n"


def test_time_spent_waiting_for_the_person_is_not_the_programs(worker: FarSide) -> None:
    worker.begin("input()\nprint('on time')", stdin=True, limits={"seconds": 0.3})
    worker.until("asked")
    with pytest.raises(subprocess.TimeoutExpired):
        worker.process.wait(0.6)
    worker.send(do="line", run="r", text="")
    assert worker.until("finished").status == "ok"


def test_input_without_a_person_is_the_end_of_the_file(worker: FarSide) -> None:
    assert "EOFError" in worker.run("input()").stderr


def test_questions_are_answered_after_a_program_that_ended_well(worker: FarSide) -> None:
    told = worker.run("import torch\nx = torch.ones(2, 3)", asks=["x.shape", "x", "nope"])
    shape, tensor, missing = (event["value"] for event in told.of("value"))
    assert shape["text"] == "torch.Size([2, 3])" or shape["length"] == 2
    assert tensor["shape"] == [2, 3]
    assert missing["type"] == "NameError"
    assert worker.run("x = 1\n1/0", asks=["x"]).of("value") == []


def test_torch_uses_the_number_of_threads_the_limits_say(worker: FarSide) -> None:
    source = "import torch\nprint(torch.get_num_threads())"
    assert worker.run(source).stdout == "1\n"
    assert worker.run(source, limits={"threads": 2}).stdout == "2\n"


def test_inspect_finds_the_source_of_the_program(worker: FarSide) -> None:
    told = worker.run("import inspect\ndef f():\n    return 1\nprint(inspect.getsource(f))")
    assert told.stdout == "def f():\n    return 1\n\n"


def test_the_network_is_closed_unless_it_is_opened(worker: FarSide) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        source = f"import socket\nsocket.create_connection(('127.0.0.1', {server.getsockname()[1]}), 5)\nprint('connected')"
        closed = worker.run(source)
        assert closed.status == "error"
        assert "--allow-net" in closed.message
        assert worker.run(source, allow_net=True).stdout == "connected\n"
