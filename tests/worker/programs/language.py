"""Programs about the language: every construct that a rewriter can get wrong."""

LANGUAGE: dict[str, str] = {}

LANGUAGE["docstring and future import"] = '''"""Module text."""
from __future__ import annotations
x: int = 3
def f(a: Undefined) -> int:
    "text of f"
    return a + 1
print(__doc__, f.__doc__, f(x), f.__annotations__, __annotations__)
'''
LANGUAGE["private names in a class"] = """
class Net:
    __hidden = 3
    def __init__(self):
        self.__secret = 5
        __local = self.__secret
        self.total = __local + self.__hidden
    def get(self):
        return self.__secret
n = Net()
print(n.get(), n.total, sorted(vars(n)))
"""
LANGUAGE["walrus everywhere"] = """
def nxt(it):
    return next(it, None)
it = iter([1, 2, 3])
while (v := nxt(it)) is not None:
    print(v)
ok = False and (never := 1)
print(ok, 'never' in globals())
print([y := i * 2 for i in range(3)], y)
f = lambda a: (b := a + 1) * b
print(f(3))
if (n := len('abc')) > 2 and (m := n * 2) > 5:
    print(n, m)
"""
LANGUAGE["global and nonlocal"] = """
total = 0
def add(k):
    global total
    total += k
    count = 0
    def inner():
        nonlocal count
        count += 1
        return count
    return inner() + inner() + total
print(add(2), add(3), total)
"""
LANGUAGE["generators"] = """
def gen(n):
    for i in range(n):
        got = yield i
        if got:
            print('got', got)
    return 'done'
def outer():
    result = yield from gen(3)
    print(result)
g = outer()
print(next(g), g.send('a'), next(g), list(g))
squares = (k * k for k in range(4))
print(list(squares))
"""
LANGUAGE["async for and with"] = """
import asyncio
class Ctx:
    async def __aenter__(self):
        return 'in'
    async def __aexit__(self, *exc):
        print('out')
async def ag():
    for i in range(2):
        yield i
async def main():
    t = 0
    async for q in ag():
        t += q
    async with Ctx() as c:
        print(c)
    return t
print(asyncio.run(main()))
async def boom():
    w = await asyncio.sleep(0)
    return w.nope
asyncio.run(boom())
"""
LANGUAGE["decorators and properties"] = """
calls = []
def deco(fn):
    def wrapper(*args, **kw):
        calls.append(fn.__name__)
        return fn(*args, **kw)
    return wrapper
class Box:
    def __init__(self):
        self._v = 0
        self.v = 3
    @property
    def v(self):
        calls.append('read')
        return self._v
    @v.setter
    def v(self, x):
        calls.append('write')
        self._v = x
    @deco
    def twice(self, *, by=2):
        return self.v * by
    @staticmethod
    def s(a, /, b): return a - b
b = Box()
b.v = 4
b.v += 1
print(b.twice(), Box.s(3, 1), calls)
"""
LANGUAGE["slots and descriptors"] = """
class P:
    __slots__ = ('x', 'y')
    def __init__(self, x, y):
        self.x, self.y = x, y
class D:
    def __set_name__(self, owner, name): print('named', name)
    def __get__(self, obj, owner): print('get'); return 7
    def __set__(self, obj, value): print('set', value)
class Q:
    d = D()
p = P(1, 2)
p.x += 5
q = Q()
q.d = 3
q.d += 1
print(p.x, p.y)
"""
LANGUAGE["a class whose repr and len talk"] = """
class Loud:
    def __repr__(self): print('repr!'); return 'Loud'
    def __len__(self): print('len!'); return 3
    def __bool__(self): print('bool!'); return True
    def __eq__(self, other): print('eq!'); return False
    def __hash__(self): return 1
    def __getattr__(self, name): print('getattr', name); raise AttributeError(name)
    def __iter__(self): print('iter!'); return iter([1, 2])
class LoudList(list):
    def __len__(self): print('list len!'); return 99
    def __iter__(self): print('list iter!'); return iter([])
    def __getitem__(self, k): print('list item!'); return 0
    def __repr__(self): print('list repr!'); return 'LL'
loud = Loud()
things = [loud, loud]
table = {loud: 1}
ll = LoudList([1, 2, 3])
for a in (loud,):
    kept = a
class Meta(type):
    def __repr__(cls): print('meta repr'); return 'M'
class WithMeta(metaclass=Meta): pass
w = WithMeta
u = WithMeta()
"""
LANGUAGE["match statement"] = """
def kind(v):
    match v:
        case [x, *rest]:
            return ('list', x, rest)
        case {'k': val, **others}:
            return ('dict', val, others)
        case int() | float() as num if num > 3:
            return ('big', num)
        case str(s):
            return s
        case _:
            return None
print(kind([1, 2, 3]), kind({'k': 1, 'j': 2}), kind(5), kind('a'), kind(1))
"""
LANGUAGE["try, finally, else and loops"] = """
def f(n):
    try:
        x = 1 / n
        return x
    except ZeroDivisionError as e:
        y = str(e)
        return y
    else:
        return 'else'
    finally:
        print('finally', n)
print(f(0), f(2))
i = 0
while True:
    i += 1
    if i == 2: continue
    if i > 3: break
    j = i * 2
else:
    j = None
for k in []:
    pass
else:
    k = 'none'
print(i, j, k)
"""
LANGUAGE["unpacking of all kinds"] = """
a, (b, *c), d = 1, (2, 3, 4), 5
[e, f] = 'xy'
g = h = [0]
g += [1]
first, *_ = range(4)
m = {}
m['k'], m['j'] = 1, 2
class O: pass
o = O()
o.p, o.q = o.r = (7, 8)
o.p += 1
x: list = []
y: int
print(a, b, c, d, e, f, g, h, first, m, o.p, o.q, o.r, x)
for i, (j, k) in enumerate([(1, 2), (3, 4)]):
    z = i + j + k
print(z)
b, c = 1, 2, 3
"""
LANGUAGE["deleted names"] = """
a = 1
del a
b = 2; c = 3; del b
def f(x):
    y = x
    del x
    return y
print(f(3), c)
for n in range(3):
    t = n
    del n
print(t)
del globals()['c']
print(a)
"""
LANGUAGE["a name deleted behind the back of the block"] = """
def wipe():
    del globals()['q']
q = 5
r = wipe()
print('q' in globals())
"""
LANGUAGE["recursion to the limit"] = """
import sys
sys.setrecursionlimit(300)
def down(n):
    m = n + 1
    return down(m)
def exact(n):
    k = n - 1
    if k <= 0:
        return 0
    v = exact(k)
    return v + 1
print(exact(200))
try:
    down(0)
except RecursionError as e:
    print(str(e)[:33])
down(0)
"""
LANGUAGE["error in the middle of an expression"] = """
def outer(v):
    rows = [1, 2, 3]
    return (rows[0] + rows[v]
            + rows[2])
def caller():
    a = 1; b = outer(9)
    return b
caller()
"""
LANGUAGE["error in a multi-line call"] = """
def f(a, b, c):
    return a + b + c
t = f(1,
      2,
      'x'
      )
"""
LANGUAGE["chained exceptions"] = """
def g():
    try:
        d = {}
        d['k']
    except KeyError as e:
        raise ValueError('wrapped') from e
try:
    g()
except ValueError:
    x = undefined_name
"""
LANGUAGE["exception printed by the program"] = """
import traceback
def f(x):
    y = x * 2
    return y + None
try:
    f(2)
except TypeError:
    traceback.print_exc()
    print(traceback.format_exc().count('File'))
"""
LANGUAGE["assertion with a message"] = "x = [1, 2]\nassert len(x) == 3, f'wanted 3, got {len(x)}'\n"
LANGUAGE["exit code by sys.exit"] = "import sys\nv = 3\nprint('bye')\nsys.exit(v)\n"
LANGUAGE["keyboard interrupt"] = "n = 1\nraise KeyboardInterrupt\n"
LANGUAGE["locals, vars and dir"] = """
def f(a, b=2):
    c = a + b
    print(sorted(locals()))
    def g():
        return c
    return sorted(vars())
print(f(1))
class K:
    z = 1
    names = sorted(n for n in locals() if not n.startswith('__'))
print(K.names, [n for n in dir() if not n.startswith('__')])
print(sorted(n for n in globals() if not n.startswith('__')))
"""
LANGUAGE["inspect its own source"] = """
import inspect
def f(x):
    # a comment
    y = x + 1
    return y
print(inspect.getsource(f))
print(inspect.signature(f), inspect.currentframe().f_lineno)
z = f(1)
"""
LANGUAGE["eval and exec"] = """
a = 2
print(eval('a + 1'))
exec('b = a * 4\\nfor i in range(2): b += i')
print(b)
scope = {}
exec('def f(x):\\n    return x + 1', scope)
print(scope['f'](2))
"""
LANGUAGE["enum, dataclass, namedtuple"] = """
import enum, dataclasses, collections
class Color(enum.Enum):
    RED = 1
    GREEN = 2
    @property
    def low(self): return self.name.lower()
@dataclasses.dataclass
class Point:
    x: int
    y: int = 3
    tags: list = dataclasses.field(default_factory=list)
Pair = collections.namedtuple('Pair', 'a b')
p = Point(1)
p.x += 4
c = Color.RED
q = Pair(1, 2)
print(p, c, c.low, q, list(Color))
"""
LANGUAGE["warnings are shown once"] = """
import warnings
def w():
    warnings.warn('careful')
    return 1
for i in range(3):
    v = w()
warnings.simplefilter('error')
try:
    w()
except UserWarning as e:
    print('raised', e)
"""
LANGUAGE["threads and forks"] = """
import threading, os
seen = []
def work(k):
    v = k * 2
    seen.append(v)
ts = [threading.Thread(target=work, args=(i,)) for i in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(seen), threading.active_count(), [t.name for t in threading.enumerate()])
r, w = os.pipe()
pid = os.fork()
if pid == 0:
    value = 42
    os.write(w, str(value).encode())
    os._exit(0)
os.waitpid(pid, 0)
print(os.read(r, 10))
"""
LANGUAGE["pickle of a class in main"] = """
import pickle
class A:
    def __init__(self, x):
        self.x = x
a = pickle.loads(pickle.dumps(A(3)))
print(a.x, type(a).__module__)
"""
LANGUAGE["comprehensions, lambdas and defaults"] = """
fs = [lambda x=i: x for i in range(3)]
print([f() for f in fs])
s = {k: v for k, v in zip('ab', (1, 2))}
print(s, {i % 2 for i in range(4)})
print((lambda: zz)())
"""
LANGUAGE["odd layout"] = (
    "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nif True:\n\tx = 1; y = 2\n\tprint(x, y)\r\nz = 'λ → ∇'\nprint(z)\n"
    "def f(): return 1\nw = f() \\\n    + 2\nprint(w)\nλ = [1]\nprint('ünïcode', λ[3], w)\n"
)
LANGUAGE["syntax error"] = "x = 1\nfor i in range(3)\n    print(i)\n"
LANGUAGE["contexts, nested"] = """
import contextlib
@contextlib.contextmanager
def cm(name):
    print('enter', name)
    try:
        yield name.upper()
    finally:
        print('exit', name)
with cm('a') as a, cm('b') as (b):
    x = a + b
with contextlib.suppress(ZeroDivisionError):
    y = 1 / 0
print(x, 'y' in globals())
def f():
    with cm('c') as c:
        return c
print(f())
"""
LANGUAGE["super without arguments"] = """
class A:
    def __init__(self, v):
        self.v = v
    def f(self, k): return self.v + k
class B(A):
    def __init__(self):
        super().__init__(3)
        self.w = __class__.__name__
    def f(self, k):
        r = super().f(k)
        return r * 2
b = B()
print(b.f(1), b.w)
"""
