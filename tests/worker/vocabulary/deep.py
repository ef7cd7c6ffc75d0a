"""Gradients, properties over seeds and rows, technique, and checks that run programs."""

from __future__ import annotations

from tests.worker.vocabulary import Entry

VECTOR = "x = draw.tensor(draw.size('n'))"
SEQUENCE = "x = draw.tensor(draw.size('batch'), draw.size('time'), draw.size('width'), grad=False)"
BATCH = "x = draw.tensor(draw.size('batch'), draw.size('width'), grad=False)"
ATTEND = "def f(x): return torch.cumsum(x, 1)"

ENTRIES = (
    Entry(
        "grad_close",
        {"grad_close": "f(x)", "of": "x"},
        "def f(x): return (x ** 2).sum()",
        right=(
            "def f(x): return x @ x",
            "def f(x): return sum(v * v for v in x)",
            "def f(x): return x.pow(2).mean() * x.numel()",
        ),
        wrong=(
            "def f(x):\n    y = (x ** 2).sum()\n    return 2 * y - y.detach()",
            "def f(x): return (x.detach() ** 2).sum()",
            "def f(x): return (x * x.detach()).sum()",
        ),
        cases=VECTOR,
        says=("2 times", "carries no gradient", "0.5 times"),
    ),
    Entry(
        "grad_close leaf",
        {"grad_close": "w"},
        "w = torch.tensor([1., 2.], requires_grad=True)\n(w ** 2).sum().backward()",
        right=(
            "w = torch.tensor([1., 2.], requires_grad=True)\nfor v in w ** 2: v.backward(retain_graph=True)",
            "w = torch.tensor([1., 2.]).requires_grad_()\n(w * w).backward(torch.ones(2))",
            "w = torch.tensor([1., 2.], requires_grad=True)\nw.grad = torch.autograd.grad((w * w).sum(), w)[0]",
        ),
        wrong=(
            "w = torch.tensor([1., 2.], requires_grad=True)",
            "w = torch.tensor([1., 2.], requires_grad=True)\nfor _ in 'ab': (w ** 2).sum().backward()",
            "w = torch.tensor([1., 2.])",
        ),
        says=("has no `.grad`", "2 times", "does not require one"),
    ),
    Entry(
        "gradcheck",
        {"gradcheck": "f(x)", "of": "x"},
        "def f(x): return x ** 3",
        right=(
            "def f(x): return x * x * x",
            "class C(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, x):\n        ctx.save_for_backward(x)\n        return x ** 3\n    @staticmethod\n    def backward(ctx, g): return g * 3 * ctx.saved_tensors[0] ** 2\nf = C.apply",
            "f = torch.sin",
        ),
        wrong=(
            "class C(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, x):\n        ctx.save_for_backward(x)\n        return x ** 3\n    @staticmethod\n    def backward(ctx, g): return g * 2 * ctx.saved_tensors[0] ** 2\nf = C.apply",
            "def f(x): return (x ** 3).detach()",
            "def f(x): return x.detach() * x",
        ),
        cases="x = draw.tensor(3)",
        says=("disagrees with finite differences", "carries no gradient", "disagrees"),
    ),
    Entry(
        "trains",
        {"trains": "fit(seed)", "given": {"below": 0.1}},
        "def fit(seed): return 0.05",
        right=(
            "def fit(seed): return torch.tensor(0.01)",
            "def fit(seed):\n    w = torch.randn(1, requires_grad=True)\n    for _ in range(200):\n        loss = ((w - 3) ** 2).sum()\n        w.grad = None\n        loss.backward()\n        with torch.no_grad(): w -= 0.1 * w.grad\n    return loss.item()",
            "def fit(seed): return -1",
        ),
        wrong=(
            "def fit(seed): return 0.5",
            "def fit(seed): return float('nan')",
            "def fit(seed): print(0.01)",
        ),
        says=("expected below 0.1", "became nan", "gave None; expected a number"),
    ),
    Entry(
        "deterministic",
        {"deterministic": "f(seed)"},
        "def f(seed):\n    torch.manual_seed(seed)\n    return torch.rand(3)",
        right=(
            "def f(seed): return torch.rand(3, generator=torch.Generator().manual_seed(seed))",
            "def f(seed):\n    with torch.random.fork_rng():\n        torch.manual_seed(seed)\n        return torch.randn(2, 2)",
            "import random\ndef f(seed): return random.Random(seed).random()",
        ),
        wrong=(
            "def f(seed): return torch.rand(3)",
            "def f(seed): return torch.ones(3)",
            "def f(seed):\n    torch.manual_seed(0)\n    return torch.rand(3)",
        ),
        says=(
            "other values the second time",
            "same values under another seed",
            "same values under another seed",
        ),
    ),
    Entry(
        "batch_independent",
        {"batch_independent": "f(x)", "of": "x"},
        "def f(x): return x.softmax(1)",
        right=(
            "def f(x): return torch.stack([row * 2 for row in x])",
            "m = nn.Linear(1, 1)\ndef f(x): return x.sum(1)",
            "def f(x): return F.layer_norm(x, x.shape[1:])",
        ),
        wrong=("def f(x): return x.softmax(0)", "def f(x): return x - x.mean()", "def f(x): return x.T"),
        cases=BATCH,
    ),
    Entry(
        "no_future_leak",
        {"no_future_leak": "f(x)", "of": "x"},
        ATTEND,
        right=(
            "def f(x): return x * 2",
            "def f(x): return torch.stack([x[:, : t + 1].mean(1) for t in range(x.shape[1])], 1)",
            "def f(x): return F.pad(x, (0, 0, 1, 0))[:, :-1]",
        ),
        wrong=(
            "def f(x): return x.softmax(1)",
            "def f(x): return x.flip(1)",
            "def f(x): return x + x.mean(1, keepdim=True)",
        ),
        cases=SEQUENCE,
    ),
    Entry(
        "uses",
        {"uses": ["einsum"]},
        "y = torch.einsum('i,i->', torch.ones(2), torch.ones(2))",
        right=(
            "from torch import einsum as e\ny = e('i->', torch.ones(2))",
            "def f(): return getattr(torch, 'ein' + 'sum')('i->i', torch.ones(2))\nf()",
            "import torch as t\n[t.einsum('ij->j', t.ones(2, 2)) for _ in range(2)]",
        ),
        wrong=(
            "y = torch.ones(2).sum()",
            "einsum = torch.matmul\neinsum(torch.ones(2), torch.ones(2))",
            "if False: torch.einsum('i->', torch.ones(2))",
        ),
    ),
    Entry(
        "avoids",
        {"avoids": ["softmax", "log_softmax"]},
        "y = torch.ones(3).exp()",
        right=(
            "y = torch.ones(3).exp() / 3",
            "softmax = torch.exp\nsoftmax(torch.ones(3))",
            "def f(x): return torch.softmax(x, 0)",
        ),
        wrong=(
            "y = F.softmax(torch.ones(3), 0)",
            "y = getattr(torch.ones(3), 'soft' + 'max')(0)",
            "y = nn.LogSoftmax(0)(torch.ones(3))",
        ),
        says=("used `softmax`", "used `softmax`", "used `log_softmax`"),
    ),
    Entry(
        "no_loop",
        {"no_loop": "f(x)"},
        "def f(x): return x.sum(1)",
        right=(
            "def f(x): return x @ torch.ones(x.shape[1], dtype=x.dtype)",
            "def f(x):\n    for _ in range(3): x = x * 2\n    return x.sum(1)",
            "f = lambda x: x.mean(1) * x.shape[1]",
        ),
        wrong=(
            "def f(x): return torch.stack([row.sum() for row in x])",
            "def f(x):\n    total = []\n    for row in x.tolist():\n        s = 0\n        for v in row: s += v\n        total.append(s)\n    return torch.tensor(total)",
            "def f(x):\n    i = 0\n    out = torch.zeros(len(x))\n    while i < len(x):\n        out[i] = x[i].sum()\n        i += 1\n    return out",
        ),
        cases=BATCH,
    ),
    Entry(
        "cost memory",
        {"cost": "f(x)", "given": {"memory": 3}},
        "def f(x): return x * 2",
        right=("def f(x): return x + x", "def f(x): return x.mul(2)", "def f(x): return (x * 4) / 2"),
        wrong=(
            "def f(x): return (x[:, None] * torch.ones(1, 50, 1))[:, 0]",
            "def f(x): return torch.cat([x * 2] * 20)[: len(x)]",
            "def f(x): return (x.repeat(30, 1) * 2)[: len(x)]",
        ),
        cases=BATCH,
        says=("times the memory",),
    ),
    Entry(
        "cost time",
        {"cost": "f(x)", "given": {"time": 8}},
        "def f(x): return x @ x",
        right=(
            "def f(x): return torch.mm(x, x)",
            "def f(x): return torch.einsum('ij,jk->ik', x, x)",
            "f = lambda x: x.matmul(x)",
        ),
        wrong=(
            "def f(x): return sum(torch.outer(x[:, k], x[k]) for k in range(len(x)))",
            "def f(x):\n    for _ in range(300): y = x @ x\n    return y",
            "def f(x): return torch.stack([torch.stack([x[i] @ x[:, j] for j in range(len(x))]) for i in range(len(x))])",
        ),
        cases="x = torch.ones(80, 80)",
        says=("times the time",),
    ),
    Entry(
        "tests",
        {
            "tests": "check",
            "of": "relu",
            "wrong_ones": [
                "def relu(x): return x",
                "def relu(x): return x * 0",
                "def relu(x): return abs(x)",
            ],
        },
        "def relu(x): return max(x, 0)\ndef check(): ...",
        right=(
            "def check(f):\n    assert f(-1) == 0 and f(2) == 2",
            "def relu(x): ...\ndef check():\n    assert relu(-3) == 0\n    assert relu(3) == 3",
            "def check(f): return [f(v) for v in (-1, 0, 4)] == [0, 0, 4]",
        ),
        wrong=("def check(f): assert f(-1) == 0", "def check(f): assert f(1) == 2", "check = None"),
        says=(
            "accepts wrong `relu` number 2 of 3",
            "rejects a right `relu`",
            "is None; expected a test function",
        ),
    ),
    Entry(
        "python",
        {"python": "assert f(draw.int(1, 5)) > 0, 'f must be positive'\nassert ref.f(1) == 1"},
        "def f(n): return n",
        right=("def f(n): return n * 2", "f = abs", "def f(n): return torch.tensor(n)"),
        wrong=("def f(n): return -n", "def f(n): return None", "def f(n): raise ValueError('no')"),
        says=("f must be positive", "TypeError", "ValueError: no"),
    ),
)
