from __future__ import annotations

import pytest

from tests.worker.grading_bench import Graded, grade_all
from tests.worker.vocabulary import program

pytestmark = pytest.mark.torch

STEP = {
    "kind": "code",
    "solution": program("def f(x): return x.softmax(-1)"),
    "cases": "x = draw.tensor(draw.size('rows'), draw.size('columns'))",
    "checks": [
        {"id": "made", "defines": "f", "type": "function"},
        {"id": "shape", "shape": "f(x)"},
        {"id": "values", "close": "f(x)", "message": "Divide by the sum of the row."},
        {"id": "gradient", "grad_close": "f(x)", "of": "x"},
        {"id": "alone", "batch_independent": "f(x)", "of": "x"},
        {"id": "clean", "pure": "f(x)"},
        {"id": "once", "no_loop": "f(x)"},
    ],
}

STRANGE = {
    "nothing at all": "",
    "returns None": "def f(x): return None",
    "returns a string": "def f(x): return 'softmax'",
    "returns a function": "def f(x): return lambda: x",
    "returns a module": "def f(x): return nn.Softmax(-1)",
    "returns the torch package": "def f(x): return torch",
    "returns a class": "def f(x): return torch.Tensor",
    "returns a list of floats": "def f(x): return x.softmax(-1).tolist()",
    "returns a tuple around it": "def f(x): return (x.softmax(-1),)",
    "returns a dict": "def f(x): return {'y': x}",
    "returns itself in a list": "def f(x):\n    a = []\n    a.append(a)\n    return a",
    "an infinite generator": "def f(x):\n    while True: yield x",
    "returns a number": "def f(x): return 1.0",
    "returns nan": "def f(x): return x * float('nan')",
    "returns an int tensor": "def f(x): return x.long()",
    "returns a scalar tensor": "def f(x): return x.softmax(-1).sum()",
    "an extra axis in front": "def f(x): return x.softmax(-1)[None]",
    "transposed": "def f(x): return x.softmax(-1).T",
    "float64": "def f(x): return x.double().softmax(-1)",
    "sparse": "def f(x): return x.detach().softmax(-1).to_sparse()",
    "complex": "def f(x): return x.softmax(-1) + 0j",
    "on meta": "def f(x): return torch.empty(x.shape, device='meta')",
    "empty": "def f(x): return x[:0]",
    "an expanded view": "def f(x): return x[:1, :1].expand(x.shape)",
    "raises": "def f(x): raise RuntimeError('no idea')",
    "raises an exception whose text raises": "class E(Exception):\n    def __str__(self): raise ValueError\ndef f(x): raise E",
    "exits": "import sys\ndef f(x): sys.exit(0)",
    "leaves the process": "import os\ndef f(x): os._exit(0)",
    "reads standard input": "def f(x): return x * float(input())",
    "calls itself without end": "def f(x): return f(x)",
    "prints much": "def f(x):\n    print('x' * 1000000)\n    return x",
    "patched allclose": "torch.allclose = torch.isclose = torch.equal = lambda *a, **k: torch.tensor(True)\ndef f(x): return x",
    "patched equality": "torch.Tensor.__eq__ = lambda a, b: torch.ones(a.shape, dtype=torch.bool)\ntorch.Tensor.all = lambda self: True\ndef f(x): return x",
    "patched softmax for both": "torch.Tensor.softmax = lambda self, dim: self\ndef f(x): return x",
    "patched isinstance": "import builtins\nbuiltins.isinstance = lambda *a: True\nbuiltins.all = lambda *a: True\ndef f(x): return None",
    "a tensor subclass equal to everything": "class T(torch.Tensor):\n    @classmethod\n    def __torch_function__(cls, func, types, args=(), kwargs=None): return torch.ones(1, dtype=torch.bool)\ndef f(x): return x.detach().as_subclass(T)",
    "an object equal to everything": "class A:\n    def __eq__(self, other): return True\n    def __getattr__(self, name): return A()\n    def __call__(self, *a): return A()\ndef f(x): return A()",
    "an object that pretends its class": "class A:\n    @property\n    def __class__(self): return torch.Tensor\ndef f(x): return A()",
    "mutates its input": "def f(x):\n    y = x.softmax(-1)\n    x.detach().zero_()\n    return y",
    "mutates it through data": "def f(x):\n    x.data *= 2\n    return (x / 2).softmax(-1)",
    "depends on the batch": "def f(x): return x.softmax(0)",
    "gradient doubled": "def f(x):\n    y = x.softmax(-1)\n    return 2 * y - y.detach()",
    "gradient cut": "def f(x):\n    with torch.no_grad(): return x.softmax(-1)",
    "gradients switched off for good": "torch.set_grad_enabled(False)\ndef f(x): return x.detach().softmax(-1)",
    "default dtype changed": "torch.set_default_dtype(torch.float64)\ndef f(x): return torch.tensor(x.tolist()).softmax(-1)",
    "hard coded": "def f(x): return torch.tensor([[0.2, 0.8]])",
    "right only for squares": "def f(x): return x.softmax(-1) if x.shape[0] == x.shape[1] else x",
    "a loop over rows": "def f(x): return torch.stack([r.exp() / r.exp().sum() for r in x])",
    "wrong number of arguments": "def f(): return 1",
    "not a function": "f = 3",
    "a function that forgets": "def f(x):\n    del globals()['f']\n    return x",
    "random": "def f(x): return torch.rand_like(x)",
    "answers only the first call": "kept = []\ndef f(x):\n    kept.append(x.softmax(-1))\n    return kept[0]",
    "a frozen traceback": "def f(x):\n    try:\n        return x.softmax(-1)\n    finally:\n        raise KeyError('x')",
    "unfinished": "def f(x): ...",
}

HARMLESS = {
    "prints and is right": "def f(x):\n    print(x)\n    return x.softmax(-1)",
    "changes the seed and is right": "import random\ndef f(x):\n    torch.manual_seed(0)\n    random.seed(0)\n    return x.softmax(-1)",
    "returns a view and is right": "def f(x): return x.softmax(-1).view(x.shape)[:]",
    "a subclass of nothing special": "class P(torch.Tensor): ...\ndef f(x): return x.softmax(-1).as_subclass(P)",
    "a bound method": "class S:\n    def go(self, x): return torch.softmax(x, dim=1)\nf = S().go",
    "sets a stream aside": "import sys, io\nsys.stdout = io.StringIO()\ndef f(x): return x.exp() / x.exp().sum(-1, keepdim=True)",
    "closes its streams": "import sys\nsys.stdout.close()\ndef f(x): return x.softmax(1)",
    "leaves gradients off": "torch.set_grad_enabled(False)\ndef f(x): return x.softmax(1)",
    "shadows names of ours": "draw = ref = case = math = None\ndef f(x): return x.softmax(-1)",
}


@pytest.fixture(scope="module")
def results() -> dict[str, Graded]:
    sources = {**STRANGE, **HARMLESS}
    graded = grade_all({"step": STEP, "source": program(source)} for source in sources.values())
    return dict(zip(sources, graded, strict=True))


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_answer_gets_a_sentence_and_never_passes(name: str, results: dict[str, Graded]) -> None:
    answer = results[name]
    assert not answer.passed
    assert answer.traceback == ""
    assert "Traceback" not in answer.message
    if answer.graded is not None:
        assert answer.statuses.count("failed") == 1
        assert answer.message.split(". ")[0]
        assert "at fault" not in answer.message


@pytest.mark.parametrize("name", [name for name in STRANGE if name != "leaves the process"])
def test_every_strange_answer_is_decided_to_the_end(name: str, results: dict[str, Graded]) -> None:
    assert results[name].graded == len(STEP["checks"])
    assert "could not be compared" not in results[name].message


def test_leaving_the_process_leaves_no_record(results: dict[str, Graded]) -> None:
    assert results["leaves the process"].graded is None


@pytest.mark.parametrize("name", HARMLESS)
def test_a_right_answer_with_odd_habits_passes(name: str, results: dict[str, Graded]) -> None:
    assert results[name].passed, results[name]


def test_the_smallest_failing_case_is_shown_with_its_shape(results: dict[str, Graded]) -> None:
    assert "x = [[" in results["transposed"].case or "x of shape" in results["transposed"].case
