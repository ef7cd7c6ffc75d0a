"""Programs that use torch in ways which a careless observer would disturb."""

TENSORS: dict[str, str] = {}

TENSORS["kinds of tensors"] = """
import torch
a = torch.empty(0, 3)
b = torch.tensor(3)
c = torch.tensor([1 + 2j, 3])
d = torch.randn(3, 4).to(torch.bfloat16)
e = torch.randn(4).to(torch.float8_e4m3fn)
f = torch.eye(3).to_sparse()
g = torch.empty(3, 4, device='meta')
h = torch.nested.nested_tensor([torch.randn(2), torch.randn(3)])
i = torch.quantize_per_tensor(torch.randn(4), 0.1, 0, torch.qint8)
j = torch.tensor([True, False])
k = torch.randn(100, 100).t()[::2]
l = torch.tensor([float('nan'), float('inf'), 1.0])
m = torch.zeros(3, dtype=torch.uint16)
with torch.inference_mode():
    n = torch.randn(3)
o = torch.randn(2, 3).conj()
p = torch.eye(4).to_sparse_csr()
q = torch.randn(1, 3).expand(5, 3)
print(b, j, n.shape, q.shape, l)
"""
TENSORS["warnings about grad stay as they are"] = """
import torch
x = torch.ones(3, requires_grad=True)
y = x * 2
z = y.sum()
z.backward()
print(x.grad)
print(y.grad)
w = y.retain_grad
"""
TENSORS["random numbers in between"] = """
import torch, random
torch.manual_seed(3)
for i in range(20):
    x = torch.randn(4)
    r = random.random()
    k = torch.randperm(5)
print(x, r, k)
d = torch.nn.Dropout(0.5)
print(d(torch.ones(6)))
"""
TENSORS["versions and views"] = """
import torch
x = torch.arange(6.)
v = x.view(2, 3)
v[0, 0] = 9
x += 1
x.mul_(2)
print(x._version, v._version, v, x.storage_offset(), v.is_contiguous())
t = v.t()
t.add_(1)
print(x)
"""
TENSORS["modes of the learner see nothing of us"] = """
import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
class F(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        print('F', getattr(func, '__name__', func))
        return func(*args, **(kwargs or {}))
class D(TorchDispatchMode):
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        print('D', func)
        return func(*args, **(kwargs or {}))
with F():
    a = torch.ones(2)
    b = a + 1
with D():
    c = torch.ones(2, requires_grad=True)
    d = (c * 2).sum()
    d.backward()
print(c.grad)
"""
TENSORS["a tensor subclass that logs"] = """
import torch
class Logged(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        print('call', getattr(func, '__name__', str(func)))
        return super().__torch_function__(func, types, args, kwargs or {})
x = torch.ones(2).as_subclass(Logged)
y = x + 1
z = y.sum()
print(type(z).__name__)
"""
TENSORS["functorch"] = """
import torch
from torch.func import grad, vmap, jacrev
def f(x):
    y = x ** 2
    return y.sum()
g = grad(f)(torch.arange(3.))
def h(row):
    s = row * 2
    return s.sum()
v = vmap(h)(torch.ones(3, 2))
j = jacrev(lambda x: x ** 2)(torch.arange(3.))
print(g, v, j)
"""
TENSORS["hooks and custom functions"] = """
import torch
class Clip(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        out = x.clamp(0)
        return out
    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        r = g * (x > 0)
        return r
x = torch.tensor([-1., 2.], requires_grad=True)
x.register_hook(lambda g: print('hook', g))
m = torch.nn.Linear(2, 1)
m.register_forward_hook(lambda mod, i, o: print('fwd', o.shape))
m.register_full_backward_hook(lambda mod, gi, go: print('bwd'))
y = m(Clip.apply(x)).sum()
y.backward()
print(x.grad is not None, m)
"""
TENSORS["the profiler's table"] = """
import torch
x = torch.randn(4, 4)
with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU]) as prof:
    y = x @ x
    z = y.relu()
    w = z.sum()
print(sorted((e.key, e.count) for e in prof.key_averages()))
"""
TENSORS["memory is let go"] = """
import torch, weakref, gc
def f():
    big = torch.randn(1000)
    ref = weakref.ref(big)
    out = big.sum()
    return ref
r = f()
print(r() is None)
alive = []
for i in range(5):
    t = torch.randn(100)
    alive.append(weakref.ref(t))
print([a() is None for a in alive])
x = torch.ones(3, requires_grad=True)
for i in range(6):
    loss = (x * 2).sum()
    loss.backward()
    node = weakref.ref(loss)
del loss
print(node() is None)
"""
TENSORS["graph kept in a function is let go"] = """
import torch, weakref
def train():
    w = torch.ones(4, requires_grad=True)
    refs = []
    for i in range(3):
        h = w * i
        loss = h.sum()
        loss.backward()
        refs.append(weakref.ref(h))
        del h, loss
    return [r() is None for r in refs]
print(train())
"""
TENSORS["jit, fx and compile leave functions alone"] = """
import torch
from torch import fx
class M(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.l = torch.nn.Linear(2, 2)
    def forward(self, x):
        y = self.l(x)
        z = y.relu()
        return z
g = fx.symbolic_trace(M())
print(g.code)
@torch.jit.script
def f(a: torch.Tensor) -> torch.Tensor:
    b = a + 1
    return b
print(f(torch.ones(2)))
"""
TENSORS["default device, dtype, deterministic"] = """
import torch
torch.set_default_dtype(torch.float64)
a = torch.randn(3)
torch.set_default_device('meta')
b = torch.randn(3)
torch.set_default_device('cpu')
c = torch.ones(2)
print(a.dtype, b.device, c.dtype)
torch.set_printoptions(precision=2)
d = torch.tensor([1.23456])
print(d)
"""
TENSORS["numpy shares memory"] = """
import numpy as np, torch
a = np.arange(4.)
t = torch.from_numpy(a)
t[0] = 9
a += 1
b = a[::2]
s = np.array(['x', 'y'])
o = np.array([object()], dtype=object)
f = np.float32(2.5)
print(a, t, b, s, f)
"""
TENSORS["error inside a model"] = """
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 8)
        self.b = nn.Sequential(nn.ReLU(), nn.Linear(9, 2))
    def forward(self, x):
        h = self.a(x)
        return self.b(h)
net = Net()
out = net(torch.ones(3, 4))
"""
TENSORS["error in backward"] = """
import torch
x = torch.ones(3, requires_grad=True)
y = x * 2
y.sum().backward()
z = y.sigmoid()
z += 1
z.sum().backward()
"""
TENSORS["error in backward of a vector"] = (
    "import torch\nx = torch.ones(3, requires_grad=True)\ny = x * 2\ny.backward()\n"
)
TENSORS["error in an optimizer"] = (
    "import torch\nw = torch.ones(3, requires_grad=True) * 2\nopt = torch.optim.SGD([w], lr=0.1)\n"
)
TENSORS["a half-built module"] = """
import torch
class Net(torch.nn.Module):
    def __init__(self):
        self.l = torch.nn.Linear(2, 2)
net = Net()
"""
TENSORS["anomaly mode, checkpoint, retain_graph"] = """
import torch
from torch.utils.checkpoint import checkpoint
lin = torch.nn.Linear(3, 3)
x = torch.randn(2, 3)
def block(t):
    u = lin(t)
    return u.relu()
y = checkpoint(block, x, use_reentrant=False).sum()
y.backward(retain_graph=True)
y.backward()
print(lin.weight.grad.sum())
w = torch.ones(2, requires_grad=True)
g, = torch.autograd.grad((w ** 3).sum(), w, create_graph=True)
h, = torch.autograd.grad(g.sum(), w)
print(g, h)
"""
