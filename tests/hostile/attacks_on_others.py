"""The network, other processes, and the kernel itself."""

from __future__ import annotations

from tests.hostile.attack import Attack, refused

NETWORK = (
    refused("connect by TCP", "attempt(lambda: socket.create_connection(('127.0.0.1', outside['tcp']), 2).send(b'x'))", "network"),
    refused("connect by TCP over IPv6", "attempt(lambda: socket.create_connection(('::1', outside['tcp']), 2))"),
    Attack(
        "send by UDP",
        "try: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', outside['udp']))\nexcept OSError: pass",
        layer="network",
    ),
    refused("connect to a named Unix socket", "attempt(lambda: socket.socket(socket.AF_UNIX).connect(outside['unix']))", "seccomp"),
    refused("connect to an abstract Unix socket", "attempt(lambda: socket.socket(socket.AF_UNIX).connect('\\0' + outside['abstract']))", "seccomp"),
    refused("open a raw socket", "attempt(socket.socket, socket.AF_INET, socket.SOCK_RAW, 1)"),
    refused("open a packet socket", "attempt(socket.socket, socket.AF_PACKET, socket.SOCK_RAW)"),
    refused("open a vsock", "attempt(socket.socket, 40, socket.SOCK_STREAM)"),
    Attack("ask a name server", "try: socket.getaddrinfo('example.com', 80)\nexcept OSError: print('refused')", prints="refused"),
    Attack("download", "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:%d/' % outside['tcp'], timeout=2)", "error", "--allow-net"),
    Attack("download by torch.hub", "import torch\ntorch.hub.load_state_dict_from_url('https://127.0.0.1/x.pt', model_dir='.')", "error", "--allow-net"),
    Attack("connect a pair of sockets of its own", "a, b = socket.socketpair()\na.send(b'x')\nprint(b.recv(1))", prints="b'x'"),
)  # fmt: skip

PROCESSES = (
    refused("kill another program", "attempt(os.kill, outside['victim'], 9)", "signals"),
    refused("kill the worker", "attempt(os.kill, outside['worker'], 9)"),
    refused("kill its supervisor", "attempt(os.kill, os.getppid(), 9)"),
    refused("stop its supervisor", "attempt(os.kill, os.getppid(), 19)"),
    refused("kill everything", "attempt(os.kill, -1, 9)"),
    refused("kill another group", "attempt(os.killpg, outside['victim'], 9)"),
    refused("signal through a descriptor", "attempt(call, 'pidfd_open', outside['victim'], 0)", "seccomp"),
    refused("queue a signal", "attempt(call, 'rt_sigqueueinfo', outside['victim'], 9, ctypes.create_string_buffer(128))"),
    refused("trace another program", "attempt(call, 'ptrace', 16, outside['victim'], 0, 0)", "seccomp"),
    refused("trace its supervisor", "attempt(call, 'ptrace', 0x4206, os.getppid(), 0, 0)"),
    refused("read another program's memory", "attempt(call, 'process_vm_readv', outside['victim'], 0, 0, 0, 0, 0)", "seccomp"),
    refused("limit another program", "import resource\nattempt(resource.prlimit, outside['victim'], resource.RLIMIT_CPU, (1, 1))", "seccomp"),
    refused("pin another program", "attempt(os.sched_setaffinity, outside['victim'], {0})", "seccomp"),
    refused("slow another program", "attempt(os.setpriority, os.PRIO_PROCESS, outside['victim'], 19)", "seccomp"),
    refused("slow every program of the user", "attempt(os.setpriority, os.PRIO_USER, 0, 19)"),
    refused("become faster", "attempt(os.setpriority, os.PRIO_PROCESS, 0, -5)"),
    refused("become root", "attempt(os.setuid, 0) if os.getuid() else print('refused')\nattempt(os.setgroups, [0])"),
    refused("raise its own limits", "import resource\nattempt(resource.setrlimit, resource.RLIMIT_NPROC, (10**6, 10**6))"),
    Attack("gain by a setuid program", "import subprocess, shutil\nsu = shutil.which('su')\nprint(subprocess.run([su, '-c', 'id -u'], capture_output=True, stdin=subprocess.DEVNULL).returncode != 0)", prints="True"),
)  # fmt: skip

KERNEL = (
    refused("mount", "attempt(call, 'mount', b'none', b'/mnt', b'tmpfs', 0, 0)"),
    refused("leave its namespaces", "attempt(call, 'unshare', 0x10000000)", "seccomp"),
    refused("clone into a namespace", "attempt(call, 'clone3', 0, 0)"),
    refused("enter another namespace", "attempt(call, 'setns', 0, 0)"),
    refused("change the root", "attempt(call, 'chroot', b'.')"),
    refused("use the key ring", "attempt(call, 'keyctl', 0, -3, 1)", "seccomp"),
    refused("load a filter program", "attempt(call, 'bpf', 0, 0, 0)"),
    refused("use io_uring", "attempt(call, 'io_uring_setup', 1, ctypes.create_string_buffer(256))", "seccomp"),
    refused("catch page faults", "attempt(call, 'userfaultfd', 1)", "seccomp"),
    refused("count the processor's events", "attempt(call, 'perf_event_open', 0, 0, 0, 0, 0)"),
    refused("change the personality", "attempt(call, 'personality', 0x0040000)", "seccomp"),
    refused("set the clock", "attempt(call, 'clock_settime', 0, ctypes.create_string_buffer(16))"),
    refused("rename the machine", "attempt(call, 'sethostname', b'x', 1)"),
    refused("type into a terminal", "import fcntl\nattempt(fcntl.ioctl, 0, 0x5412, b'x')\nattempt(fcntl.ioctl, 1, 0x5412, b'x')"),
    refused("share memory that outlives it", "attempt(call, 'shmget', 7777, 4096, 0o1666)"),
    refused("hide memory in a descriptor", "attempt(os.memfd_create, 'm')", "seccomp"),
    refused("watch files everywhere", "attempt(call, 'fanotify_init', 0, 0)"),
)  # fmt: skip
