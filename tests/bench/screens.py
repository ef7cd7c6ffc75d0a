"""What a person waits for, measured in a real terminal against plain Python and a minimal Textual app."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench.rows import Row, at_most, interleaved, times_faster
from tests.e2e.terminal import Terminal

HELLO = """
import time
import torch
print("seen", torch.ones(2, dtype=torch.int64).sum().item() + time.monotonic_ns())
"""
"""Says when it printed, on the clock all processes share."""

MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("painted now")
Minimal().run()
"""

LESSON = f"""
format: 1
id: bench
title: A lesson to time
why: To be timed.
track: bench
steps:
  - id: only
    kind: run
    text: |
      Words of the lesson.
    code: |{HELLO.replace(chr(10), chr(10) + 6 * " ")}
"""

ROUNDS = 5


def rows(folder: Path) -> Iterator[Row]:
    """Every measurement on a screen."""
    lessons = folder / "lesson.yaml"
    lessons.write_text(LESSON)
    minimal = folder / "minimal.py"
    minimal.write_text(MINIMAL)
    yield from _first_paint(folder, lessons, minimal)
    yield from _key_to_output(folder, lessons)
    for columns, lines in ((80, 24), (200, 50)):
        sent = _bytes_of_a_key(folder, lessons, columns, lines)
        yield at_most(f"bytes to a terminal of {columns}x{lines} for one typed character", sent, "bytes", 200)


def _first_paint(folder: Path, lessons: Path, minimal: Path) -> Iterator[Row]:
    def app() -> float:
        return _until(Terminal([], folder, program=[str(minimal)]), "painted now")

    def skeleton() -> float:
        return _until(_tutor(folder, lessons))

    def whole() -> float:
        return _until(_tutor(folder, lessons), "Words of the lesson", "import torch")

    base, first, full = interleaved(ROUNDS, app, skeleton, whole)
    yield Row("a minimal Textual app, first paint", base * 1000, "ms")
    yield at_most("first paint of the tutor against it", first / base, "x", 1.3)
    yield at_most("whole lesson against it", full / base, "x", 2.5)


def _key_to_output(folder: Path, lessons: Path) -> Iterator[Row]:
    script = folder / "hello.py"
    script.write_text(HELLO)
    printed: list[float] = []

    def plain() -> float:
        began = time.perf_counter()
        with subprocess.Popen([sys.executable, "-u", str(script)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            return time.perf_counter() - began

    with _tutor(folder, lessons) as terminal:
        terminal.wait(" cpu")

        def key() -> float:
            began = time.monotonic_ns()
            terminal.press("ctrl+r")
            terminal.wait_until(lambda text: _seen(text) > began, "a fresh output")
            printed.append((_seen(terminal.text) - began) / 1e9)
            return (time.monotonic_ns() - began) / 1e9

        key()
        slow, quick = interleaved(ROUNDS, plain, key)
    yield Row("`python file.py` that imports torch, to its first output", slow * 1000, "ms")
    yield times_faster("key to first painted output against it, worker up", slow, quick, 20)
    yield Row(
        "  of it: key to the program's own print (key, wire, fork, confine, lens)",
        median(printed) * 1000,
        "ms",
    )
    yield Row("  of it: print to paint (supervisor, wire, screen)", (quick - median(printed)) * 1000, "ms")


def _seen(text: str) -> int:
    """When the program whose output is on the screen printed it; 0 where there is none."""
    found = re.search(r"seen (\d+)", text)
    return int(found[1]) if found else 0


def _tutor(folder: Path, lessons: Path, columns: int = 120, rows: int = 40) -> Terminal:
    record = folder / f"record-{columns}x{rows}"
    arguments = ["--lessons", str(lessons), "--data-dir", str(record)]
    return Terminal(arguments, folder, columns=columns, rows=rows)


def _until(terminal: Terminal, *words: str) -> float:
    """Seconds until all words are on the screen; without words, until anything is."""
    began = time.perf_counter()
    with terminal:
        terminal.wait_until(
            lambda text: bool(text.strip()) and all(word in text for word in words), " and ".join(words)
        )
        return time.perf_counter() - began


def _bytes_of_a_key(folder: Path, lessons: Path, columns: int, lines: int) -> float:
    """Bytes until nothing more comes, for a letter typed at the end of the code."""
    with _tutor(folder, lessons, columns, lines) as terminal:
        terminal.wait(" cpu")
        terminal.press_until("down", lambda line: line.split()[-1:] == ["4"], "the last line")
        sent = []
        for letter in "abcdefgh":
            before = terminal.received
            terminal.press(letter)
            terminal.settle()
            sent.append(float(terminal.received - before))
    return median(sent)
