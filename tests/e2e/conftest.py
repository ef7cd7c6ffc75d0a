from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal

LESSONS = Path(__file__).with_name("lessons")

Opener = Callable[..., Terminal]


@pytest.fixture
def open_tutor(tmp_path: Path) -> Opener:
    """Opens the tutor on the walk's own lesson, always with the same home."""

    def open_at(
        *arguments: str, columns: int = 120, rows: int = 40, env: dict[str, str] | None = None
    ) -> Terminal:
        return Terminal(
            ["--lessons", str(LESSONS), "--data-dir", str(tmp_path / "record"), *arguments],
            tmp_path,
            columns=columns,
            rows=rows,
            env=env,
        )

    return open_at
