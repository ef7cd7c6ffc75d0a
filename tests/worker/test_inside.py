"""What learners' programs need works inside: the same program gives the same output inside and outside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.worker.far_side import FarSide
from tutor.worker.confine.layers import ALL as LAYERS

FORK = "import torch.multiprocessing as mp\nmp = mp.get_context('fork')\n"
GLOO = """
import os, torch.distributed as dist
def work(rank, queue):
    os.environ.update(MASTER_ADDR='127.0.0.1', MASTER_PORT='29541')
    dist.init_process_group('gloo', rank=rank, world_size=2)
    t = torch.ones(2) * (rank + 1)
    dist.all_reduce(t)
    queue.put((rank, t.tolist()))
    dist.destroy_process_group()
q = mp.Queue()
ps = [mp.Process(target=work, args=(r, q)) for r in range(2)]
[p.start() for p in ps]
print(sorted(q.get() for _ in ps))
[p.join() for p in ps]
"""
PROGRAMS = {
    "matmul on two threads": "torch.set_num_threads(2)\ntorch.manual_seed(0)\nprint((torch.randn(300, 300) @ torch.randn(300, 300)).sum().item())",
    "backward": "x = torch.ones(3, requires_grad=True)\n(x ** 2).sum().backward()\nprint(x.grad)",
    "adam": "torch.manual_seed(0)\nm = torch.nn.Linear(3, 1)\no = torch.optim.Adam(m.parameters())\nm(torch.ones(2, 3)).sum().backward()\no.step()\nprint(m.weight)",
    "convolution": "torch.manual_seed(0)\nprint(torch.nn.Conv2d(1, 2, 3)(torch.ones(1, 1, 5, 5)).sum())",
    "data loader": "from torch.utils.data import DataLoader, TensorDataset\nd = TensorDataset(torch.arange(20.).reshape(10, 2), torch.arange(10))\nfor x, y in DataLoader(d, batch_size=4, num_workers=2): print(x.tolist(), y.tolist())",
    "data loader, pinned to one worker": "from torch.utils.data import DataLoader\nprint([b.tolist() for b in DataLoader(range(5), num_workers=1, persistent_workers=True)])",
    "save and load": "torch.save({'w': torch.arange(3)}, 'x.pt')\nprint(torch.load('x.pt'))\nprint(torch.load('x.pt', mmap=True))",
    "half types through a queue": FORK
    + "q, read = mp.Queue(), mp.Event()\ndef work():\n    q.put(torch.ones(2, dtype=torch.bfloat16))\n    read.wait()\np = mp.Process(target=work)\np.start()\nprint(q.get())\nread.set()\np.join()",
    "parameters through a queue": FORK + "q = mp.SimpleQueue()\nq.put(torch.nn.Parameter(torch.ones(2)))\nprint(q.get())",
    "a pool": FORK + "with mp.Pool(2) as pool: print(pool.map(abs, [-1, -2, 3]))",
    "shared memory between forks": FORK + "x = torch.zeros(3).share_memory_()\np = mp.Process(target=x.add_, args=(1,))\np.start(); p.join()\nprint(x)",
    "gloo": FORK + GLOO,
    "threads": "import threading\nr = []\nts = [threading.Thread(target=lambda i=i: r.append(i)) for i in range(4)]\n[t.start() for t in ts]; [t.join() for t in ts]\nprint(sorted(r))",
    "futures": "from concurrent.futures import ThreadPoolExecutor, ProcessPoolExecutor\nwith ThreadPoolExecutor(2) as e: print(list(e.map(abs, [-1])))",
    "compile, eager": "f = torch.compile(lambda x: x * 2 + 1, backend='eager')\nprint(f(torch.ones(3)))",
    "compile, aot": "f = torch.compile(lambda x: x * 2 + 1, backend='aot_eager')\nprint(f(torch.ones(3)))",
    "script": "@torch.jit.script\ndef f(x: torch.Tensor) -> torch.Tensor:\n    return x + 1\nprint(f(torch.ones(2)))",
    "profiler": "from torch.profiler import profile\nwith profile() as p: torch.ones(3) + 1\nprint(any('add' in e.key for e in p.key_averages()))",
    "numpy": "import numpy as np\na = np.arange(6).reshape(2, 3)\nprint(torch.from_numpy(a) @ torch.ones(3, dtype=torch.int64))",
    "scikit-learn": "from sklearn.datasets import load_iris\nprint(load_iris().data.shape)",
    "subprocess": "import subprocess, sys\nprint(subprocess.run([sys.executable, '-c', 'print(6 * 7)'], capture_output=True, text=True).stdout)",
    "temporary files": "import tempfile\nwith tempfile.NamedTemporaryFile('w+') as f:\n    f.write('x'); f.flush(); print(open(f.name).read())\nwith tempfile.TemporaryDirectory() as d: print(len(d) > 3)",
    "copying with modes": "import shutil, os\nopen('a', 'w').write('x')\nshutil.copy2('a', 'b')\nprint(open('b').read(), sorted(os.listdir('.')))",
    "sqlite": "import sqlite3\nc = sqlite3.connect('x.db')\nprint(c.execute('select 1 + 1').fetchone())",
    "signals and timers": "import signal, time\nsignal.signal(signal.SIGALRM, lambda *a: print('rang'))\nsignal.setitimer(signal.ITIMER_REAL, 0.01)\ntime.sleep(0.1)\nprint('on')",
    "socket pair": "import socket\na, b = socket.socketpair()\na.send(b'hi')\nprint(b.recv(2))",
    "asyncio": "import asyncio\nasync def f(): await asyncio.sleep(0); return 5\nprint(asyncio.run(f()))",
    "warnings": "import warnings\nwarnings.warn('careful')",
    "logging": "import logging\nlogging.warning('careful')",
    "locale and time": "import time, locale\nprint(time.strftime('%Y', time.gmtime(0)))",
    "atexit and finalizers": "import atexit, weakref\nclass A: pass\na = A()\nweakref.finalize(a, print, 'final')\natexit.register(print, 'exit')\nprint('main')",
    "dataclasses and pickles": "import pickle\nfrom dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\nprint(pickle.loads(pickle.dumps(P(3))))",
}  # fmt: skip
WITHOUT_LOOPBACK = {"gloo"}
"""Needs a network: refused where there are no namespaces, with a sentence."""


@pytest.fixture(scope="module", params=["all layers", "no namespaces"])
def confined(request: pytest.FixtureRequest) -> Iterator[tuple[FarSide, bool]]:
    loopback = request.param == "all layers"
    far = FarSide([] if loopback else ["--without", "namespaces"])
    assert not loopback or far.first["layers"]["namespaces"] == "on"
    yield far, loopback
    far.close()


@pytest.fixture(scope="module")
def unconfined() -> Iterator[FarSide]:
    """The same worker without a single layer; that it prints what plain Python prints is shown in `test_program`."""
    far = FarSide([word for layer in LAYERS for word in ("--without", layer)])
    yield far
    far.close()


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_gives_the_same_output_inside(
    name: str, confined: tuple[FarSide, bool], unconfined: FarSide
) -> None:
    far, loopback = confined
    source = "import torch\n" + PROGRAMS[name]
    told = far.run(source, limits={"seconds": 20 if loopback or name not in WITHOUT_LOOPBACK else 3})
    if name in WITHOUT_LOOPBACK and not loopback:
        assert told.status in ("error", "timeout", "stopped")
        return
    plain = unconfined.run(source)
    assert plain.status == "ok", plain.text() + plain.message
    assert told.stdout == plain.stdout
    assert told.stderr == plain.stderr or name == "gloo"  # it warns when a host name cannot be looked up
    assert told.status == "ok", told.message
