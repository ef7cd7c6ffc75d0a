"""Which files a run may read, run and write: Python's own, the system's libraries, the program's folder, its scratch folder."""

from __future__ import annotations

import glob
import os
import sys

from ..program import Program
from .landlock import DEVICE, OWN, READ, READ_FILE, RUN, WRITE, WRITE_FILE, Rule

SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/sbin", "/opt/rocm")
CONFIGURATION = (
    "/etc/ld.so.cache", "/etc/localtime", "/etc/timezone", "/etc/ssl", "/etc/passwd", "/etc/group", "/etc/nsswitch.conf",
    "/etc/hosts", "/etc/host.conf", "/etc/resolv.conf", "/etc/gai.conf", "/etc/alternatives", "/etc/mime.types",
    "/etc/fonts", "/etc/debian_version", "/etc/os-release", "/etc/matplotlibrc",
)  # fmt: skip
KERNEL = (
    "/sys/devices/system", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/uptime", "/proc/loadavg", "/proc/filesystems",
    "/proc/sys/vm", "/proc/sys/kernel", "/proc/self",
)  # fmt: skip
INTERFACES = ("/sys/bus", "/sys/class", "/sys/devices", "/proc/net")
"""What gloo and CUDA look for; in a network namespace of its own it shows nothing of the machine's."""
GRAPHICS = "/dev/nvidia*", "/dev/nvidia-caps/*", "/dev/dxg", "/dev/kfd", "/dev/dri/renderD*"


def gpu_nodes() -> list[str]:
    """Device nodes of graphics cards on this machine."""
    return [node for pattern in GRAPHICS for node in glob.glob(pattern)]


def pythons_own() -> list[str]:
    """The folders Python and torch are read from; never the whole disk and never a home folder as such."""
    too_much = {"/", "/root", "/home", os.path.realpath(os.path.expanduser("~"))}
    entries = [
        sys.prefix,
        sys.base_prefix,
        sys.exec_prefix,
        *sys.path,
        os.path.dirname(os.path.dirname(__file__)),
    ]
    entries += os.environ.get("LD_LIBRARY_PATH", "").split(":")
    found = {os.path.realpath(entry) for entry in entries if entry and os.path.isabs(entry)}
    return sorted(entry for entry in found if entry not in too_much and os.path.exists(entry))


def rules(program: Program, scratch: str, own: list[str]) -> list[Rule]:
    """Every rule of one run. `own` as `pythons_own` found it."""
    granted = [Rule(path, RUN) for path in (*own, *SYSTEM)]
    granted += [Rule(path, READ) for path in (*CONFIGURATION, *KERNEL, *INTERFACES)]
    granted += [Rule(path, DEVICE) for path in ("/dev/null", "/dev/zero", "/dev/full")]
    granted += [Rule(path, READ_FILE) for path in ("/dev/random", "/dev/urandom")]
    granted.append(Rule("/dev/shm", WRITE))
    nodes = gpu_nodes()
    if nodes:
        granted += [Rule(node, DEVICE) for node in nodes]
        granted += [
            Rule(path, READ)
            for path in ("/sys", "/proc/driver/nvidia", "/proc/driver/nvidia-uvm", "/proc/devices")
        ]
        # cuInit writes the names of its threads; refused, it fails with "error 304: OS call failed".
        granted.append(Rule("/proc/self/task", READ | WRITE_FILE))
    if program.folder is not None:
        granted.append(Rule(os.path.realpath(program.folder), RUN))
    granted += [Rule(os.path.realpath(path), OWN) for path in program.allow_write]
    granted.append(Rule(scratch, OWN))
    return granted
