"""What the lens tells about a program: every binding, every loss, graphs, models."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.fakes.lens_host import Outcome, ask_host
from tests.worker.programs.training import TRAINING

pytestmark = pytest.mark.torch

LINEAR = """import torch
torch.manual_seed(42)
X = torch.randn(100, 1)
y_true = 3 * X + 2 + 0.5 * torch.randn(100, 1)
w = torch.randn(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
rate = 0.01
losses = []
for epoch in range(100):
    y_pred = w * X + b
    loss = ((y_pred - y_true) ** 2).mean()
    losses.append(loss.item())
    loss.backward()
    with torch.no_grad():
        w -= rate * w.grad
        b -= rate * b.grad
    w.grad.zero_()
    b.grad.zero_()
    print(f'loss {loss.item():.6f}')
"""
KINDS = """import torch
x = torch.zeros(2, 3)
x[0] = 1.0
x += 1
x.mul_(2)
first, *rest = [1, 2, 3]
table = {}
table['k'] = x
class Box:
    def __init__(self):
        self.w = torch.ones(4)
        self.n = 0
box = Box()
box.n += 2
def f(a, *, b=2):
    c = a * b
    return c
out = f(x)
if (n := x.numel()) > 3:
    pass
for part in torch.arange(10.).split(4):
    half = part / 2
with torch.no_grad() as ctx:
    pass
v = x.view(6)
big = torch.arange(1000000.).reshape(1000, 1000)
odd = torch.tensor([1.0, float('nan'), float('inf'), 0.0])
"""
MODEL = """import torch
from torch import nn
shared = nn.Linear(4, 4)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(shared, nn.ReLU(), shared)
        self.head = nn.Linear(4, 2)
        self.unused = nn.Linear(9, 9)
    def forward(self, x):
        h = self.body(x)
        return self.head(h)
net = Net()
for p in net.unused.parameters():
    p.requires_grad = False
x = torch.randn(5, 4)
loss = net(x).pow(2).mean()
loss.backward()
"""
STOPPED = "import torch\nfrom torch import nn\nnet = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(9, 2))\nnet(torch.ones(3, 4))\n"
LOCAL_ERROR = "def f(a):\n    b = a + 1\n    c = b / 0\n    return c\nf(3)\n"
PROGRAMS = {
    **TRAINING,
    "linear": LINEAR,
    "kinds": KINDS,
    "model": MODEL,
    "stopped": STOPPED,
    "local error": LOCAL_ERROR,
}


@pytest.fixture(scope="module")
def seen() -> dict[str, Outcome]:
    return ask_host(PROGRAMS)


def steps(outcome: Outcome, series: str | None = None) -> list[dict[str, Any]]:
    return [step for step in outcome.of("step") if series in (None, step["series"])]


def test_every_assignment_of_the_linear_regression_has_a_value(seen: dict[str, Outcome]) -> None:
    outcome = seen["linear"]
    shapes = {
        "X": [100, 1],
        "y_true": [100, 1],
        "w": [1],
        "b": [1],
        "y_pred": [100, 1],
        "loss": [],
        "w.grad": [1],
    }
    for name, shape in shapes.items():
        assert outcome.value(name)["value"]["shape"] == shape
    assert outcome.value("epoch")["value"]["number"] == 99
    assert outcome.value("epoch")["seen"] == outcome.value("y_pred")["seen"] == 100
    assert outcome.value("w", 15)["how"] == outcome.value("w.grad", 17)["how"] == "inplace"
    assert outcome.value("w", 5)["value"]["grad"]["zero"] == 1


def test_last_values_in_a_loop_are_those_of_the_last_round(seen: dict[str, Outcome]) -> None:
    printed = float(seen["linear"].printed.split()[-1])
    assert seen["linear"].value("loss")["value"]["stats"]["mean"] == pytest.approx(printed, abs=1e-5)


def test_a_hundred_steps_without_an_optimizer_with_the_printed_losses(seen: dict[str, Outcome]) -> None:
    found = steps(seen["linear"], "loss")
    printed = [float(line.split()[1]) for line in seen["linear"].printed.splitlines()]
    assert [step["step"] for step in found] == list(range(100))
    assert [step["loss"] for step in found] == pytest.approx(printed, abs=1e-5)
    assert {step["total"] for step in found} == {100}
    assert found[0]["grads"].keys() == {"w", "b"}


PRINTING = [name for name, source in TRAINING.items() if "print(f'loss " in source]


@pytest.mark.parametrize("name", PRINTING)
def test_the_curve_is_what_the_program_prints(name: str, seen: dict[str, Outcome]) -> None:
    printed = [float(number) for number in re.findall(r"^loss (\S+)", seen[name].printed, re.MULTILINE)]
    assert [step["loss"] for step in steps(seen[name])] == pytest.approx(printed, abs=2e-5)


def test_two_players_have_a_curve_each(seen: dict[str, Outcome]) -> None:
    lines = re.findall(r"d (\S+) g (\S+)", seen["two players"].printed)
    for series, column in (("d_loss", 0), ("g_loss", 1)):
        found = [step["loss"] for step in steps(seen["two players"], series)]
        assert found == pytest.approx([float(line[column]) for line in lines], abs=1e-5)


def test_long_runs_are_thinned_but_counted(seen: dict[str, Outcome]) -> None:
    found = steps(seen["fifteen hundred quick steps"])
    assert [step["step"] for step in found[:1000]] == list(range(1000))
    assert 1000 < len(found) < 1500
    assert found[-1]["step"] == 1499
    assert found[-1]["n"] == found[-1]["total"] == 1500
    assert found[-1]["lr"] == pytest.approx(1e-3)


def test_each_way_of_binding_is_named(seen: dict[str, Outcome]) -> None:
    outcome = seen["kinds"]
    hows = {(e["name"], e["line"]): e["how"] for e in outcome.of("value")}
    expected = {
        ("x", 2): "name", ("x", 3): "inplace", ("x", 4): "inplace", ("x", 5): "inplace", ("rest", 6): "name",
        ("table", 8): "subscript", ("self.w", 11): "attribute", ("box.n", 14): "attribute", ("a", 15): "arg",
        ("c", 16): "name", ("return", 17): "return", ("n", 19): "walrus", ("part", 21): "loop", ("ctx", 23): "with",
    }  # fmt: skip
    assert {key: hows.get(key) for key in expected} == expected


def test_each_line_keeps_the_value_it_made(seen: dict[str, Outcome]) -> None:
    means = [seen["kinds"].value("x", line)["value"]["stats"]["mean"] for line in (2, 3, 4, 5)]
    assert means == [0, 0.5, 1.5, 3]


def test_a_smaller_last_batch_is_not_missed(seen: dict[str, Outcome]) -> None:
    assert seen["kinds"].value("half")["value"]["shapes"] == [[4], [2]]
    assert seen["kinds"].value("half")["seen"] == 3


def test_facts_tell_memory_samples_and_bad_numbers(seen: dict[str, Outcome]) -> None:
    outcome = seen["kinds"]
    assert outcome.value("v")["value"]["storage"] == outcome.value("x", 5)["value"]["storage"]
    big = outcome.value("big")["value"]
    assert big["stats"]["sampled"]
    assert len(big["sample"]["rows"]) <= 32
    assert big["bytes"] == 4_000_000
    odd = outcome.value("odd")["value"]
    assert (odd["stats"]["nan"], odd["stats"]["inf"], odd["stats"]["zero"]) == (1, 1, 1)
    assert odd["text"] == "tensor([1., nan, inf, 0.])"


def test_the_graph_has_shapes_names_lines_and_gradients(seen: dict[str, Outcome]) -> None:
    graph = seen["linear"].of("graph")[0]
    nodes = {node["op"]: node for node in graph["nodes"] if node["op"] != "leaf"}
    leaves = {node["name"]: node for node in graph["nodes"] if node["op"] == "leaf"}
    assert nodes["Mean"]["shape"] == []
    assert nodes["Mean"]["grad"] == 1.0
    assert (nodes["Pow"]["line"], nodes["Mul"]["line"]) == (11, 10)
    assert leaves.keys() == {"w", "b"}
    assert leaves["w"]["grad"] > 0
    assert [0, 1] in graph["edges"]


def test_the_models_tree_has_shapes_shared_and_unreached_layers(seen: dict[str, Outcome]) -> None:
    tree = seen["model"].of("module")[0]
    rows = {row["path"]: row for row in tree["rows"]}
    assert tree["name"] == "net"
    assert rows["head"]["output"] == [5, 2]
    assert rows["body.2"]["shared_with"] == "body.0"
    assert not rows["unused"]["reached"]
    assert rows["unused"]["trainable"] == 0
    assert rows[""]["parameters"] == 20 + 10 + 90


def test_a_failed_forward_says_where_it_stopped(seen: dict[str, Outcome]) -> None:
    tree = seen["stopped"].of("module")[0]
    assert tree["stopped_at"] == "2"
    assert [row["output"] for row in tree["rows"][1:3]] == [[3, 8], [3, 8]]


def test_values_of_the_block_that_raised_are_told(seen: dict[str, Outcome]) -> None:
    assert seen["local error"].value("b")["value"]["number"] == 4
    assert seen["local error"].value("a")["value"]["number"] == 3
