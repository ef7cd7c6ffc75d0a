"""Names, shapes, labels, values, memory, output."""

from __future__ import annotations

from tests.worker.vocabulary import Entry

MATRIX = "x = draw.tensor(draw.size('rows'), draw.size('columns'))"
ROW_MEANS = "def f(x): return x.mean(1)"

ENTRIES = (
    Entry(
        "defines",
        {"defines": ["x", "f"]},
        "x = 1\ndef f(): ...",
        right=("x = 2\ndef f(): ...", "x = f = None", "from math import pi as x\nf = lambda: x"),
        wrong=("x = 1", "def f():\n    x = 1", "f = 1\nX = 1"),
        says=("`f` is not defined", "`x` is not defined", "did you mean `X`?"),
    ),
    Entry(
        "defines type",
        {"defines": "f", "type": "function"},
        "def f(x): return x",
        right=("f = lambda x: x", "f = torch.relu", "import functools\nf = functools.partial(max, 1)"),
        wrong=("f = torch.zeros(2)", "class f: ...", "f = nn.Linear(1, 1)"),
        says=("is a tensor; expected a function", "is the class f", "is a module (Linear)"),
    ),
    Entry(
        "signature",
        {"signature": "f", "is": "(n, lo, hi)"},
        "def f(n, lo, hi): ...",
        right=("def f(a, b, c): ...", "def f(*sizes): ...", "def f(n, lo=0, hi=1, *, dtype=None): ..."),
        wrong=("def f(n): ...", "def f(n, *, lo, hi): ...", "f = 3"),
        says=("cannot be called as `f(n, lo, hi)`", "cannot be called", "is an int"),
    ),
    Entry(
        "shape",
        {"shape": "f(x)"},
        ROW_MEANS,
        right=(
            "def f(x): return x.sum(1)",
            "def f(x): return torch.zeros(x.shape[0])",
            "f = lambda x: x[:, 0]",
        ),
        wrong=("def f(x): return x.mean(0)", "def f(x): return x.mean(1, keepdim=True)", "def f(x): ..."),
        cases=MATRIX,
        says=("has shape", "has shape", "is None; expected a tensor"),
    ),
    Entry(
        "dtype",
        {"dtype": "f(x)", "is": "int64"},
        "def f(x): return x.long()",
        right=(
            "def f(x): return x.to(torch.int64)",
            "def f(x): return torch.arange(3)",
            "def f(x): return x.argmax(0)",
        ),
        wrong=("def f(x): return x.int()", "def f(x): return x", "def f(x): return 3"),
        cases=MATRIX,
        says=("has dtype int32; expected int64", "has dtype", "is an int; expected a tensor"),
    ),
    Entry(
        "device",
        {"device": "f(x)"},
        "def f(x): return x",
        right=("def f(x): return x.cpu()", "def f(x): return x.to('cpu')", "def f(x): return torch.zeros(1)"),
        wrong=(
            "def f(x): return x.to('meta')",
            "def f(x): return x.device",
            "def f(x): return torch.empty(1, device='meta')",
        ),
        cases=MATRIX,
        says=("is on meta; expected cpu", "is a device", "is on meta"),
    ),
    Entry(
        "close",
        {"close": "f(x)"},
        ROW_MEANS,
        right=(
            "def f(x): return x.sum(1) / x.shape[1]",
            "def f(x): return torch.einsum('rc->r', x) / x.size(-1)",
            "def f(x): return torch.stack([row.mean() for row in x])",
        ),
        wrong=(
            "def f(x): return x.mean(0)",
            "def f(x): return x.sum(1) / 3",
            "def f(x): return x.mean(1).detach()",
        ),
        cases=MATRIX,
        says=("", "", "carries no gradient"),
    ),
    Entry(
        "close nan",
        {"close": "f(x)"},
        "def f(x): return torch.log(x)",
        right=(
            "def f(x): return x.log()",
            "def f(x): return torch.log2(x) / torch.log2(torch.tensor(torch.e, dtype=x.dtype))",
            "f = torch.log",
        ),
        wrong=(
            "def f(x): return x.abs().log()",
            "def f(x): return torch.nan_to_num(x.log())",
            "def f(x): return x.log1p()",
        ),
        cases=MATRIX,
    ),
    Entry(
        "equal",
        {"equal": "f(n)"},
        "def f(n): return [i * i for i in range(n)]",
        right=(
            "def f(n): return list(map(lambda i: i ** 2, range(n)))",
            "def f(n): return (torch.arange(n) ** 2).tolist()",
            "f = lambda n: [i * i for i in range(n)]",
        ),
        wrong=(
            "def f(n): return [i * i for i in range(n + 1)]",
            "def f(n): return torch.arange(n) ** 2",
            "def f(n): return [float(i * i) for i in range(n)]",
        ),
        cases="n = draw.int(1, 6)",
        says=("items; expected", "is a tensor", "is a float"),
    ),
    Entry(
        "holds",
        {"holds": "abs(f(n) - ref.f(n)) <= 1"},
        "def f(n): return n",
        right=("def f(n): return n + 1", "def f(n): return torch.tensor(n)", "def f(n): return n - 0.5"),
        wrong=("def f(n): return n + 2", "def f(n): return 0", "def f(n): return torch.tensor([n, n])"),
        cases="n = draw.int(3, 9)",
        says=("is not true", "is not true", "expected true or false"),
    ),
    Entry(
        "alias",
        {"alias": ["x", "f(x)"]},
        "def f(x): return x.view(-1)",
        right=("def f(x): return x[1:]", "def f(x): return x", "def f(x): return x.reshape(-1)"),
        wrong=("def f(x): return x.clone()", "def f(x): return x + 0", "def f(x): return x.tolist()"),
        cases="x = torch.arange(6.)",
        says=("do not share memory", "do not share", "is a list; expected a tensor"),
    ),
    Entry(
        "noalias",
        {"noalias": ["x", "f(x)"]},
        "def f(x): return x.clone()",
        right=(
            "def f(x): return torch.tensor(x.tolist())",
            "def f(x): return x * 1",
            "import copy\nf = copy.deepcopy",
        ),
        wrong=(
            "def f(x): return x[:]",
            "def f(x): return x.detach()",
            "def f(x): return torch.from_numpy(x.numpy())",
        ),
        cases="x = torch.arange(6.)",
        says=("share memory; expected memory of their own",),
    ),
    Entry(
        "pure",
        {"pure": "f(x)"},
        "def f(x): return x + 1",
        right=(
            "def f(x): return x.clone().add_(1)",
            "def f(x):\n    x = x + 1\n    return x",
            "def f(x): return 1",
        ),
        wrong=(
            "def f(x): return x.add_(1)",
            "def f(x):\n    x[0] = 0\n    return x.clone()",
            "def f(x):\n    x += 1\n    return x",
        ),
        cases="x = draw.tensor(draw.size(), grad=False)",
        says=("changes its input `x`",),
    ),
    Entry(
        "parameters",
        {"parameters": "model"},
        "model = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))",
        right=(
            "model = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1))",
            "model = nn.Sequential(*[nn.Linear(2, 4), nn.Identity(), nn.Linear(4, 1)])",
            "model = nn.Sequential()\nfor i, l in enumerate([nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1)]): model.add_module(str(i), l)",
        ),
        wrong=(
            "model = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1, bias=False))",
            "class M(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.l = [nn.Linear(2, 4)]\nmodel = M()",
            "model = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1)).requires_grad_(False)",
        ),
        says=("has no parameter `2.bias`", "it has none", "frozen"),
    ),
    Entry(
        "parameters is",
        {"parameters": "model", "is": "2 * 4 + 4"},
        "model = nn.Linear(2, 4)",
        right=(
            "model = nn.Linear(2, 4)",
            "model = nn.Linear(11, 1)",
            "model = nn.Sequential(nn.Linear(5, 2))",
        ),
        wrong=("model = nn.Linear(2, 4, bias=False)", "model = nn.Tanh()", "model = [nn.Linear(2, 4)]"),
        says=("registers 8 numbers", "registers 0 numbers", "is a list; expected a module"),
    ),
    Entry(
        "output",
        {"output": True},
        "print(1 + 1)\nprint('done')",
        right=("print('2')\nprint('done')", "print('2\\ndone')", "for word in (2, 'done'): print(word, '')"),
        wrong=("print('done')\nprint(2)", "2", "print(2, 'done')"),
        says=("", "printed nothing", ""),
    ),
    Entry(
        "output list",
        {"output": ["mean 2", "done"]},
        "print('mean 2 and done')",
        right=(
            "print('mean  2')\nprint('done')",
            "print('done'); print('the mean 2')",
            "print('mean 2', 'x', 'done')",
        ),
        wrong=("print('mean', 'done')", "print('done')", "print('mean 3 done')"),
        says=("expected `mean 2`",),
    ),
    Entry(
        "raises",
        {"raises": "f(-1)", "error": "ValueError"},
        "def f(n):\n    if n < 0: raise ValueError(n)",
        right=(
            "def f(n): raise ValueError",
            "class Bad(ValueError): ...\ndef f(n): raise Bad('x')",
            "def f(n): return torch.linalg.norm(torch.ones(2, 2), ord='x') if n > 0 else int('x')",
        ),
        wrong=("def f(n): return n", "def f(n): raise TypeError('no')", "def f(n): print('ValueError')"),
        says=("gave -1; expected ValueError", "expected ValueError", "gave None"),
    ),
)
