"""What happens to a record that is shared, damaged, newer, or on a disk that refuses."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tutor.progress import schema
from tutor.progress.database import Database
from tutor.progress.store import Store

FULL_DISK = """
import resource, sys
from pathlib import Path
from tutor.progress.store import Store
path = Path(sys.argv[1])
store = Store(path)
store.keep_attempt("a", "before", "passed")
size = path.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
store.keep_draft("a", "s", "x" * 200_000)
print(store.read_only)
assert store.draft("a", "s") == "x" * 200_000
assert store.record("a", "before").passed
store.keep_attempt("a", "after", "passed")
store.reset("a", "before")
if sys.argv[2] == "room":
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.close()
"""

KILLED = """
import os, signal, sys
from pathlib import Path
from tutor.progress.store import Store
store = Store(Path(sys.argv[1]))
for number in range(20):
    store.keep_draft("a", f"s{number}", f"x = {number}")
os.kill(os.getpid(), signal.SIGKILL)
"""


def run(program: str, *argv: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *argv], capture_output=True, text=True, timeout=60, check=False
    )


def test_a_full_disk_is_said_and_the_record_goes_on_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    done = run(FULL_DISK, str(path), "no room")
    assert done.returncode == 0, done.stderr
    assert str(path) in done.stdout
    assert "cannot be written" in done.stdout
    store = Store(path)
    assert store.record("a", "before").passed
    assert store.draft("a", "s") is None


def test_what_was_done_while_the_disk_was_full_is_merged_once_there_is_room(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    done = run(FULL_DISK, str(path), "room")
    assert done.returncode == 0, done.stderr
    store = Store(path)
    assert store.draft("a", "s") == "x" * 200_000
    assert store.record("a", "after").passed
    assert not store.record("a", "before").passed


def test_a_kill_in_the_middle_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    assert run(KILLED, str(path)).returncode == -9
    store = Store(path)
    assert [store.draft("a", f"s{number}") for number in range(20)] == [
        f"x = {number}" for number in range(20)
    ]


def test_a_folder_that_cannot_be_made_leaves_a_working_record_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    store = Store(tmp_path / "file" / "progress.db")
    assert "cannot be written" in store.read_only
    store.keep_draft("a", "s", "x = 1")
    assert store.draft("a", "s") == "x = 1"
    store.close()


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    path.write_bytes(b"precious notes, not a database" * 100)
    before = path.read_bytes()
    store = Store(path)
    assert "damaged" in store.read_only
    store.keep_attempt("a", "s", "passed")
    assert store.record("a", "s").passed
    store.close()
    assert path.read_bytes() == before


def test_a_newer_file_is_read_and_never_written(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    store = Store(path)
    store.keep_attempt("a", "s", "passed")
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE steps ADD COLUMN mood TEXT")
        connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    newer = Store(path)
    assert "newer pytorch-tutor" in newer.read_only
    assert newer.record("a", "s").passed
    newer.keep_attempt("a", "t", "passed")
    assert newer.record("a", "t").passed
    newer.close()
    assert path.read_bytes() == before


def test_a_newer_file_without_the_tables_we_read_opens_as_an_empty_record(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE elsewhere (x)")
        connection.execute("PRAGMA user_version = 99")
    newer = Store(path)
    assert "newer pytorch-tutor" in newer.read_only
    assert newer.records() == {}


def test_an_older_file_is_brought_up_to_date_and_keeps_its_rows(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "progress.db", isolation_level=None)
    schema.migrate(connection, schema.MIGRATIONS)
    connection.execute("INSERT INTO drafts VALUES ('i', 'a', 's', 'x = 1', 1.0)")
    later = (
        *schema.MIGRATIONS,
        "ALTER TABLE drafts ADD COLUMN author TEXT; CREATE INDEX newest ON drafts (at);",
    )
    schema.migrate(connection, later)
    assert schema.version(connection) == len(later)
    assert connection.execute("SELECT code, author FROM drafts").fetchall() == [("x = 1", None)]


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "progress.db", isolation_level=None)
    schema.migrate(connection)
    with pytest.raises(sqlite3.Error):
        schema.migrate(connection, (*schema.MIGRATIONS, "CREATE TABLE more (x); CREATE TABLE steps (x);"))
    assert schema.version(connection) == len(schema.MIGRATIONS)
    assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'more'").fetchall() == []


def test_a_file_locked_for_too_long_is_said_and_the_work_is_merged_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    store = Store(path, patience=0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    store.keep_draft("a", "s", "x = 1")
    assert "locked" in store.read_only
    assert store.draft("a", "s") == "x = 1"
    other.execute("ROLLBACK")
    store.close()
    assert Store(path).draft("a", "s") == "x = 1"


def test_two_tutors_writing_at_once_lose_no_attempt_no_hint_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"

    def work(name: str) -> None:
        store = Store(path, patience=30)
        for number in range(25):
            store.keep_attempt("shared", "s", "not_yet" if number % 2 else "passed")
            store.keep_draft("shared", name, f"x = {number}")
        assert store.read_only == ""
        store.close()

    tutors = [threading.Thread(target=work, args=(name,)) for name in ("one", "two")]
    for tutor in tutors:
        tutor.start()
    for tutor in tutors:
        tutor.join(60)
    store = Store(path)
    assert store.record("shared", "s").attempts == 50
    assert [store.draft("shared", name) for name in ("one", "two")] == ["x = 24", "x = 24"]


def test_two_tutors_making_the_file_at_the_same_moment_both_succeed(tmp_path: Path) -> None:
    made: list[Database] = []
    barrier = threading.Barrier(4)

    def make() -> None:
        barrier.wait(10)
        made.append(Database(tmp_path / "progress.db", patience=30))

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [database.read_only for database in made] == ["", "", "", ""]


def test_the_file_uses_a_rollback_journal_and_full_synchronisation(tmp_path: Path) -> None:
    database = Database(tmp_path / "progress.db")
    pragmas = ("journal_mode", "synchronous")
    found = database.read(
        lambda connection: [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
    )
    assert found == ["delete", 2]
