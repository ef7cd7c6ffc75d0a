"""Names say what a thing is, modules say which rule they hold, nothing is suppressed, and no file knows one machine."""

from __future__ import annotations

import ast
import re

from tests.boundaries.tree import functions, parsed, python_files, shown, text_files

EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "misc", "common", "stuff"}
SUPPRESSIONS = re.compile("#" + r"\s*(type:\s*ignore|noqa|pragma|pylint|fmt:\s*off)", re.IGNORECASE)
UNFINISHED = re.compile("#.*" + r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b")
ONE_MACHINE = re.compile("/wo" + r"rk(/|\b(?=[^a-z]))|/ro" + r"ot/|\.\./sha" + r"red|/home/[a-z]+/\.pyenv")


def test_no_module_class_or_function_has_an_empty_name() -> None:
    empty = []
    for path in python_files("tutor", "tests"):
        names = [(path.stem, 1)]
        for node in ast.walk(parsed(path)):
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                names.append((node.name, node.lineno))
        for name, line in names:
            words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)}
            if words & EMPTY_NAMES and not name.startswith("test_"):
                empty.append(f"{shown(path)}:{line} {name}")
    assert empty == []


def test_every_module_of_the_program_says_which_rule_it_holds() -> None:
    silent = [shown(path) for path in python_files("tutor") if not ast.get_docstring(parsed(path))]
    assert silent == []


def test_tests_are_named_by_a_sentence() -> None:
    short = [
        f"{shown(path)} {function.name}"
        for path in python_files("tests")
        for function in functions(parsed(path))
        if path.name.startswith("test_")
        and function.name.startswith("test_")
        and function.name.count("_") < 3
    ]
    assert short == []


def test_types_and_lint_are_never_suppressed() -> None:
    found = [
        f"{shown(path)}:{number}"
        for path in python_files("tutor", "tests")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if SUPPRESSIONS.search(line)
    ]
    assert found == []


def test_nothing_is_marked_as_left_to_be_done() -> None:
    found = [
        f"{shown(path)}:{number}"
        for path in python_files("tutor", "tests")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if UNFINISHED.search(line)
    ]
    assert found == []


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    marks = re.compile(r"pytest\.(mark\.)?(skip|skipif|xfail|importorskip)\b")
    found = [
        f"{shown(path)}:{number}"
        for path in python_files("tests")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if marks.search(line) and "marks = " not in line
    ]
    assert found == []


def test_no_file_mentions_a_path_of_one_machine() -> None:
    found = [
        f"{shown(path)}:{number}: {line.strip()[:80]}"
        for path in text_files()
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        )
        if ONE_MACHINE.search(line)
    ]
    assert found == []
