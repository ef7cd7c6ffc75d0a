"""One tiny program per row of the table of explanations, and what must be said about it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Failing:
    """A program that raises, the rule that must speak, and facts that must appear."""

    rule: str
    body: str
    says: tuple[str, ...] = ()
    """Parts of the explanation or the next step."""
    at: str = ""
    """The exact failing expression."""
    shapes: dict[str, list[int]] = field(default_factory=dict)
    """Operands that must be reported with these shapes."""


F = Failing
TORCH_ERRORS = [
    F("linear-features", "model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(64, 10))\nx = torch.randn(32, 784)\nlogits = model(x)",
      ("2: Linear(64→10)", "takes 64", "given 128", "nn.Linear(128, 10)"), "model(x)", {"x": [32, 784], "input": [32, 128], "2.weight": [10, 64]}),
    F("matmul-transposed", "a = torch.randn(32, 8)\nw = torch.randn(16, 8)\nh = 1 + a @ w", ("[32, 8]", "[16, 8]", "a @ w.T"), "a @ w", {"a": [32, 8], "w": [16, 8]}),
    F("matmul-inner", "a = torch.randn(32, 8)\nw = torch.randn(16, 4)\nh = a @ w", ("(8)", "(16)"), "a @ w", {"a": [32, 8], "w": [16, 4]}),
    F("image-not-flattened", "m = nn.Linear(784, 10)\nx = torch.randn(32, 1, 28, 28)\ny = m(x)", ("[32, 1, 28, 28]", "1·28·28 = 784", "896 rows", "[32, 784]"), "m(x)", {"x": [32, 1, 28, 28]}),
    F("matrix-times-vector", "a = torch.randn(3, 4)\nv = torch.randn(3)\nr = a @ v", ("3x4", "3 numbers"), "a @ v", {"a": [3, 4], "v": [3]}),
    F("batch-matmul", "a = torch.randn(10, 3, 4)\nb = torch.randn(10, 3, 4)\nc = torch.bmm(a, b)", ("[10, 4]", "[10, 3]"), "torch.bmm(a, b)", {"a": [10, 3, 4]}),
    F("dot-sizes", "r = torch.dot(torch.ones(3), torch.ones(4))", ("3 and 4",)),
    F("broadcast-per-row", "x = torch.randn(32, 10)\nb = torch.randn(32)\ny = x + b", ("b[:, None]", "[32, 1]", "10 and 32"), "x + b", {"x": [32, 10], "b": [32]}),
    F("broadcast", "x = torch.randn(4, 3)\ny = torch.randn(4, 5)\nz = (x * y).sum()", ("[4, 3]", "[4, 5]", "3 and 5"), "x * y", {"x": [4, 3], "y": [4, 5]}),
    F("matmul-batch-axes", "a = torch.randn(8, 3, 4)\nb = torch.randn(4, 4, 5)\nc = a @ b", ("8 and 4",), "a @ b", {"a": [8, 3, 4], "b": [4, 4, 5]}),
    F("dtype-whole-numbers", "m = nn.Linear(4, 2)\nx = torch.arange(8).reshape(2, 4)\ny = m(x)", ("int64", "x.float()"), "m(x)", {"x": [2, 4]}),
    F("dtype-double", "m = nn.Linear(4, 2)\nx = torch.ones(2, 4, dtype=torch.float64)\ny = m(x)", ("float64", "from_numpy"), "m(x)", {"x": [2, 4]}),
    F("target-dtype", "x = torch.randn(8, 3)\nt = torch.zeros(8)\nl = F.cross_entropy(x, t)", ("t is float32", "t.long()"), "F.cross_entropy(x, t)", {"x": [8, 3], "t": [8]}),
    F("target-dtype", "x = torch.randn(8, 3)\nt = torch.zeros(8, dtype=torch.int32)\nl = nn.CrossEntropyLoss()(x, t)", ("int32", "t.long()"), shapes={"x": [8, 3]}),
    F("target-axis", "x = torch.randn(8, 3)\nt = torch.zeros(8, 1, dtype=torch.long)\nl = F.cross_entropy(x, t)", ("[8, 1]", "[8]", "t.squeeze(1)"), shapes={"t": [8, 1]}),
    F("target-one-hot", "x = torch.randn(8, 3)\nt = F.one_hot(torch.zeros(8, dtype=torch.long), 3)[:, :2]\nl = F.nll_loss(x, t)", ("argmax",), shapes={"t": [8, 2]}),
    F("batch-sizes", "x = torch.randn(8, 3)\nt = torch.zeros(7, dtype=torch.long)\nl = F.cross_entropy(x, t)", ("8 rows", "7 ([7])"), shapes={"x": [8, 3], "t": [7]}),
    F("target-range", "x = torch.randn(3, 10)\nt = torch.tensor([1, 5, 10])\nl = F.cross_entropy(x, t)", ("10 columns", "0 to 9", "holds 10", "counted from 1"), shapes={"t": [3]}),
    F("bce-range", "p = torch.tensor([2.5, -1.])\nl = F.binary_cross_entropy(p, torch.ones(2))", ("-1 to 2.5", "BCEWithLogitsLoss"), shapes={"p": [2]}),
    F("bce-dtype", "p = torch.rand(4)\nt = torch.ones(4, dtype=torch.long)\nl = nn.BCELoss()(p, t)", ("int64", "t.float()"), shapes={"t": [4]}),
    F("target-shape", "o = torch.randn(8, 1)\ny = torch.ones(8)\nl = F.binary_cross_entropy_with_logits(o, y)", ("[8]", "[8, 1]", "y[:, None]"), shapes={"o": [8, 1], "y": [8]}),
    F("leaf-in-place", "w = torch.ones(3, requires_grad=True)\nw -= 0.1", ("torch.no_grad()", "w is a leaf"), "w -= 0.1", {"w": [3]}),
    F("changed-since", "x = torch.ones(3, requires_grad=True)\ny = torch.sigmoid(x)\ny += 1\ny.sum().backward()", ("[3]", "Sigmoid", "line 7", "y = y + 1"), "y.sum().backward()"),
    F("backward-twice", "x = torch.ones(3, requires_grad=True)\ny = (x ** 2).sum()\ny.backward()\ny.backward()", ("Line 7", "retain_graph"), "y.backward()", {"y": []}),
    F("backward-twice", "cell = nn.RNNCell(2, 2)\nh = torch.zeros(1, 2)\nfor i in range(3):\n    h = cell(torch.ones(1, 2), h)\n    loss = h.sum()\n    loss.backward()", ("h.detach()",), "loss.backward()"),
    F("no-gradient", "x = torch.ones(3)\nloss = (x * 2).sum()\nloss.backward()", ("made from x", "requires_grad=True"), "loss.backward()", {"loss": []}),
    F("not-a-scalar", "x = torch.ones(3, requires_grad=True)\ny = x * 2\ny.backward()", ("[3]", "y.mean().backward()"), "y.backward()", {"y": [3]}),
    F("grad-is-none", "w = torch.randn(3, requires_grad=True) * 2\n(w ** 2).sum().backward()\nv = w - 0.1 * w.grad", ("not a leaf", "MulBackward0"), "0.1 * w.grad"),
    F("grad-is-none", "w = torch.randn(3, requires_grad=True)\nw.grad.zero_()", ("no backward pass",), "w.grad.zero_"),
    F("dtype-grad", "w = torch.tensor([1, 2], requires_grad=True)", ("1. instead of 1",), "torch.tensor([1, 2], requires_grad=True)"),
    F("numpy-needs-detach", "x = torch.ones(2, requires_grad=True)\na = x.numpy()", ("x.detach().numpy()",), "x.numpy()", {"x": [2]}),
    F("numpy-of-device", "x = torch.ones(2, device='meta')\na = x.numpy()", ("meta", "cpu().numpy()"), "x.numpy()", {"x": [2]}),
    F("no-cuda", "x = torch.ones(2)\ny = x.to('cuda')", ("torch.cuda.is_available()",), "x.to('cuda')"),
    F("conv-input", "c = nn.Conv2d(1, 8, 3)\nx = torch.randn(32, 784)\ny = c(x)", ("[32, 784]", "x.view(-1, 1, 28, 28)"), "c(x)", {"x": [32, 784]}),
    F("channels-last", "c = nn.Conv2d(3, 8, 3)\nx = torch.randn(32, 28, 28, 3)\ny = c(x)", ("[32, 28, 28, 3]", "permute(0, 3, 1, 2)"), "c(x)", {"x": [32, 28, 28, 3]}),
    F("conv-channels", "m = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Conv2d(4, 2, 3))\ny = m(torch.randn(2, 3, 9, 9))", ("1: Conv2d(4→2)", "takes 4", "given 8"), shapes={"input": [2, 8, 7, 7]}),
    F("kernel-too-large", "c = nn.Conv2d(1, 1, 5)\ny = c(torch.randn(1, 1, 3, 3))", ("3 x 3", "5 x 5")),
    F("norm-one-sample", "b = nn.BatchNorm1d(4)\ny = b(torch.randn(1, 4))", ("[1, 4]", "model.eval()")),
    F("state-size", "a = nn.Sequential(nn.Linear(4, 16))\nb = nn.Sequential(nn.Linear(4, 8))\na.load_state_dict(b.state_dict())", ("0.weight", "[8, 4]", "[16, 4]")),
    F("state-prefix", "a = nn.Linear(4, 2)\nstate = {'fc.' + k: v for k, v in a.state_dict().items()}\na.load_state_dict(state)", ("'fc.'", "removeprefix")),
    F("super-init-missing", "class Net(nn.Module):\n    def __init__(self):\n        self.fc = nn.Linear(2, 2)\nnet = Net()", ("super().__init__()",)),
    F("forward-missing", "class Net(nn.Module):\n    def foward(self, x):\n        return x\ny = Net()(torch.ones(1))", ("Net", "foward")),
    F("view-stride", "x = torch.randn(4, 6).t()\ny = x.view(24)", ("[6, 4]", "(1, 6)", "x.reshape"), "x.view(24)", {"x": [6, 4]}),
    F("view-size", "x = torch.randn(32, 1, 28, 28)\ny = x.view(32, 28)", ("32·1·28·28 = 25088", "32·28 = 896", "x.view(32, -1)"), "x.view(32, 28)", {"x": [32, 1, 28, 28]}),
    F("dimension-range", "x = torch.randn(3)\ny = x.sum(dim=1)", ("[3]", "1 axes", "axis 1"), "x.sum(dim=1)", {"x": [3]}),
    F("cat-sizes", "a = torch.ones(2, 3)\nb = torch.ones(2, 5)\nc = torch.cat([a, b])", ("3", "5", "[2, 3], [2, 5]"), "torch.cat([a, b])", {"a": [2, 3], "b": [2, 5]}),
    F("stack-sizes", "a, b = torch.ones(3), torch.ones(5)\nc = torch.stack([a, b])", ("[3]", "[5]", "collate_fn"), "torch.stack([a, b])", {"a": [3], "b": [5]}),
    F("embedding-range", "e = nn.Embedding(10, 4)\ni = torch.tensor([1, 10])\ny = e(i)", ("Embedding(10, 4)", "0 to 9", "1 to 10", "11"), "e(i)", {"i": [2]}),
    F("dtype-embedding", "e = nn.Embedding(10, 4)\ny = e(torch.tensor([1.]))", (".long()",)),
    F("index-range", "x = torch.ones(3)\ny = x[3]", ("[3]", "3 places"), "x[3]", {"x": [3]}),
    F("index-axes", "x = torch.ones(3)\ny = x[0, 1]", ("[3]", "1 axes"), "x[0, 1]", {"x": [3]}),
    F("scalar-needed", "x = torch.ones(3)\ny = x.item()", ("3 elements", "x.tolist()"), "x.item()", {"x": [3]}),
    F("truth-value", "x = torch.ones(3)\nif x > 0:\n    pass", (".all()", "x is [3]")),
    F("empty-parameters", "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.layers = [nn.Linear(2, 2)]\nopt = torch.optim.SGD(Net().parameters(), lr=0.1)", ("nn.ModuleList",)),
    F("non-leaf-optimized", "w = torch.ones(2, requires_grad=True) * 2\nopt = torch.optim.SGD([w], lr=0.1)", ("requires_grad_()",)),
    F("worker-error", "from torch.utils.data import DataLoader, Dataset\nclass D(Dataset):\n    def __len__(self): return 4\n    def __getitem__(self, i):\n        return [1, 2][i]\nfor b in DataLoader(D(), num_workers=1):\n    pass",
      ("line 9", "__getitem__", "IndexError", "num_workers=0")),
    F("collate", "from torch.utils.data import DataLoader\nclass Thing: pass\nfor b in DataLoader([Thing(), Thing()]):\n    pass", ("Thing", "collate_fn")),
    F("dataset-getitem", "from torch.utils.data import Dataset\nclass D(Dataset): pass\nd = D()[0]", ("__getitem__",), "D()[0]"),
    F("ragged-list", "x = torch.tensor([[1, 2, 3], [4, 5]])", ("3 entries", "has 2")),
    F("layer-argument", "m = nn.Linear(2, 2)\ny = m([1., 2.])", ("Linear(2→2)", "Tensor", "list"), "m([1., 2.])"),
    F("argument-missing", "class Net(nn.Module):\n    def forward(self, x, y):\n        return x\nz = Net()(torch.ones(1))", ("forward", "'y'")),
    F("dtype-mean", "m = torch.arange(4).mean()", ("Long", ".float().mean()")),
    F("dtype-result-cast", "x = torch.arange(3)\nx += 0.5", ("Float", "Long"), "x += 0.5", {"x": [3]}),
    F("mask-shape", "x = torch.ones(3)\nm = torch.ones(4, dtype=torch.bool)\ny = x[m]", ("[4]", "[3]"), "x[m]", {"x": [3], "m": [4]}),
    F("norm-shape", "l = nn.LayerNorm(4)\ny = l(torch.ones(2, 3))", ("[4]", "[2, 3]")),
    F("norm-features", "l = nn.BatchNorm1d(4)\ny = l(torch.ones(2, 3))", ("4 features", "given 3")),
    F("recurrent-input", "l = nn.LSTM(4, 8)\ny = l(torch.ones(2, 1, 3))", ("LSTM(4→8)", "4 features", "given 3"), shapes={"input": [2, 1, 3]}),
    F("attention-heads", "l = nn.MultiheadAttention(10, 3)", ("multiple of num_heads",)),
    F("forward-returns-none", "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.l = nn.Linear(2, 2)\n    def forward(self, x):\n        y = self.l(x)\nnet = Net()\nout = net(torch.ones(1, 2))\nloss = out.sum()", ("Net.forward", "return")),
    F("unused-in-graph", "a = torch.ones(1, requires_grad=True)\nb = torch.ones(1, requires_grad=True)\ng = torch.autograd.grad(a.sum(), b)", ("allow_unused=True",)),
    F("deepcopy-non-leaf", "import copy\na = torch.ones(1, requires_grad=True) * 2\nb = copy.deepcopy(a)", ("detach().clone()",)),
    F("einsum-sizes", "y = torch.einsum('ij,jk->ik', torch.ones(2, 3), torch.ones(4, 2))", ("letter j", "3", "4")),
    F("0-d-iterated", "x = torch.tensor(3)\nfor v in x:\n    pass", (".item()",)),
    F("tensor-called", "x = torch.ones(3)\ny = x(0)", ("x is a tensor, [3]",), "x(0)", {}),
    F("model-is-no-tensor", "m = nn.Linear(2, 3)\ns = m.shape", ("Linear(2→3)", "m(x)"), "m.shape"),
    F("list-is-no-tensor", "v = [1, 2]\ns = v.shape", ("v is a Python list", "torch.tensor(v)"), "v.shape"),
    F("attribute-near", "x = torch.ones(3)\ny = x.reshap(3, 1)", ("reshape",), "x.reshap", {"x": [3]}),
    F("attribute-near", "y = torch.zeross(3)", ("zeros",), "torch.zeross"),
    F("tensor-dataset", "from torch.utils.data import TensorDataset\nd = TensorDataset(torch.ones(3), torch.ones(4))", ("rows",)),
]  # fmt: skip
PYTHON_ERRORS = [
    F("import-missing", "import math\nm = np.zeros(3)", ("import numpy as np",), "np"),
    F("name-near", "learning_rate = 0.1\nx = learning_rat * 2", ("learning_rate",), "learning_rat"),
    F("name-unknown", "x = qqqzzz + 1", ("qqqzzz",), "qqqzzz"),
    F("local-before-assignment", "n = 0\ndef f():\n    n += 1\nf()", ("global",)),
    F("matplotlib-missing", "import sys\nsys.modules.pop('matplotlib', None)\nsys.path = []\nsys.meta_path = []\nimport matplotlib.pyplot as plt", ("draws losses",)),
    F("module-missing", "import tortch", ("tortch",)),
    F("import-name", "from math import squareroot", ("squareroot", "math")),
    F("none-attribute", "def f():\n    pass\nv = f()\nw = v.shape", ("v is None",), "v.shape"),
    F("attribute-unknown", "class A: pass\na = A()\nb = a.qqqzz", ("A", "qqqzz"), "a.qqqzz"),
    F("module-attribute", "import math\nx = math.qqqzzz", ("math", "qqqzzz"), "math.qqqzzz"),
    F("unpack-few", "a, b, c = 1, 2", ("3 names", "2 values")),
    F("unpack-many", "a, b = 1, 2, 3", ("2 names",)),
    F("not-callable", "n = 3\nm = n(2)", ("n is a int",), "n(2)"),
    F("arguments-many", "def f(a):\n    return a\nf(1, 2)", ("1 positional", "2")),
    F("keyword-unknown", "def f(a):\n    return a\nf(b=2)", ("b",)),
    F("operands-mixed", "x = 3\ny = 'a'\nz = x + y", ("x is int", "y is str"), "x + y"),
    F("text-and-number", "n = 3\nt = 'n = ' + n", ("int", "f-string")),
    F("not-subscriptable", "n = 3\nm = n[0]", ("int",), "n[0]"),
    F("not-iterable", "for i in 3:\n    pass", ("range(n)",)),
    F("key-missing", "d = {'loss': 1}\nx = d['los']", ("its keys are loss", "Perhaps loss"), "d['los']"),
    F("list-index", "v = [1, 2]\nw = v[2]", ("2 entries", "0 to 1"), "v[2]"),
    F("zero-division", "n = 0\nm = 1 / n", ("n is 0",), "1 / n"),
    F("file-missing", "f = open('nothing.csv')", ("nothing.csv",)),
    F("number-text", "n = int('3x')", ("not a number",)),
    F("assertion", "x = 2\nassert x == 3, 'x must be 3'", ("x must be 3",)),
    F("colon-missing", "for i in range(3)\n    pass", (": at the end",)),
    F("indent-missing", "for i in range(3):\nprint(i)", ("indented",)),
    F("indent-unexpected", "x = 1\n    y = 2", ("indented further",)),
    F("bracket-open", "x = (1, 2\ny = 3", ("( is never closed",)),
    F("text-open", "x = 'abc", ("quote",)),
    F("comma-missing", "x = [1 2]", ("comma",)),
    F("assign-in-condition", "x = 1\nif x = 2:\n    pass", ("==",)),
    F("return-outside", "return 3", ("outside a function",)),
    F("print-statement", "print 'hello'", ("print(...)",)),
    F("syntax", "x = 3 +", ("Python cannot read",)),
]  # fmt: skip
HEAD = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n\n"


def programs() -> dict[str, tuple[Failing, str]]:
    """Each program under a name of its own."""
    rows = [(f, HEAD + f.body) for f in TORCH_ERRORS] + [(f, f.body) for f in PYTHON_ERRORS]
    return {f"{number:02} {failing.rule}": (failing, source) for number, (failing, source) in enumerate(rows)}
