"""The real program in a real pseudo-terminal: keys go in, and what a person would see comes out."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import pexpect
import pyte

PATIENCE = 60.0
"""Seconds until a condition that never holds fails the test."""
BEAT = 0.05

_NOT_FOR_PYTE = re.compile(rb"\x1b\[(?:[<>=][0-9;]*[a-zA-Z]|\?[0-9;]*m)")
"""Keyboard protocols and private colours, which pyte takes for text or refuses."""
_UNFINISHED = re.compile(rb"\x1b(?:\[[<>=?0-9;]*)?$")

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "F1": "\x1bOP",
    "F3": "\x1bOR",
}


class NeverSeen(AssertionError):
    """A condition did not come to hold; says what the screen showed."""


class Terminal:
    """One tutor, or another Python program, in one terminal."""

    def __init__(
        self,
        arguments: Sequence[str],
        home: Path,
        *,
        columns: int = 120,
        rows: int = 40,
        env: dict[str, str] | None = None,
        program: Sequence[str] = ("-m", "tutor"),
        heard: Callable[[bytes], None] | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.received = 0
        """Bytes the program wrote."""
        self._heard = heard
        self._stream = pyte.ByteStream(self.screen)
        self._rest = b""
        self._child: pexpect.spawn[bytes] = pexpect.spawn(
            sys.executable,
            [*program, *arguments],
            env=environment(home) | (env or {}),
            dimensions=(rows, columns),
            timeout=PATIENCE,
        )
        self._child.delaybeforesend = None

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.close(force=True)

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._child.pid or 0

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def press(self, *keys: str) -> None:
        """Press keys: `ctrl+r`, names of `KEYS`, or characters."""
        for key in keys:
            if key.startswith("ctrl+"):
                self._child.send(chr(ord(key[-1]) & 0x1F))
            else:
                self._child.send(KEYS.get(key, key))

    def press_until(self, key: str, holds: Callable[[str], bool], what: str) -> None:
        """Press a key again and again until a condition on the cursor's line holds; early keys may go nowhere."""
        end = time.monotonic() + PATIENCE
        while not holds(self.screen.display[self.screen.cursor.y].rstrip()):
            self.press(key)
            pause = time.monotonic() + 4 * BEAT
            while time.monotonic() < pause and self._read():
                pass
            if time.monotonic() > end:
                raise NeverSeen(f"the cursor never came to {what}; the screen showed:\n{self.text}")

    def type(self, text: str) -> None:
        """Paste text, as a terminal with bracketed paste does."""
        self._child.send(f"\x1b[200~{text}\x1b[201~")

    def wait(self, text: str, patience: float = PATIENCE) -> None:
        """Read on until the screen shows the text."""
        self.wait_until(lambda screen: text in screen, repr(text), patience)

    def wait_until(self, holds: Callable[[str], bool], what: str, patience: float = PATIENCE) -> None:
        """Read on until a condition on the screen's text holds."""
        end = time.monotonic() + patience
        while not holds(self.text):
            if time.monotonic() > end or not self._read():
                raise NeverSeen(f"never saw {what}; the screen showed:\n{self.text}")

    def settle(self, quiet: float = 0.3) -> None:
        """Read on until nothing has come for a while."""
        received, since = self.received, time.monotonic()
        while time.monotonic() - since < quiet and self._read():
            if self.received != received:
                received, since = self.received, time.monotonic()

    def wait_for_end(self, patience: float = PATIENCE) -> int:
        """Read on until the program ends; returns its exit code, negative for a signal."""
        end = time.monotonic() + patience
        while self._read():
            if time.monotonic() > end:
                raise NeverSeen(f"it did not end; the screen showed:\n{self.text}")
        self._child.wait()
        if self._child.signalstatus is not None:
            return -int(self._child.signalstatus)
        return int(self._child.exitstatus or 0)

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self._child.kill(number)

    def hang_up(self) -> None:
        """Close the terminal, as a dropped connection does, and wait for the program's end."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, self._child.child_fd)
        os.close(nowhere)
        end = time.monotonic() + PATIENCE
        while self._child.isalive():
            if time.monotonic() > end:
                raise NeverSeen("it lived on without its terminal")
            time.sleep(BEAT)

    def _read(self) -> bool:
        """Take in what there is; False once the program has closed the terminal."""
        try:
            chunk: bytes = self._child.read_nonblocking(1 << 16, BEAT)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.received += len(chunk)
        if self._heard is not None:
            self._heard(chunk)
        pending = self._rest + chunk
        cut = _UNFINISHED.search(pending)
        whole, self._rest = (pending[: cut.start()], pending[cut.start() :]) if cut else (pending, b"")
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", whole))
        return True


def environment(home: Path) -> dict[str, str]:
    """Nothing of the person who runs the tests."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
