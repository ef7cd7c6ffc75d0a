"""What the lens costs: process CPU time of training loops with and without it, in interleaved runs of one process.

`python -m tests.bench.lens_overhead [rounds]` prints the ratio of each workload, the lower quartile of its rounds, and the median of pairs.
"""

from __future__ import annotations

import random
import statistics
import sys
import time

_DATA = """
import torch
from torch import nn
torch.manual_seed(0)
X = torch.randn(6400, {inputs})
Y = torch.randint(0, 10, (6400,))
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear({inputs}, {hidden})
        self.fc2 = nn.Linear({hidden}, {hidden})
        self.fc3 = nn.Linear({hidden}, 10)
    def forward(self, x):
        h1 = self.fc1(x)
        a1 = torch.relu(h1)
        h2 = self.fc2(a1)
        a2 = torch.relu(h2)
        out = self.fc3(a2)
        return out
model = Net()
opt = torch.optim.Adam(model.parameters(), lr=1e-3)
loss_fn = nn.CrossEntropyLoss()
for step in range({steps}):
    idx = torch.randint(0, 6400, (64,))
    xb = X[idx]
    yb = Y[idx]
    logits = model(xb)
    loss = loss_fn(logits, yb)
    opt.zero_grad()
    loss.backward()
    opt.step()
"""
_SCRATCH = """
import torch
torch.manual_seed(0)
X = torch.randn(512, 8)
Y = X @ torch.randn(8, 1) + 0.1 * torch.randn(512, 1)
w1 = torch.randn(8, 16, requires_grad=True)
b1 = torch.zeros(16, requires_grad=True)
w2 = torch.randn(16, 1, requires_grad=True)
lr = 0.001
for step in range(8000):
    idx = torch.randint(0, 512, (64,))
    xb = X[idx]
    yb = Y[idx]
    h = torch.relu(xb @ w1 + b1)
    diff = h @ w2 - yb
    loss = (diff ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w1 -= lr * w1.grad
        b1 -= lr * b1.grad
        w2 -= lr * w2.grad
        w1.grad.zero_()
        b1.grad.zero_()
        w2.grad.zero_()
"""
WORKLOADS = {
    "mlp": _DATA.format(inputs=20, hidden=64, steps=3000),
    "by hand": _SCRATCH,
    "mnist-sized mlp": _DATA.format(inputs=784, hidden=256, steps=500),
    "python loop": "total = 0\nfor i in range(2000000):\n    j = i * 3\n    if j % 7 > 3:\n        total += j\n    else:\n        total -= 1\n",
}


def cpu_seconds(source: str, with_lens: bool) -> float:
    """CPU time of one run, everything the lens does included."""
    from tutor.worker.lens import open_lens
    from tutor.worker.wire import encode

    sent: list[int] = []
    began = time.process_time()
    if with_lens:
        lens = open_lens(
            source, "bench.py", lambda kind, keys: sent.append(len(encode({**keys, "event": kind})))
        )
        namespace: dict[str, object] = {"__name__": "__main__"}
        lens.begin(namespace)
        exec(lens.code, namespace)
        lens.finish(None)
    else:
        exec(compile(source, "bench.py", "exec", dont_inherit=True), {"__name__": "__main__"})
    return time.process_time() - began


def measure(source: str, rounds: int) -> tuple[float, float, float]:
    """Lower-quartile ratio, median of paired ratios, and plain seconds."""
    pairs: list[tuple[float, float]] = []
    for _ in range(rounds):
        order = random.sample([False, True], 2)
        taken = {lens: cpu_seconds(source, lens) for lens in order}
        pairs.append((taken[False], taken[True]))
    plain, watched = sorted(p for p, _ in pairs), sorted(w for _, w in pairs)
    at = len(pairs) // 4
    return watched[at] / plain[at], statistics.median(w / p for p, w in pairs), plain[at]


def main() -> None:
    """Print one line a workload."""
    import torch

    from tutor.worker.lens import prepare

    torch.set_num_threads(1)
    prepare()
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    for name, source in WORKLOADS.items():
        cpu_seconds(source, False)
        cpu_seconds(source, True)
        quartile, median, plain = measure(source, rounds)
        print(
            f"lens, {name:16} x{quartile:.3f} (lower quartiles)  x{median:.3f} (median of pairs)  plain {plain:.2f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
