"""Programs with one silent bug each, and correct ones that look similar."""

from __future__ import annotations

HEAD = """import torch
from torch import nn
import torch.nn.functional as F
torch.manual_seed(0)
X = torch.randn(32, 4)
Y = torch.randint(0, 3, (32,))
y = X.sum(1)
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
"""
LOOP = """opt = torch.optim.SGD(model.parameters(), lr=0.05)
for step in range(6):
    {zero}
    loss = {loss}
    loss.backward()
    {step}
"""


def loop(
    loss: str = "F.cross_entropy(model(X), Y)", zero: str = "opt.zero_grad()", step: str = "opt.step()"
) -> str:
    return LOOP.format(loss=loss, zero=zero, step=step)


NET = """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 8)
        {extra}
        self.last = nn.Linear(8, 3)
    def forward(self, x):
        x = F.relu(self.first(x))
        {use}
        return self.last(x)
model = Net()
"""
BY_HAND = """w = torch.zeros(4, 1, requires_grad=True)
for step in range(6):
    pred = X @ w
    loss = ((pred - {target}) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    {zero}
"""

BUGS: dict[str, tuple[str, str]] = {
    "zero_grad forgotten": ("zero_grad_forgotten", loop(zero="pass")),
    "zero_grad forgotten, with clipping": ("zero_grad_forgotten", loop(zero="pass", step="nn.utils.clip_grad_norm_(model.parameters(), 1.0); opt.step()")),
    "zero_ forgotten by hand": ("zero_grad_forgotten", BY_HAND.format(target="y[:, None]", zero="pass")),
    "softmax before cross-entropy": ("softmax_before_cross_entropy", loop("F.cross_entropy(F.softmax(model(X), dim=1), Y)")),
    "log_softmax before cross-entropy": ("softmax_before_cross_entropy", loop("nn.CrossEntropyLoss()(model(X).log_softmax(1), Y)")),
    "softmax layer before cross-entropy": ("softmax_before_cross_entropy", "model = nn.Sequential(nn.Linear(4, 3), nn.Softmax(1))\n" + loop()),
    "sigmoid before BCE with logits": ("sigmoid_before_logits_loss", loop("F.binary_cross_entropy_with_logits(torch.sigmoid(model(X)[:, 0]), (y > 0).float())")),
    "[N, 1] against [N] by hand": ("stretched_against_each_other", BY_HAND.format(target="y", zero="w.grad.zero_()")),
    "[N, 1] against [N] in mse_loss": ("stretched_against_each_other", "model = nn.Linear(4, 1)\n" + loop("F.mse_loss(model(X), y)")),
    "[N, 1] against [N] in a function": ("stretched_against_each_other", "model = nn.Linear(4, 1)\ndef mse(a, b):\n    return ((a - b) ** 2).mean()\n" + loop("mse(model(X), y)")),
    "eval forgotten": ("eval_forgotten", "model = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 3))\n" + loop() + "with torch.no_grad():\n    acc = (model(X).argmax(1) == Y).float().mean()\n"),
    "layers in a list": ("layers_in_plain_list", NET.format(extra="self.mid = [nn.Linear(8, 8), nn.Linear(8, 8)]", use="for l in self.mid: x = l(x)") + loop()),
    "a plain tensor as parameter": ("tensor_not_parameter", NET.format(extra="self.scale = torch.ones(8, requires_grad=True)", use="x = x * self.scale") + loop()),
    "optimizer holds another model": ("optimizer_without_gradients", "other = nn.Linear(4, 3)\nopt = torch.optim.SGD(other.parameters(), lr=0.1)\n" + loop().split("\n", 1)[1]),
    "a branch that is detached": ("parameters_without_gradient", NET.format(extra="", use="x = x.detach()") + loop()),
    "backward without step": ("backward_without_step", loop(step="pass")),
    "a loss that becomes NaN": ("nan_loss", loop("(model(X).mean() * float('nan'))")),
    "losses added up with their graphs": ("graph_kept", "total = 0.0\n" + loop(step="opt.step(); total += loss")),
    "losses collected with their graphs": ("graph_kept", "losses = []\n" + loop(step="opt.step(); losses.append(loss)")),
    "the result of to is dropped": ("result_dropped", "X.to(torch.float64)\n" + loop()),
    "a leaf is bound anew": ("leaf_rebound", "w = torch.ones(4, requires_grad=True)\n(X @ w).sum().backward()\nw = w - 0.1 * w.grad\n"),
    "pixels from 0 to 255": ("inputs_0_to_255", "X = torch.randint(0, 256, (32, 64)).float()\nmodel = nn.Linear(64, 3)\n" + loop()),
    "a learning rate that diverges": ("diverges", "model = nn.Linear(4, 1)\nopt = torch.optim.SGD(model.parameters(), lr=3.0)\nfor i in range(12):\n    opt.zero_grad()\n    loss = F.mse_loss(model(X)[:, 0], y)\n    loss.backward()\n    opt.step()\n"),
    "stuck at guessing": ("stuck_at_guessing", "model = nn.Linear(4, 3)\nnn.init.zeros_(model.weight)\nnn.init.zeros_(model.bias)\nopt = torch.optim.SGD(model.parameters(), lr=1e-8)\nfor i in range(60):\n    opt.zero_grad()\n    loss = F.cross_entropy(model(X), Y)\n    loss.backward()\n    opt.step()\n"),
}  # fmt: skip

_EVALUATION = "model.eval()\nwith torch.no_grad():\n    acc = (model(X).argmax(1) == Y).float().mean()\n"
_GAN = """G = nn.Linear(2, 2)
D = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1))
og, od = torch.optim.Adam(G.parameters()), torch.optim.Adam(D.parameters())
for i in range(6):
    fake = G(torch.randn(8, 2))
    od.zero_grad()
    F.binary_cross_entropy_with_logits(D(torch.randn(8, 2)), torch.ones(8, 1)).backward()
    F.binary_cross_entropy_with_logits(D(fake.detach()), torch.zeros(8, 1)).backward()
    od.step()
    og.zero_grad()
    F.binary_cross_entropy_with_logits(D(fake), torch.ones(8, 1)).backward()
    og.step()
"""
CORRECT: dict[str, str] = {
    "plain loop": loop() + _EVALUATION,
    "zero_grad at the end": loop(zero="pass", step="opt.step(); opt.zero_grad()"),
    "zero_grad between backward and forward": loop().replace("    loss.backward()", "    opt.zero_grad()\n    loss.backward()"),
    "zero_grad in place": loop(zero="opt.zero_grad(set_to_none=False)"),
    "model.zero_grad": loop(zero="model.zero_grad()"),
    "grad set to None by hand": loop(zero="[setattr(p, 'grad', None) for p in model.parameters()]"),
    "accumulation over micro-batches": "opt = torch.optim.SGD(model.parameters(), lr=0.1)\nfor i in range(5):\n    opt.zero_grad()\n    for a, b in zip(X.split(8), Y.split(8)):\n        (F.cross_entropy(model(a), b) / 4).backward()\n    opt.step()\n",
    "accumulation every second step": "opt = torch.optim.SGD(model.parameters(), lr=0.1)\nfor i in range(10):\n    loss = F.cross_entropy(model(X), Y) / 2\n    loss.backward()\n    if i % 2 == 1:\n        opt.step()\n        opt.zero_grad()\n",
    "two players": _GAN,
    "LBFGS": "opt = torch.optim.LBFGS(model.parameters(), max_iter=3)\ndef closure():\n    opt.zero_grad()\n    loss = F.cross_entropy(model(X), Y)\n    loss.backward()\n    return loss\nfor i in range(4):\n    opt.step(closure)\n",
    "by hand": BY_HAND.format(target="y[:, None]", zero="w.grad.zero_()"),
    "by hand, grad to None": BY_HAND.format(target="y.unsqueeze(1)", zero="w.grad = None"),
    "nll after log_softmax": loop("F.nll_loss(F.log_softmax(model(X), 1), Y)"),
    "softmax inside attention": NET.format(extra="self.a = nn.Linear(8, 8)", use="x = x * self.a(x).softmax(1)") + loop(),
    "sigmoid with BCE": loop("F.binary_cross_entropy(torch.sigmoid(model(X)[:, 0]), (y > 0).float())"),
    "sigmoid gate before logits": NET.format(extra="self.g = nn.Linear(4, 8)", use="x = x * torch.sigmoid(self.g(X))") + loop("F.binary_cross_entropy_with_logits(model(X)[:, 0], (y > 0).float())"),
    "[N] against [N]": "model = nn.Linear(4, 1)\n" + loop("((model(X).squeeze(1) - y) ** 2).mean()"),
    "[N, 1] against [N, 1]": "model = nn.Linear(4, 1)\n" + loop("F.mse_loss(model(X), y[:, None])"),
    "pairwise distances": "pts = torch.randn(6, requires_grad=True)\na = pts[:, None]\nd = ((a - pts) ** 2).mean()\nd.backward()\n",
    "centred by the mean of the rows": "model = nn.Linear(4, 1)\n" + loop("((model(X) - model(X).mean()) ** 2).mean()"),
    "distances to fixed centres": "c = torch.randn(5)\nv = nn.Parameter(torch.randn(7, 1))\nopt = torch.optim.SGD([v], lr=0.1)\nfor i in range(4):\n    opt.zero_grad()\n    loss = ((v - c) ** 2).mean()\n    loss.backward()\n    opt.step()\n",
    "dropout with eval": "model = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 3))\n" + loop() + _EVALUATION,
    "a look before training": "model = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 3))\nwith torch.no_grad():\n    print(model(X).shape)\n" + loop(),
    "ModuleList": NET.format(extra="self.mid = nn.ModuleList([nn.Linear(8, 8)])", use="for l in self.mid: x = l(x)") + loop(),
    "a list of registered layers": NET.format(extra="self.a = nn.Linear(8, 8); self.order = [self.a]", use="for l in self.order: x = l(x)") + loop(),
    "frozen layers": "for p in model[0].parameters(): p.requires_grad = False\n" + loop(),
    "only the head is optimized": "for p in model[0].parameters(): p.requires_grad = False\nopt = torch.optim.SGD(model[2].parameters(), lr=0.1)\n" + loop().split("\n", 1)[1],
    "a teacher without gradients": "teacher = nn.Linear(4, 3)\n" + loop("F.mse_loss(model(X), teacher(X).detach())"),
    "an embedding used in part": "emb = nn.Embedding(10, 4)\nopt = torch.optim.SGD(emb.parameters(), lr=0.1)\nfor i in range(4):\n    opt.zero_grad()\n    loss = emb(torch.tensor([1, 2])).pow(2).mean()\n    loss.backward()\n    opt.step()\n",
    "losses as numbers": "losses, total = [], 0.0\n" + loop(step="opt.step(); losses.append(loss.item()); total += loss.item()"),
    "losses detached": "losses = []\n" + loop(step="opt.step(); losses.append(loss.detach())"),
    "a loss summed over time": "opt = torch.optim.SGD(model.parameters(), lr=0.1)\nfor i in range(4):\n    opt.zero_grad()\n    total = 0\n    for a, b in zip(X.split(8), Y.split(8)):\n        part = F.cross_entropy(model(a), b)\n        total = total + part\n    total.backward()\n    opt.step()\n",
    "a demonstration of accumulation": "x = torch.tensor(2.0, requires_grad=True)\n(x ** 2).backward()\nprint(x.grad)\n(x ** 3).backward()\nprint(x.grad)\nx.grad.zero_()\n",
    "to assigned": "X = X.to(torch.float32)\nmodel.to('cpu')\n" + loop(),
    "functional update": "w = torch.ones(4, requires_grad=True)\nfor i in range(3):\n    g, = torch.autograd.grad(((X @ w - y) ** 2).mean(), [w])\n    w = (w - 0.1 * g).detach().requires_grad_()\n",
    "scaled pixels": "X = torch.randint(0, 256, (32, 64)).float() / 255\nmodel = nn.Linear(64, 3)\n" + loop(),
    "token numbers": "tok = torch.randint(0, 200, (32, 64))\nmodel = nn.Sequential(nn.Embedding(200, 3), nn.Flatten(), nn.Linear(192, 3))\n" + loop("F.cross_entropy(model(tok), Y)"),
    "few steps near ln C": loop(),
    "inference only": "model.eval()\nwith torch.inference_mode():\n    out = model(X).softmax(1)\nprint(out.sum())\n",
    "a loss that rises a little": "opt = torch.optim.SGD(model.parameters(), lr=0.5)\n" + loop().split("\n", 1)[1],
    "norm in training mode only": "model = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 3))\n" + loop() + _EVALUATION,
    "two models one optimizer": "enc, dec = nn.Linear(4, 2), nn.Linear(2, 4)\nopt = torch.optim.Adam([*enc.parameters(), *dec.parameters()])\nfor i in range(5):\n    loss = F.mse_loss(dec(enc(X)), X)\n    opt.zero_grad()\n    loss.backward()\n    opt.step()\n",
}  # fmt: skip
