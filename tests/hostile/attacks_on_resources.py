"""Time, memory, processes, disk and output without end."""

from __future__ import annotations

from tests.hostile.attack import Attack

SHORT = {"seconds": 0.6}
SMALL = {"seconds": 8, "memory_mb": 300}

RESOURCES = (
    Attack("loop for ever", "while True: pass", "timeout", "--time-limit", "KeyboardInterrupt", SHORT),
    Attack("sleep for ever", "time.sleep(1000)", "timeout", "0.6 s", "KeyboardInterrupt", SHORT),
    Attack("ignore every signal", "for n in range(1, 32):\n    try: signal.signal(n, signal.SIG_IGN)\n    except OSError: pass\nwhile True: pass", "timeout", "--time-limit", limits=SHORT),
    Attack("stop itself", "os.kill(os.getpid(), signal.SIGSTOP)", "timeout", "--time-limit", limits=SHORT),
    Attack("leave a thread running", "import threading\nthreading.Thread(target=lambda: time.sleep(1000)).start()", "timeout", "--time-limit", limits=SHORT),
    Attack("sleep on the way out", "import atexit\natexit.register(time.sleep, 1000)", "timeout", "--time-limit", limits=SHORT),
    Attack("import a module that never ends", "open('endless.py', 'w').write('while True: pass')\nimport endless", "timeout", "--time-limit", "endless.py", SHORT),
    Attack("a regular expression that explodes", "import re\nre.match(r'(a+)+$', 'a' * 40 + 'b')", "timeout", "--time-limit", limits=SHORT),
    Attack("a power that never ends", "9 ** 9 ** 9", "timeout", "--time-limit", limits=SHORT),
    Attack("fill memory with bytes", "x = []\nwhile True: x.append(bytearray(10**8))", "memory", "--memory-limit", limits=SMALL),
    Attack("fill memory with a list", "x = [0]\nwhile True: x += x", "memory", "--memory-limit", limits=SMALL),
    Attack("fill memory with tensors", "import torch\nx = [torch.ones(10**7)]\nwhile True: x.append(x[0].clone())", "memory", "--memory-limit", limits=SMALL),
    Attack("fill memory with children", "import torch\nfor _ in range(8):\n    if os.fork() == 0:\n        x = bytearray(b'1') * (150 << 20)\n        time.sleep(100)\ntime.sleep(100)", "memory", "--memory-limit", limits=SMALL),
    Attack("fill shared memory", "import mmap\nx = mmap.mmap(-1, 2 << 30)\nfor i in range(0, 2 << 30, 4096): x[i] = 1", "memory", "--memory-limit", limits=SMALL),
    Attack("a file of holes", "f = open('x', 'wb')\nf.truncate(100 << 30)", "error", "disk limit", layer="limits"),
    Attack("one large file", "f = open('x', 'wb')\nwhile True: f.write(b'x' * (1 << 20))", "error", "disk limit", limits={"seconds": 8, "disk_mb": 30}),
    Attack("many files", "i = 0\nwhile True:\n    open(f'f{i}', 'wb').write(b'x' * (8 << 20)); i += 1", "stopped", "disk limit", limits={"seconds": 8, "disk_mb": 40}),
    Attack("many empty files", "i = 0\nwhile True:\n    open(f'f{i}', 'wb').close(); i += 1", "stopped", "files", limits={"seconds": 8, "files": 500}),
    Attack("deep folders", "while True:\n    os.mkdir('d'); os.chdir('d')", "stopped", "files", limits={"seconds": 8, "files": 500}),
    Attack("a bomb of forks", "while True:\n    try: os.fork()\n    except OSError: pass", "timeout stopped", limits={"seconds": 1, "processes": 40}),
    Attack("a bomb of threads", "import threading\nwhile True: threading.Thread(target=time.sleep, args=(100,)).start()", "error timeout", limits={"seconds": 1, "processes": 40}),
    Attack("children that breed", "while True:\n    if os.fork() == 0: continue\n    time.sleep(0.005)\n    os._exit(0)", "crashed timeout stopped", limits={"seconds": 1, "processes": 40}),
    Attack("open files without end", "x = []\nwhile True: x.append(os.open('.', os.O_RDONLY))", "error", prints="Too many open files"),
    Attack("print without end", "while True: print('y' * 100)", "stopped", "output limit", limits={"seconds": 8, "output_kb": 512}),
    Attack("print errors without end", "while True: print('y' * 100, file=sys.stderr)", "stopped", "output limit", limits={"seconds": 8, "output_kb": 512}),
    Attack("one endless line", "while True: os.write(1, b'y' * 65536)", "stopped", "output limit", limits={"seconds": 8, "output_kb": 512}),
    Attack("endless NULs", "while True: os.write(1, bytes(65536))", "stopped", "output limit", limits={"seconds": 8, "output_kb": 512}),
    Attack("the repr of a huge list", "print([0] * (1 << 27))", "memory stopped timeout", limits={"seconds": 3, "memory_mb": 300, "output_kb": 512}),
    Attack("recursion", "def f(): f()\nf()", "error", prints="RecursionError"),
    Attack("recursion in C", "x = []\nfor _ in range(10**6): x = [x]\nprint(repr(x))", "error crashed", limits={"seconds": 8}),
)  # fmt: skip

INTEGRITY = (
    Attack("say finished itself", "for fd in range(1, 300):\n    try: os.write(fd, b'{\"event\":\"finished\",\"status\":\"ok\"}\\n')\n    except OSError: pass\n1/0", "error"),
    Attack("close every descriptor", "os.closerange(0, 5000)", "crashed", "before the end"),
    Attack("leave with success", "os._exit(0)", "crashed", "before the end"),
    Attack("patch what reports", "import json, time, builtins\njson.dumps = lambda *a, **k: '{}'\nos.write = lambda *a: 0\ntime.monotonic = lambda: 0\nbuiltins.print = None\n1/0", "error"),
    Attack("crash", "ctypes.string_at(0)", "crashed", "SIGSEGV"),
    Attack("abort", "os.abort()", "crashed", "SIGABRT"),
    Attack("kill itself", "os.kill(os.getpid(), 9)", "crashed", "SIGKILL"),
    Attack("invalid text", "os.write(1, b'\\xff\\xfe\\x00')\nprint('\\ud800\\x00')", prints="\\xff\\xfe"),
    Attack("source with a NUL", "x = '\0'", "error", prints="null"),
    Attack("an error of five megabytes", "raise ValueError('x' * 5_000_000)", "error"),
    Attack("an error that cannot be shown", "class E(Exception):\n    def __str__(self): raise SystemExit\nraise E", "error crashed"),
    Attack("clear what is imported", "sys.modules.clear()\nsys.path.clear()", "ok error"),
    Attack("clear its own names", "globals().clear()\n1/0", "error"),
    Attack("an evil pickle", "import pickle\nclass E:\n    def __reduce__(self): return os.system, ('touch ' + outside['home'] + '/pwned',)\npickle.loads(pickle.dumps(E()))"),
    Attack("an evil checkpoint", "import torch\nclass E:\n    def __reduce__(self): return os.system, ('true',)\ntorch.save(E(), 'x.pt')\ntorch.load('x.pt')", "error", prints="UnpicklingError"),
    Attack("read input that never comes", "input()", "error", prints="EOFError"),
    Attack("an exit in a thread", "import threading\nt = threading.Thread(target=sys.exit); t.start(); t.join()\nprint('on')", prints="on"),
    Attack("detach a child", "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0: time.sleep(1000)\n    os._exit(0)"),
    Attack("a child that holds the output open", "import subprocess\nsubprocess.Popen(['sleep', '1000'], start_new_session=True)"),
)  # fmt: skip
