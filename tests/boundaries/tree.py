"""The program's own source files, for the tests that look at all of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = ("__pycache__",)


def python_files(*folders: str) -> list[Path]:
    """Every Python file of the given folders, in order."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if not set(SKIPPED) & set(path.parts))


def text_files() -> list[Path]:
    """Every file of the project that people wrote and that is text."""
    endings = {".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".tcss", ".json", ""}
    folders = ("tutor", "tests", "docs", "lessons", ".ci")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    found += [path for path in ROOT.iterdir() if path.is_file() and not path.name.startswith(".")]
    return sorted(path for path in found if path.suffix in endings and not set(SKIPPED) & set(path.parts))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, at any depth."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def parsed(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def shown(path: Path) -> str:
    """A path as messages name it."""
    return str(path.relative_to(ROOT))
