"""Runs, supervisors and workers killed at random moments: nothing is left, and the next program runs."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
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


KILLS = int(os.environ.get("PYTORCH_TUTOR_KILLS", "25"))
"""How many random moments are tried; `PYTORCH_TUTOR_KILLS=500` before a release."""
INTERFACE = f"""
import asyncio, os, sys
from tutor.runner.client import WorkerClient
from tutor.runner.interpreter import Interpreter
from tutor.runner.request import RunRequest
async def main():
    client = WorkerClient(Interpreter(sys.executable))
    async for event in client.run(RunRequest({FORKING!r}, lens=False)):
        print(event.kind, flush=True)
asyncio.run(main())
"""


@pytest.fixture(scope="module")
def far() -> FarSide:
    return FarSide()


@pytest.mark.parametrize("seed", range(KILLS))
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
    wait_until_gone(far.process.pid)  # its supervisor says `finished` a moment before it leaves


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


def test_a_killed_interface_leaves_neither_worker_nor_runs() -> None:
    interface = subprocess.Popen([sys.executable, "-c", INTERFACE], stdout=subprocess.PIPE, text=True)
    assert interface.stdout is not None
    assert any(line == "output\n" for line in interface.stdout)
    tree = descendants(interface.pid)
    assert len(tree) > 3
    interface.kill()
    interface.wait(10)
    interface.stdout.close()
    until = time.monotonic() + 10
    while any(alive(pid) for pid in tree) and time.monotonic() < until:
        time.sleep(0.005)
    assert [pid for pid in tree if alive(pid)] == []
