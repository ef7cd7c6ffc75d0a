"""Reading, writing and removing what is not the run's own."""

from __future__ import annotations

from tests.hostile.attack import Attack, refused

FILES = (
    refused("read a key", "attempt(open, outside['home'] + '/.ssh/id_rsa')", "landlock"),
    refused("list the home folder", "attempt(os.listdir, outside['home'])", "landlock"),
    refused("read a key by a relative path", "attempt(open, os.path.relpath(outside['home']) + '/.ssh/id_rsa')"),
    refused("read a key through a link", "os.symlink(outside['home'], 'l')\nattempt(open, 'l/.ssh/id_rsa')"),
    refused("read a key through /proc/self/root", "attempt(open, '/proc/self/root' + outside['home'] + '/.ssh/id_rsa')"),
    refused("write a new file", "attempt(open, outside['home'] + '/new', 'w')", "landlock"),
    refused("append to a file", "attempt(open, outside['home'] + '/.profile', 'a')", "landlock"),
    refused("truncate a file by name", "attempt(os.truncate, outside['home'] + '/.profile', 0)", "landlock"),
    refused(
        "truncate a file while opening it to read",
        "attempt(os.open, outside['home'] + '/.profile', os.O_RDONLY | os.O_TRUNC)",
        "landlock",
    ),
    refused("remove a file", "attempt(os.remove, outside['home'] + '/.profile')", "landlock"),
    refused("remove a folder", "attempt(os.rmdir, outside['home'] + '/empty')", "landlock"),
    refused("make a folder", "attempt(os.mkdir, outside['home'] + '/folder')", "landlock"),
    refused("rename a file away", "attempt(os.rename, outside['home'] + '/.profile', outside['home'] + '/gone')"),
    refused("move a file in", "attempt(os.rename, outside['home'] + '/.profile', 'mine')", "landlock"),
    refused("move a file out", "open('x', 'w').close()\nattempt(os.rename, 'x', outside['home'] + '/x')"),
    refused("link a file out", "open('x', 'w').close()\nattempt(os.link, 'x', outside['home'] + '/x')"),
    refused("link a key in", "attempt(os.link, outside['home'] + '/.ssh/id_rsa', 'x')", "landlock"),
    refused("leave a link", "attempt(os.symlink, '/etc/passwd', outside['home'] + '/link')", "landlock"),
    refused("leave a pipe", "attempt(os.mkfifo, outside['home'] + '/pipe')", "landlock"),
    refused("make a device", "attempt(os.mknod, 'disk', 0o60600, os.makedev(8, 0))"),
    Attack("remove the home folder", "import shutil\nshutil.rmtree(outside['home'], ignore_errors=True)", layer="landlock"),
    Attack("change a mode", "os.chmod(outside['home'], 0o777)", layer="seccomp"),
    Attack("change an owner", "os.chown(outside['home'], 12345, 12345)"),
    Attack("change a time", "os.utime(outside['home'] + '/.profile', (1, 1))", layer="seccomp"),
    refused("set an attribute", "attempt(os.setxattr, outside['home'] + '/.profile', 'user.x', b'1')", "seccomp"),
    refused("read the passwords", "attempt(open, '/etc/shadow')"),
    refused("read the disk", "attempt(open, '/dev/vda', 'rb')\nattempt(open, '/dev/mem', 'rb')"),
    refused("open the terminal", "attempt(open, '/dev/tty', 'w')\nattempt(open, '/dev/ptmx', 'w')"),
    refused("read the worker's environment", "attempt(open, f\"/proc/{outside['worker']}/environ\")", "landlock"),
    refused("read another program's arguments", "attempt(open, f\"/proc/{outside['victim']}/cmdline\")", "landlock"),
    refused("write another program's memory", "attempt(open, f\"/proc/{outside['victim']}/mem\", 'r+b')", "landlock"),
    refused("spare itself from the out-of-memory killer", "attempt(lambda: os.write(os.open('/proc/self/oom_score_adj', os.O_WRONLY), b'-1000'))"),
    refused("open a file by its handle", "attempt(call, 'open_by_handle_at', -100, 0, 0)"),
    Attack(
        "leave a file in shared memory",
        "from multiprocessing import shared_memory, resource_tracker\n"
        "resource_tracker.register = lambda *a: None\n"
        "shared_memory.SharedMemory(outside['shared'], create=True, size=10)",
        layer="namespaces",
    ),
    Attack("delete its own folder", "import shutil\nshutil.rmtree(os.getcwd(), ignore_errors=True)"),
    Attack("see secrets in the environment", "print(sorted(k for k in os.environ if 'SECRET' in k), open('/proc/self/environ').read().count('SECRET'))", prints="[] 0"),
)  # fmt: skip
