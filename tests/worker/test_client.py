from __future__ import annotations

import asyncio
import os
import stat
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path

import pytest

from tutor.events import Asked, Event, Finished, Output
from tutor.runner.client import WorkerClient
from tutor.runner.contract import Runner, WorkerState
from tutor.runner.interpreter import Interpreter
from tutor.runner.request import RunLimits, RunRequest
from tutor.worker.processes import children


@pytest.fixture
async def client() -> AsyncIterator[WorkerClient]:
    one = WorkerClient(Interpreter(sys.executable))
    yield one
    await one.close()


async def collected(runner: Runner, source: str, run: str | None = None, seconds: float = 20) -> list[Event]:
    request = RunRequest(source, lens=False, limits=RunLimits(seconds=seconds))
    return [event async for event in runner.run(request, run)]


def printed(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Output))


def pid_of_worker() -> int:
    """The youngest child of this process that leads a session of its own."""
    leaders = [pid for pid in children(os.getpid()) if os.getsid(pid) == pid]
    return max(leaders, key=started_at)


def started_at(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])


async def test_a_run_yields_events_and_ends_with_exactly_one_finished(client: WorkerClient) -> None:
    events = await collected(client, "print('hi')")
    assert printed(events) == "hi\n"
    assert [event.kind for event in events].count("finished") == 1
    assert isinstance(events[-1], Finished)
    assert events[-1].status == "ok"


async def test_listeners_hear_every_change_of_state(client: WorkerClient) -> None:
    phases: list[str] = []
    client.watch(lambda state: phases.append(state.phase))
    first, second = await asyncio.gather(client.start(), client.start())
    assert first is second
    assert first.ready is not None
    assert first.ready.torch
    await client.close()
    assert phases == ["starting", "ready", "off"]


async def test_a_killed_worker_ends_its_runs_is_reported_and_restarted(client: WorkerClient) -> None:
    phases: list[str] = []
    client.watch(lambda state: phases.append(state.phase))
    await client.start()
    os.kill(pid_of_worker(), 9)
    during = await collected(client, "import time\ntime.sleep(60)")
    assert isinstance(during[-1], Finished)
    assert during[-1].status == "crashed"
    assert printed(await collected(client, "print(2)")) == "2\n"
    assert phases == ["starting", "ready", "restarting", "ready"]


async def test_several_runs_at_once_each_get_their_own_events(client: WorkerClient) -> None:
    results = await asyncio.gather(*(collected(client, f"print({n})") for n in range(5)))
    assert [printed(events) for events in results] == [f"{n}\n" for n in range(5)]


async def test_stopping_ends_a_run_by_its_name(client: WorkerClient) -> None:
    events: list[Event] = []
    request = RunRequest("print('up')\nwhile True: pass", lens=False)
    async for event in client.run(request, "mine"):
        events.append(event)
        if isinstance(event, Output) and event.stream == "stdout":
            await client.stop("mine")
    assert isinstance(events[-1], Finished)
    assert events[-1].status == "stopped"


async def test_closing_the_iterator_stops_the_run(client: WorkerClient) -> None:
    await client.start()
    worker = pid_of_worker()
    iterator = client.run(RunRequest("print('up')\nimport time\ntime.sleep(60)", lens=False))
    async for event in iterator:
        if isinstance(event, Output):
            break
    assert isinstance(iterator, AsyncGenerator)
    await iterator.aclose()
    await asyncio.wait_for(no_children_of(worker), 10)


async def no_children_of(pid: int) -> None:
    while children(pid):
        await asyncio.sleep(0.01)


async def test_a_line_answers_input(client: WorkerClient) -> None:
    text = ""
    async for event in client.run(RunRequest("print(input('? ') * 2)", stdin=True, lens=False), "q"):
        if isinstance(event, Asked):
            assert event.prompt == "? "
            await client.send_line("q", "ab")
        elif isinstance(event, Output):
            text += event.text
    assert text == "? abab\n"


async def test_a_supervisor_that_hangs_is_ended_by_the_interfaces_own_deadline(
    client: WorkerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tutor.runner.client.LATE", 0.3)
    await client.start()
    finished = None
    request = RunRequest(
        "print('up')\nimport time\ntime.sleep(60)", lens=False, limits=RunLimits(seconds=0.5)
    )
    async for event in client.run(request):
        if isinstance(event, Output):
            os.kill(children(pid_of_worker())[0], 19)
        finished = event
    assert isinstance(finished, Finished)
    assert finished.status == "crashed"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("#!/bin/sh\nexec /no/such/thing", "ended"),
        ("#!/bin/sh\necho 'Segmentation fault' >&2; exit 139", "Segmentation fault"),
    ],
)
async def test_an_interpreter_that_dies_at_once_is_reported_with_its_last_words(
    tmp_path: Path, body: str, says: str
) -> None:
    state = await state_under(tmp_path, body)
    assert state.phase == "failed"
    assert says in state.reason
    assert "--python" in state.advice


async def test_an_interpreter_without_torch_is_named_with_what_to_do(tmp_path: Path) -> None:
    script = f'#!/bin/sh\nexec {sys.executable} -S "$@"'
    state = await state_under(tmp_path, script)
    assert state.phase == "missing"
    assert "No module named 'torch'" in state.reason
    assert "--python" in state.advice


async def test_a_program_on_a_worker_that_is_missing_ends_with_the_reason() -> None:
    client = WorkerClient(Interpreter("/no/such/python"))
    (event,) = await collected(client, "print(1)")
    assert isinstance(event, Finished)
    assert event.status == "crashed"
    assert "/no/such/python cannot be started" in event.message
    await client.close()


async def test_noise_of_c_code_in_the_worker_itself_corrupts_nothing(tmp_path: Path) -> None:
    noise = "import os; os.register_at_fork(after_in_parent=lambda: os.write(1, b'noise\\n'))"
    script = (
        f"#!{sys.executable}\nimport runpy, sys\nsys.argv = sys.argv[2:]\n"
        f"{noise}\nrunpy.run_path(sys.argv[0], run_name='__main__')"
    )
    client = WorkerClient(executable(tmp_path, script))
    assert printed(await collected(client, "print('clean')")) == "clean\n"
    await client.close()


def executable(folder: Path, body: str) -> Interpreter:
    path = folder / "python"
    path.write_text(body)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return Interpreter(str(path))


async def state_under(folder: Path, body: str) -> WorkerState:
    client = WorkerClient(executable(folder, body))
    state = await client.start()
    await client.close()
    return state


async def test_a_strangers_lesson_is_not_run_where_nothing_contains_it() -> None:
    bare = ["--without", "landlock", "--without", "namespaces"]
    client = WorkerClient(Interpreter(sys.executable), options=bare)
    (refused,) = [event async for event in client.run(RunRequest("print(1)", lens=False, trusted=False))]
    assert isinstance(refused, Finished)
    assert refused.status == "stopped"
    assert "neither Landlock nor namespaces" in refused.message
    assert printed(await collected(client, "print('own')")) == "own\n"
    await client.close()
