"""Runs, supervisors and workers killed at random moments: nothing is left, and the next program runs."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest

from tests.hostile.test_attacks import wait_until_gone
from tests.worker.far_side import FarSide
from tutor.worker.processes import alive, children, descendants

FORKING = """
import os, time
for _ in range(2): os.fork()
if os.fork() == 0: os.setsid()
print('up', flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def far() -> FarSide:
    return FarSide()


@pytest.mark.parametrize("seed", range(25))
def test_a_run_or_its_supervisor_killed_at_any_moment_leaves_nothing(far: FarSide, seed: int) -> None:
    chance = random.Random(seed)
    far.begin(FORKING, run="r")
    far.until("started")
    until = time.monotonic() + chance.uniform(0, 0.06)
    while time.monotonic() < until:
        pass
    (supervisor,) = children(far.process.pid)
    tree = [supervisor, *descendants(supervisor)]
    os.kill(chance.choice(tree), chance.choice([signal.SIGKILL, signal.SIGTERM]))
    far.send(do="stop", run="r")
    far.send(do="stop", run="r")
    assert far.until("finished").status in ("crashed", "stopped", "ok")
    wait_until_gone(far.process.pid)
    assert [pid for pid in tree if alive(pid)] == []
    assert far.run("print('next')").stdout == "next\n"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_worker_takes_every_run_along(number: int) -> None:
    far = FarSide()
    for name in ("one", "two"):
        far.begin(FORKING, run=name)
        far.until("output", run=name)
    tree = descendants(far.process.pid)
    os.kill(far.process.pid, number)
    far.process.wait(10)
    until = time.monotonic() + 10
    while any(alive(pid) for pid in tree) and time.monotonic() < until:
        time.sleep(0.005)
    assert [pid for pid in tree if alive(pid)] == []
