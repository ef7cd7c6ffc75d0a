"""No file passes 300 lines and no function 50, tests included; there is no list of exceptions."""

from __future__ import annotations

from tests.boundaries.tree import functions, parsed, python_files, shown

LONGEST_FILE = 300
LONGEST_FUNCTION = 50


def test_the_whole_tree_is_looked_at() -> None:
    names = {shown(path) for path in python_files("tutor", "tests")}
    assert {"tutor/cli.py", "tutor/worker/wire.py", "tests/boundaries/test_size.py"} <= names


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    sizes = {
        shown(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files("tutor", "tests")
    }
    assert {name: size for name, size in sizes.items() if size > LONGEST_FILE} == {}


def test_no_function_is_longer_than_fifty_lines() -> None:
    long = {}
    for path in python_files("tutor", "tests"):
        for function in functions(parsed(path)):
            size = (function.end_lineno or function.lineno) - function.lineno + 1
            if size > LONGEST_FUNCTION:
                long[f"{shown(path)}:{function.lineno} {function.name}"] = size
    assert long == {}
