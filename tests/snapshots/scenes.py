"""Facts as a worker would send them, chosen so that each picture has something hard to draw."""

from __future__ import annotations

import math
import random

from tutor.events import Bound, Error, Graph, Insight, ModuleTree, Step
from tutor.facts import (
    CollectionFacts,
    Frame,
    GraphNode,
    ModuleFacts,
    ModuleRow,
    Operand,
    OptimizerFacts,
    Sample,
    ScalarFacts,
    Stats,
    TensorFacts,
    TextFacts,
)
from tutor.renderables.series import Series

STATS = Stats(-3.15, 4.1, 0.012, 1.1, zero=3, histogram=(1, 1, 2, 5, 9, 12, 14, 9, 6, 3, 1, 1, 0, 0, 0, 1))

WEIGHT = TensorFacts(
    (12, 30), "float32", requires_grad=True, stride=(30, 1), storage=4, bytes=1440, version=2, stats=STATS,
    sample=Sample(tuple(tuple(round(math.sin(a / 3) * math.cos(b / 5), 6) for b in range(30)) for a in range(12))),
    grad=Stats(-0.5, 0.25, 0.01, 0.1),
)  # fmt: skip

DIGIT = tuple(
    tuple(max(0.0, round(1 - abs(math.hypot(row - 7.5, column - 7.5) - 5) / 2, 4)) for column in range(16))
    for row in range(16)
)

IMAGES = TensorFacts(
    (64, 1, 16, 16), "float32", stride=(256, 256, 16, 1), bytes=65536,
    stats=Stats(0.0, 1.0, 0.3, 0.36, zero=8000, sampled=True, histogram=(900, 20, 30, 40, 50, 60, 70, 200)), sample=Sample(DIGIT),
)  # fmt: skip

LABELS = TensorFacts(
    (2, 6), "int64", stride=(6, 1), bytes=96, stats=Stats(0, 9, 4.5, 2.9, histogram=(2, 1, 1, 1, 1, 1, 1, 1, 1, 2)),
    sample=Sample(((0, 3, 9, 1, 4, 4), (7, 2, 9, 5, 6, 8))),
)  # fmt: skip

SOURCE = """import torch
from torch import nn

x = torch.randn(64, 8)
y = x.sum(dim=1)
w = torch.zeros(8, 1, requires_grad=True)
for step in range(200):
    pred = x @ w
    err = pred - y
    loss = (err ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
for xb, yb in zip(x.split(48), y.split(48)):
    out = xb / 0
net = nn.Linear(8, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.01)
parts = x.split(32)
name = "first run"
print(loss)"""


BOUNDS = (
    Bound(line=4, name="x", value=TensorFacts((64, 8), "float32", stats=STATS)),
    Bound(line=5, name="y", value=TensorFacts((64,), "float32", stats=STATS)),
    Bound(line=7, name="step", how="loop", seen=200, value=ScalarFacts("int", "199", 199)),
    Bound(line=8, name="pred", seen=200, value=TensorFacts((64, 1), "float32", requires_grad=True, leaf=False, stats=STATS)),
    Bound(line=9, name="err", seen=200, value=TensorFacts((64, 64), "float32", requires_grad=True, leaf=False, stats=STATS)),
    Bound(line=10, name="loss", seen=200, value=TensorFacts((), "float32", requires_grad=True, leaf=False, stats=Stats(8.4712, 8.4712, 8.4712))),
    Bound(line=13, name="w", how="inplace", seen=200, value=TensorFacts((8, 1), "float32", requires_grad=True, stats=STATS, grad=STATS)),
    Bound(line=14, name="xb", seen=2, value=TensorFacts((16, 8), "float32", shapes=((48, 8), (16, 8)), stats=STATS)),
    Bound(line=14, name="yb", seen=2, value=TensorFacts((16,), "float64", device="cuda:0", stats=STATS)),
    Bound(line=15, name="out", seen=2, value=TensorFacts((16, 8), "float32", stats=Stats(None, None, None, None, nan=3, inf=125))),
    Bound(line=16, name="net", value=ModuleFacts("Linear", "Linear(8→1)", 9, 9)),
    Bound(line=17, name="opt", value=OptimizerFacts("SGD", (0.01,), 9)),
    Bound(line=18, name="parts", value=CollectionFacts("tuple", 2, "(tensor…, tensor…)", (("0", TensorFacts((32, 8), "float32")), ("1", TensorFacts((32, 8), "float32"))))),
    Bound(line=19, name="name", value=TextFacts("str", "'first run'")),
)  # fmt: skip

STEP = Step(
    step=199,
    lr=0.1,
    grads={"conv1.weight": 0.31, "conv1.bias": 0.11, "fc.weight": 1.2, "deep.weight": 2e-7, "wild.weight": 4200.0, "lost.weight": math.nan, "still.bias": 0.0},
    params={"conv1.weight": 3.0, "fc.weight": 10.0},
    no_grad=("embedding.weight",),
)  # fmt: skip


def falling(name: str, steps: int, floor: float = 0.1) -> Series:
    """A noisy loss that falls, with one spike in the middle."""
    draw = random.Random(7)
    series = Series(name)
    for step in range(steps):
        noise = abs(draw.gauss(0, 0.2)) * math.exp(-2 * step / steps)
        series.add(2.2 * math.exp(-5 * step / steps) + floor + noise + (1.5 if step == steps // 2 else 0))
    return series


def diverging() -> Series:
    """A loss that grows until it is no number any more."""
    series = Series()
    for step in range(40):
        series.add(1.3**step if step < 30 else math.nan)
    return series


LINEAR_ERROR = Error(
    type="RuntimeError",
    message="mat1 and mat2 shapes cannot be multiplied (32x128 and 64x10)",
    line=5,
    column=9,
    end_line=5,
    end_column=17,
    expression="model(x)",
    frames=(Frame("lesson.py", 5, "<module>", "logits = model(x)"),),
    operands=(
        Operand("argument input", "input", TensorFacts((32, 128), "float32")),
        Operand("weight", "model[2].weight", TensorFacts((10, 64), "float32", requires_grad=True)),
    ),
    explanation="This Linear takes 64 features per row and was given 128.",
    next="Make the layer nn.Linear(128, 10), or change what comes before it so that its last axis is 64.",
    rule="linear",
)
STOPPED_MODEL = ModuleTree(
    name="model",
    rows=(
        ModuleRow("", "Sequential", parameters=101130, trainable=101130),
        ModuleRow("0", "Linear", "784→128", (32, 128), 100480, 100480, 1),
        ModuleRow("1", "ReLU", "", (32, 128), depth=1),
        ModuleRow("2", "Linear", "64→10", None, 650, 650, 1, reached=False),
        ModuleRow("3", "Softmax", "dim=1", None, depth=1, reached=False),
    ),
    stopped_at="2",
)
BROADCAST_ERROR = Error(
    type="RuntimeError",
    message="The size of tensor a (10) must match the size of tensor b (32) at non-singleton dimension 1",
    line=4,
    column=8,
    end_line=4,
    end_column=13,
    expression="x + b",
    frames=(Frame("lesson.py", 9, "<module>", "f(x)"), Frame("lesson.py", 4, "f", "y = x + b")),
    operands=(
        Operand("left", "x", TensorFacts((32, 10), "float32")),
        Operand("right", "b", TensorFacts((32,), "float32")),
    ),
    explanation="x and b do not line up.",
    next="b has one number per row of x: use b[:, None] to make it (32, 1).",
    rule="broadcast",
)
DTYPE_ERROR = Error(
    type="RuntimeError",
    message="mat1 and mat2 must have the same dtype, but got Long and Float",
    line=12,
    column=4,
    end_line=12,
    end_column=12,
    expression="layer(x)",
    frames=(Frame("lesson.py", 12, "<module>", "y = layer(x)"),),
    operands=(
        Operand("argument input", "x", TensorFacts((32, 10), "int64")),
        Operand("weight", "layer.weight", TensorFacts((5, 10), "float32")),
        Operand("module", "layer", ModuleFacts("Linear", "Linear(10→5)", 55, 55)),
    ),
    explanation="x holds whole numbers (int64) and the weights of the layer are float32: both must have the same dtype.",
    next="x.float() gives the same numbers as float32.",
    rule="dtype",
)
NAME_ERROR = Error(
    type="NameError",
    message="name 'tensr' is not defined\x1b[31m [/bold] a[i]",
    line=4,
    column=4,
    end_line=4,
    end_column=9,
    expression="tensr",
    frames=(Frame("lesson.py", 4, "<module>", "y = tensr(x)"),),
)

GRAPH = Graph(
    root=0,
    nodes=(
        GraphNode(0, "MeanBackward0", (), grad=1.0),
        GraphNode(1, "PowBackward0", (4, 8), grad=0.177),
        GraphNode(2, "AddBackward0", (4, 8), grad=0.546),
        GraphNode(3, "AddmmBackward0", (4, 8), grad=0.546),
        GraphNode(4, "leaf", (8,), "b.bias", leaf=True),
        GraphNode(5, "ReluBackward0", (4, 8), grad=0.277),
        GraphNode(6, "TBackward0", (8, 8)),
        GraphNode(7, "leaf", (8, 8), "b.weight", leaf=True),
        GraphNode(8, "AddmmBackward0", (4, 8), grad=0.134),
        GraphNode(9, "leaf", (8,), "a.bias", leaf=True),
        GraphNode(10, "NativeLayerNormBackward0", (4, 8), grad=0.0794),
        GraphNode(11, "leaf", (8, 8), "a.weight", leaf=True),
        GraphNode(12, "leaf", (4, 8), "x", leaf=True, grad=0.5),
    ),
    edges=(
        (0, 1),
        (1, 2),
        (2, 3),
        (2, 12),
        (3, 4),
        (3, 5),
        (3, 6),
        (6, 7),
        (5, 8),
        (8, 9),
        (8, 10),
        (8, 11),
        (10, 12),
    ),
    line=9,
)
MODEL = ModuleTree(
    name="net",
    rows=(
        ModuleRow("", "Net", output=(64, 10), parameters=5258, trainable=4010),
        ModuleRow("conv1", "Conv2d", "1→8, 3×3", (64, 8, 26, 26), 80, 0, 1),
        ModuleRow("conv2", "Conv2d", "8→16, 3×3", (64, 16, 11, 11), 1168, 0, 1),
        ModuleRow("head", "Sequential", "", (64, 10), 4010, 4010, 1),
        ModuleRow("head.0", "Linear", "400→10", (64, 10), 4010, 4010, 2),
        ModuleRow("tied", "Linear", "400→10", None, 4010, 4010, 1, "head.0", reached=False),
    ),
)
VIEWS = (
    Bound(line=1, name="x", value=TensorFacts((3, 4), "int64", stride=(4, 1), storage=1)),
    Bound(line=2, name="t", value=TensorFacts((4, 3), "int64", stride=(1, 4), storage=1)),
    Bound(line=3, name="row", value=TensorFacts((4,), "int64", stride=(1,), offset=4, storage=1)),
    Bound(line=4, name="every_other", value=TensorFacts((3, 2), "int64", stride=(4, 2), storage=1)),
    Bound(line=5, name="alone", value=TensorFacts((3, 2), "int64", stride=(2, 1), storage=2)),
)
INSIGHT = Insight(
    code="stretched_both",
    line=9,
    message="pred (64, 1) and y (64,) are both stretched to (64, 64): every prediction is compared with every target.",
    evidence={"left": [64, 1], "right": [64], "result": [64, 64]},
)
