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
