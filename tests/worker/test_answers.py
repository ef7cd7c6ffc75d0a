from __future__ import annotations

import asyncio
import sys

import pytest

from tests.worker.far_side import FarSide
from tutor.events import Names, Output
from tutor.runner.answer import Answer
from tutor.runner.client import WorkerClient
from tutor.runner.interpreter import Interpreter
from tutor.runner.request import RunRequest

PROGRAM = """
import torch, torch.nn as nn
class Net(nn.Module):
    "A net."
    def __init__(self, width, *, deep=1):
        super().__init__()
        self.fc1 = nn.Linear(2, width)
        self.rows = [nn.Linear(1, 1)]
    @property
    def loud(self): print('property ran')
    def __getattr__(self, name):
        print('asked for', name) if name.startswith('lou') else None
        return super().__getattr__(name)
class Odd:
    @property
    def __dict__(self): print('property ran')
    def __repr__(self): print('repr ran')
    __len__ = __iter__ = __eq__ = __hash__ = __repr__
model, odd = Net(3), Odd()
x = torch.randn(3)
"""


@pytest.fixture(scope="module")
def named() -> dict[str, str]:
    far = FarSide()
    told = far.run(PROGRAM, names=True)
    far.close()
    assert told.status == "ok"
    assert told.text() == ""
    (event,) = told.of("names")
    names = event["names"]
    assert isinstance(names, dict)
    return names


def test_names_tell_what_they_stood_for_and_nothing_of_the_program_ran(named: dict[str, str]) -> None:
    assert named["torch"] == "= torch"
    assert named["x"] == "torch.Tensor"
    assert named["Net"] == "class (width, *, deep=…)\nA net."
    assert named["model"] == "torch.nn.modules.module.Module"
    assert named["model.fc1"] == "torch.nn.modules.linear.Linear"
    assert named["model.rows[0].in_features"] == "builtins.int"
    assert named["model.loud"] == "object"
    assert named["odd"] == "builtins.object"


def test_a_program_that_is_not_asked_tells_no_names(worker: FarSide) -> None:
    assert worker.run("x = 1").of("names") == []


def test_names_are_told_after_an_error_too_and_a_huge_namespace_is_cut(worker: FarSide) -> None:
    told = worker.run("globals().update({f'n{i}': i for i in range(9000)})\n1/0", names=True)
    (event,) = told.of("names")
    assert 1000 < len(event["names"]) <= 1500


def test_a_question_that_makes_no_sense_is_answered_and_the_worker_lives(worker: FarSide) -> None:
    for path in ([], ["nope"], ["torch.nn", "Linear", "()", "()", "x"], ["torch", "[]"], [3]):
        worker.send(do="ask", ask="odd", about="complete", path=path)
        answer = worker.read()
        assert (answer["event"], answer["ask"], answer["items"]) == ("answer", "odd", [])


def found(answer: Answer) -> list[str]:
    return [one.name for one in answer.candidates]


async def test_names_of_torch_complete_before_anything_has_run() -> None:
    client = WorkerClient(Interpreter(sys.executable))
    before = "import torch\nfrom torch import nn\nx = torch.randn(3)\nlayer = nn.Linear(2, 3)\n"
    assert not (await client.ask("complete", before + "x.requires_g")).known
    await client.start()
    assert found(await client.ask("complete", before + "torch.ra", first=["randn"]))[0] == "randn"
    assert "requires_grad" in found(await client.ask("complete", before + "x.requires_g"))
    assert "forward" in found(await client.ask("complete", before + "layer.for"))
    inside = before + "class Net(nn.Module):\n    def __init__(self):\n        self.fc = 1\n        self."
    assert {"fc", "parameters"} <= set(found(await client.ask("complete", inside)))
    assert (await client.ask("signature", "import torch\ntorch.randn(")).signature.startswith("randn(*size")
    told = await client.ask("signature", before + "nn.Linear(2, bias=")
    assert told.active is not None
    assert told.parameters[told.active].startswith("bias")
    assert "Applies an affine linear" in (await client.ask("doc", before + "nn.Linear")).doc
    await client.close()


async def test_completion_works_from_the_last_run_while_the_next_is_busy() -> None:
    client = WorkerClient(Interpreter(sys.executable))
    told = [event async for event in client.run(RunRequest(PROGRAM, names=True))]
    assert any(isinstance(event, Names) for event in told)
    async for event in client.run(RunRequest("print('up')\nwhile True: pass", lens=False), "busy"):
        if isinstance(event, Output) and event.stream == "stdout":
            answers = await asyncio.gather(
                *(client.ask("complete", text) for text in ("model.fc1.wei", "x.sum", "model.fc"))
            )
            assert [found(one)[0] for one in answers] == ["weight", "sum", "fc1"]
            await client.stop("busy")
    await client.close()
