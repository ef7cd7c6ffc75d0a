"""Programs that fail, leave early, or look at themselves."""

OWN_BUSINESS: dict[str, str] = {}

OWN_BUSINESS["error in the middle of an expression"] = """
def outer(v):
    rows = [1, 2, 3]
    return (rows[0] + rows[v]
            + rows[2])
def caller():
    a = 1; b = outer(9)
    return b
caller()
"""
OWN_BUSINESS["error in a multi-line call"] = """
def f(a, b, c):
    return a + b + c
t = f(1,
      2,
      'x'
      )
"""
OWN_BUSINESS["chained exceptions"] = """
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
OWN_BUSINESS["exception printed by the program"] = """
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
OWN_BUSINESS["assertion with a message"] = "x = [1, 2]\nassert len(x) == 3, f'wanted 3, got {len(x)}'\n"
OWN_BUSINESS["exit code by sys.exit"] = "import sys\nv = 3\nprint('bye')\nsys.exit(v)\n"
OWN_BUSINESS["keyboard interrupt"] = "n = 1\nraise KeyboardInterrupt\n"
OWN_BUSINESS["locals, vars and dir"] = """
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
OWN_BUSINESS["inspect its own source"] = """
import inspect
def f(x):
    # a comment
    y = x + 1
    return y
print(inspect.getsource(f))
print(inspect.signature(f), inspect.currentframe().f_lineno)
z = f(1)
"""
OWN_BUSINESS["eval and exec"] = """
a = 2
print(eval('a + 1'))
exec('b = a * 4\\nfor i in range(2): b += i')
print(b)
scope = {}
exec('def f(x):\\n    return x + 1', scope)
print(scope['f'](2))
"""
OWN_BUSINESS["enum, dataclass, namedtuple"] = """
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
OWN_BUSINESS["warnings are shown once"] = """
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
OWN_BUSINESS["threads and forks"] = """
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
OWN_BUSINESS["pickle of a class in main"] = """
import pickle
class A:
    def __init__(self, x):
        self.x = x
a = pickle.loads(pickle.dumps(A(3)))
print(a.x, type(a).__module__)
"""
OWN_BUSINESS["comprehensions, lambdas and defaults"] = """
fs = [lambda x=i: x for i in range(3)]
print([f() for f in fs])
s = {k: v for k, v in zip('ab', (1, 2))}
print(s, {i % 2 for i in range(4)})
print((lambda: zz)())
"""
OWN_BUSINESS["odd layout"] = (
    "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nif True:\n\tx = 1; y = 2\n\tprint(x, y)\r\nz = 'λ → ∇'\nprint(z)\n"
    "def f(): return 1\nw = f() \\\n    + 2\nprint(w)\nλ = [1]\nprint('ünïcode', λ[3], w)\n"
)
OWN_BUSINESS["syntax error"] = "x = 1\nfor i in range(3)\n    print(i)\n"
OWN_BUSINESS["contexts, nested"] = """
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
OWN_BUSINESS["super without arguments"] = """
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
