"""Torn away at any moment, in any way: at most a second of typing is lost, never a step, and nothing lives on."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import Opener
from tests.e2e.terminal import Terminal
from tests.e2e.typist import LESSON, WALK, Typist, kept_of, sound, wait_until_gone
from tutor.progress.location import FILE, open_store
from tutor.progress.store import Store
from tutor.worker.processes import descendants

Way = Callable[[Terminal], None]

SECOND = 1.0
"""Of typing; the most that may be lost."""
LONGEST = 3.0
"""Seconds of learning before the end."""
WAYS: dict[str, Way] = {
    "SIGHUP": lambda terminal: terminal.signal(signal.SIGHUP),
    "SIGTERM": lambda terminal: terminal.signal(signal.SIGTERM),
    "SIGKILL": lambda terminal: terminal.signal(signal.SIGKILL),
    "hang-up": lambda terminal: terminal.hang_up(),
}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("way", WAYS)
def test_whatever_ends_the_tutor_loses_a_second_of_typing_at_most_and_no_step(
    open_tutor: Opener, tmp_path: Path, way: str, seed: int
) -> None:
    chance = random.Random(f"{way} {seed}")
    lessons = tmp_path / "walk.yaml"
    lessons.write_text(LESSON, encoding="utf-8")
    start = "write" if seed % 2 else "one"
    with open_tutor(
        "--lessons", str(lessons), "--python", "/bin/false", f"long-walk/{start}", columns=200
    ) as terminal:
        if seed % 4:
            terminal.wait(WALK[start])
        typist = Typist(terminal, time.monotonic() + chance.uniform(0, LONGEST), start)
        typist.learn()
        family = [terminal.pid, *descendants(terminal.pid)]
        WAYS[way](terminal)
        ended = time.monotonic()
        terminal.wait_for_end()
        assert wait_until_gone(family) == []
    assert sound(tmp_path / "record" / FILE) == "ok"
    store = open_store(tmp_path / "record")
    _nothing_done_is_lost(store, typist)
    kept = kept_of(typist.typed, store.draft("long-walk", "write") or "")
    if way != "SIGKILL":
        assert kept >= typist.shown
    if kept < typist.shown:
        assert ended - typist.sent[kept] <= SECOND + typist.slowest
    store.close()


def _nothing_done_is_lost(store: Store, typist: Typist) -> None:
    """A step was done when the one after it stood on the screen; that is where the learner comes back to."""
    records = store.records().get("long-walk", {})
    assert {step for step in typist.seen[:-1] if not (step in records and records[step].passed)} == set()
    place = store.place()
    if typist.seen and place is not None:
        steps = list(WALK)
        assert steps.index(place.step) >= steps.index(typist.seen[-1])
    elif len(typist.seen) > 1:
        pytest.fail("the place was not kept")


@pytest.mark.torch
@pytest.mark.parametrize("way", WAYS)
def test_a_step_passed_and_a_program_running_when_the_end_comes(
    open_tutor: Opener, tmp_path: Path, way: str
) -> None:
    with open_tutor("first-steps/make") as terminal:
        terminal.wait("row = torch.arange(6.0)")
        terminal.press_until("down", lambda line: line.endswith(" 4") or line == "4", "line 4")
        terminal.type("table = row.reshape(2, 3)\n")
        terminal.press("ctrl+t")
        terminal.wait("Reshape keeps the numbers")
        terminal.type("import time\ntime.sleep(60)\n")
        terminal.press("ctrl+r")
        terminal.wait("time.sleep(60)")
        terminal.wait("running 2.")
        family = [terminal.pid, *descendants(terminal.pid)]
        assert len(family) > 3
        WAYS[way](terminal)
        terminal.wait_for_end()
        assert wait_until_gone(family) == []
    assert sound(tmp_path / "record" / FILE) == "ok"
    store = open_store(tmp_path / "record")
    assert store.record("first-steps", "make").passed
    assert "time.sleep(60)" in (store.draft("first-steps", "make") or "")
    store.close()
