"""What a run costs: against plain Python, with the lens and without it, and to be stopped."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench.rows import Row, at_most, times_faster
from tutor.events import Finished, Output
from tutor.runner.client import WorkerClient
from tutor.runner.interpreter import choose
from tutor.runner.request import RunLimits, RunRequest
from tutor.settings import Settings

ROUNDS = 5

HELLO = "import torch\nprint('hello')\n"

ENDLESS = "while True:\n    pass\n"

MLP = """
import time
import torch

torch.manual_seed(0)
model = torch.nn.Sequential(torch.nn.Linear(32, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1))
optimizer = torch.optim.Adam(model.parameters())
x, y = torch.randn(64, 32), torch.randn(64, 1)
losses = []
for step in range(50):
    optimizer.zero_grad()
    loss = torch.nn.functional.mse_loss(model(x), y)
    loss.backward()
    optimizer.step()
began = time.process_time()
for step in range(1500):
    optimizer.zero_grad()
    loss = torch.nn.functional.mse_loss(model(x), y)
    loss.backward()
    optimizer.step()
print("took", time.process_time() - began)
"""


def rows(folder: Path) -> Iterator[Row]:
    """Every measurement of runs; one worker serves them all."""
    hello = folder / "plain.py"
    hello.write_text(HELLO)
    taken = asyncio.run(_measure(hello))
    yield Row("`python file.py` that imports torch, to its first output", median(taken["plain"]) * 1000, "ms")
    yield times_faster(
        "request to first output against it, confined", median(taken["plain"]), median(taken["hello"]), 25
    )
    off, on = median(taken["without"]), median(taken["with"])
    yield Row("a small MLP with Adam, a step without the lens", off / 1500 * 1e6, "µs")
    yield at_most("the lens on it adds, of processor time", (on / off - 1) * 100, "%", 5)
    yield at_most("stop to report, an endless loop", median(taken["stop"]) * 1000, "ms", 50)


async def _measure(hello: Path) -> dict[str, list[float]]:
    client = WorkerClient(choose(Settings()))
    state = await client.start()
    if state.ready is None:
        raise SystemExit(f"{state.reason} {state.advice}")
    taken: dict[str, list[float]] = {name: [] for name in ("plain", "hello", "with", "without", "stop")}
    try:
        await _first_output(client)
        for _ in range(ROUNDS):
            taken["plain"].append(await asyncio.to_thread(_plain, hello))
            taken["hello"].append(await _first_output(client))
            taken["without"].append(await _loop(client, lens=False))
            taken["with"].append(await _loop(client, lens=True))
            taken["stop"].append(await _stopping(client))
    finally:
        await client.close()
    return taken


def _plain(script: Path) -> float:
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, "-u", str(script)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        return time.perf_counter() - began


async def _first_output(client: WorkerClient) -> float:
    began = time.perf_counter()
    first = 0.0
    async for event in client.run(RunRequest(HELLO)):
        if isinstance(event, Output) and not first:
            first = time.perf_counter() - began
    return first


async def _loop(client: WorkerClient, *, lens: bool) -> float:
    printed = ""
    async for event in client.run(RunRequest(MLP, lens=lens, limits=RunLimits(seconds=120))):
        if isinstance(event, Output):
            printed += event.text
        if isinstance(event, Finished) and event.status != "ok":
            raise SystemExit(f"the loop ended with {event.status}: {event.message}")
    return float(printed.split()[-1])


async def _stopping(client: WorkerClient) -> float:
    began = 0.0
    async for event in client.run(RunRequest(ENDLESS), "endless"):
        if not began:
            began = time.perf_counter()
            await client.stop("endless")
        if isinstance(event, Finished):
            return time.perf_counter() - began
    raise SystemExit("a run ended without saying so")
