"""One SQLite file, or a copy of it in memory while the file cannot be written: work goes on, and is merged back when it can."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tutor.progress import exchange
from tutor.progress.schema import Newer, migrate, version

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection], Result]

AGAIN = 30.0
"""Seconds between two attempts to return to the file."""


class Database:
    """Runs one transaction at a time, from any thread."""

    def __init__(self, path: Path, patience: float = 5.0) -> None:
        self.path = path
        self.read_only = ""
        """Why nothing is saved, as a sentence."""
        self._patience = patience
        self._lock = threading.RLock()
        self._may_return = True
        self._next_try = 0.0
        self._forgotten: list[tuple[str | None, str | None]] = []
        try:
            self._connection = self._open()
        except (OSError, sqlite3.Error, Newer) as fault:
            self._connection = self._memory(_readable(path))
            self._leave(fault)

    def read(self, work: Work[Result]) -> Result:
        """Look something up."""
        return self._run(work, "BEGIN")

    def write(self, work: Work[Result]) -> Result:
        """Change something, in one transaction; in memory when the file refuses."""
        with self._lock:
            if self.read_only and self._may_return and time.monotonic() >= self._next_try:
                self._return()
            return self._run(work, "BEGIN IMMEDIATE")

    def forget(self, lesson: str | None, step: str | None, set_aside: Work[None]) -> None:
        """Set aside, then delete; remembered when it happens in memory, so that merging back does not revive it."""

        def work(connection: sqlite3.Connection) -> None:
            set_aside(connection)
            exchange.forget(connection, lesson, step)

        self.write(work)
        if self.read_only:
            self._forgotten.append((lesson, step))

    def close(self) -> None:
        """Return to the file if that is possible now, and close."""
        with self._lock:
            if self.read_only and self._may_return:
                self._return()
            self._connection.close()

    def _run(self, work: Work[Result], begin: str) -> Result:
        with self._lock:
            try:
                return _transaction(self._connection, work, begin)
            except sqlite3.DatabaseError as fault:
                if self.read_only or isinstance(fault, (sqlite3.IntegrityError, sqlite3.ProgrammingError)):
                    raise
                former, self._connection = self._connection, self._memory(self._connection)
                former.close()
                self._leave(fault)
                return _transaction(self._connection, work, begin)

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        connection = _connect(str(self.path), self._patience)
        try:
            if version(connection) == 0:
                connection.execute("PRAGMA journal_mode = DELETE")
            migrate(connection)
            found = version(connection)
            # A read-only folder shows itself only once a page changes and the journal is made.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"PRAGMA user_version = {found}")
            connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
        return connection

    def _memory(self, source: sqlite3.Connection | None) -> sqlite3.Connection:
        """A copy in memory of what can be read, or an empty record."""
        copy = _connect(":memory:", self._patience)
        migrate(copy)
        if source is not None:
            # Not `backup`: it waits for ever on a locked file.
            with contextlib.suppress(sqlite3.Error):
                document = _transaction(source, exchange.take, "BEGIN")
                _transaction(copy, lambda connection: exchange.merge(connection, document), "BEGIN")
                _bring_resets(source, copy)
        return copy

    def _leave(self, fault: Exception) -> None:
        self._next_try = time.monotonic() + AGAIN
        self._may_return, self.read_only = _why(self.path, fault)

    def _return(self) -> None:
        self._next_try = time.monotonic() + AGAIN
        try:
            connection = self._open()
        except (OSError, sqlite3.Error, Newer):
            return
        away = _transaction(self._connection, exchange.take, "BEGIN")

        def bring_back(home: sqlite3.Connection) -> None:
            for lesson, step in self._forgotten:
                exchange.forget(home, lesson, step)
            exchange.merge(home, away)
            _bring_resets(self._connection, home)

        try:
            _transaction(connection, bring_back, "BEGIN IMMEDIATE")
        except sqlite3.Error:
            connection.close()
            return
        former, self._connection = self._connection, connection
        former.close()
        self._forgotten = []
        self.read_only = ""


def _bring_resets(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    resets = source.execute("SELECT token, record, at FROM forgotten").fetchall()
    target.executemany("INSERT OR IGNORE INTO forgotten (token, record, at) VALUES (?, ?, ?)", resets)


def _connect(name: str, patience: float) -> sqlite3.Connection:
    connection = sqlite3.connect(name, timeout=patience, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _readable(path: Path) -> sqlite3.Connection | None:
    if not path.is_file():
        return None
    try:
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    except sqlite3.Error:
        return None


def _transaction(connection: sqlite3.Connection, work: Work[Result], begin: str) -> Result:
    connection.execute(begin)
    try:
        result = work(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return result


def _why(path: Path, fault: Exception) -> tuple[bool, str]:
    """Whether the file may be tried again, and the sentence for the learner."""
    if isinstance(fault, Newer):
        return False, (
            f"{path} was written by a newer pytorch-tutor ({fault}): your record is shown, and nothing is saved."
            " Update pytorch-tutor, or name another folder with --data-dir."
        )
    if type(fault) is sqlite3.DatabaseError:
        return False, (
            f"{path} is damaged ({fault}) and is left as it is: nothing is saved."
            " Move it away to begin a fresh record, or name another folder with --data-dir."
        )
    cause = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
    return True, (
        f"{path} cannot be written ({cause}): what you do is kept in memory until you leave."
        " Make room or give write permission, or name another folder with --data-dir."
    )
