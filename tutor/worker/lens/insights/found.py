"""Insights as they are found: each once, sent when the lens sends."""

from __future__ import annotations

from typing import Any


class Found:
    """A list of insights without repeats."""

    def __init__(self) -> None:
        self._told: set[tuple[str, int | None]] = set()
        self._waiting: list[dict[str, Any]] = []

    def tell(self, code: str, line: int | None, message: str, **evidence: Any) -> None:
        """Note an insight; the second one of a kind on a line is dropped."""
        if (code, line) not in self._told:
            self._told.add((code, line))
            self._waiting.append({"code": code, "line": line, "message": message, "evidence": evidence})

    def take(self) -> list[dict[str, Any]]:
        """Keys of `insight` events not sent yet."""
        waiting, self._waiting = self._waiting, []
        return waiting
