"""What is really imported, seen on `sys.modules` of fresh processes: a static graph cannot tell a deferred import from an eager one."""

from __future__ import annotations

import ast
import json
import subprocess
import sys

import pytest

from tests.boundaries.tree import ROOT, parsed, python_files, shown

HEAVY = {"torch", "numpy", "sklearn", "scipy", "matplotlib", "jedi"}
SCREEN = {"textual"}
THIRD_PARTY = {"textual", "rich", "yaml", "msgspec", "click", "plotext", "platformdirs", "tutor"}

LIST_MODULES = "import json, sys; print(json.dumps(sorted(sys.modules)))"

FOLDERS = (
    "tutor.app", "tutor.cli", "tutor.editor", "tutor.headless", "tutor.lesson", "tutor.panes", "tutor.progress",
    "tutor.renderables", "tutor.runner", "tutor.screens", "tutor.authoring",
)  # fmt: skip

WORKER = """
import os, sys
sys.path.insert(0, sys.argv[1])
import importlib.util
spec = importlib.util.spec_from_file_location(
    "pytorch_tutor_worker", os.path.join(sys.argv[1], "__init__.py"), submodule_search_locations=[sys.argv[1]]
)
package = importlib.util.module_from_spec(spec)
sys.modules["pytorch_tutor_worker"] = package
spec.loader.exec_module(package)
for name in sys.argv[2:]:
    __import__("pytorch_tutor_worker." + name)
"""


def imported(program: str, *argv: str) -> set[str]:
    """Top-level names of everything a fresh Python has imported after running a program."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{LIST_MODULES}", *argv],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


def modules_of(package: str) -> list[str]:
    """Every module of a package, or the module itself, by its dotted name."""
    place = ROOT / package.replace(".", "/")
    if not place.is_dir():
        return [package]
    found = [path.relative_to(ROOT).with_suffix("").parts for path in python_files(package.replace(".", "/"))]
    return [".".join(parts).removesuffix(".__init__") for parts in found]


@pytest.mark.parametrize("package", FOLDERS)
def test_no_module_of_the_interface_imports_torch_or_numpy(package: str) -> None:
    loaded = imported("\n".join(f"import {name}" for name in modules_of(package)))
    assert "tutor" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize(
    "package",
    [
        "tutor.headless", "tutor.lesson", "tutor.progress", "tutor.renderables", "tutor.runner", "tutor.authoring",
        "tutor.cli", "tutor.opening",
    ],
)  # fmt: skip
def test_what_needs_no_screen_does_not_import_textual(package: str) -> None:
    assert imported("\n".join(f"import {name}" for name in modules_of(package))) & SCREEN == set()


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["run", "--help"], ["author", "--help"]])
def test_help_imports_nothing_but_click(arguments: list[str]) -> None:
    program = f"from tutor.cli import run\nassert run({arguments!r}) == 0"
    loaded = imported(program)
    assert loaded & (HEAVY | SCREEN | {"rich", "yaml", "msgspec", "sqlite3", "asyncio", "plotext"}) == set()
    assert "click" in loaded


def test_the_events_and_facts_are_standard_library_only() -> None:
    loaded = imported(
        "import tutor.events, tutor.facts, tutor.decode, tutor.runner.request, tutor.runner.contract"
    )
    assert loaded & (HEAVY | (THIRD_PARTY - {"tutor"})) == set()


def test_the_worker_imports_torch_and_nothing_of_ours() -> None:
    worker = ROOT / "tutor" / "worker"
    names = [
        ".".join(path.relative_to(worker).with_suffix("").parts).removesuffix(".__init__")
        for path in python_files("tutor/worker")
        if path.name != "__main__.py" and path != worker / "__init__.py"
    ]
    loaded = imported(WORKER, str(worker), *names)
    assert "torch" in loaded
    assert loaded & THIRD_PARTY == set()


def test_the_wire_is_the_only_module_of_the_worker_that_the_interface_names() -> None:
    named = {}
    for path in python_files("tutor"):
        if "worker" in path.relative_to(ROOT).parts:
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tutor.worker"):
                wire = node.module == "tutor.worker.wire"
                if not wire and [name.name for name in node.names] != ["wire"]:
                    named[f"{shown(path)}:{node.lineno}"] = node.module
            if isinstance(node, ast.Import):
                ours = [name.name for name in node.names if name.name.startswith("tutor.worker")]
                if ours not in ([], ["tutor.worker.wire"]):
                    named[f"{shown(path)}:{node.lineno}"] = ours[0]
    assert named == {}


def test_the_worker_is_written_for_python_3_9() -> None:
    for path in python_files("tutor/worker"):
        ast.parse(path.read_text(encoding="utf-8"), str(path), feature_version=(3, 9))


def test_the_worker_imports_its_own_modules_relatively() -> None:
    absolute = [
        f"{shown(path)}:{node.lineno}"
        for path in python_files("tutor/worker")
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").startswith("tutor"))
        or (isinstance(node, ast.Import) and any(name.name.startswith("tutor") for name in node.names))
    ]
    assert absolute == []
