"""The filter of system calls, run by a small interpreter of its own: for both architectures, whatever machine this is."""

from __future__ import annotations

import errno
import struct

import pytest

from tutor.worker.confine import bpf, calls
from tutor.worker.confine.seccomp import Filter, assemble

PID = 5000
ALLOWED = "allowed"
WRITE = {"x86_64": 1, "aarch64": 64}
MACHINES = tuple(calls.ARCHITECTURES)


def verdict(code: bytes, machine: str, number: int, *arguments: int) -> str:
    """What the kernel would answer: `allowed`, `killed`, or the errno's name; `done` for pretended success."""
    padded = [value & 0xFFFFFFFFFFFFFFFF for value in (*arguments, 0, 0, 0, 0, 0, 0)[:6]]
    seen = struct.pack("<IIQ6Q", number, calls.ARCHITECTURES[machine][1], 0, *padded)
    word, at = 0, 0
    program = list(struct.iter_unpack("HBBI", code))
    while True:
        operation, if_true, if_false, value = program[at]
        at += 1
        match operation:
            case 0x20:
                (word,) = struct.unpack_from("<I", seen, value)
            case 0x54:
                word &= value
            case 0x15:
                at += if_true if word == value else if_false
            case 0x35:
                at += if_true if word >= value else if_false
            case 0x45:
                at += if_true if word & value else if_false
            case 0x06:
                return _named(value)
            case _:
                raise AssertionError(f"unknown instruction {operation:#x}")


def _named(answer: int) -> str:
    if answer == bpf.ALLOW:
        return ALLOWED
    if answer == bpf.KILL_PROCESS:
        return "killed"
    number = answer - bpf.ERRNO
    return errno.errorcode[number] if number else "done"


@pytest.fixture(params=MACHINES)
def machine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def column(machine: str) -> int:
    return calls.ARCHITECTURES[machine][0]


def test_every_refused_call_is_refused(machine: str) -> None:
    code = assemble(Filter(PID, machine=machine))
    for name, numbers in calls.REFUSED.items():
        number = numbers[column(machine)]
        assert number is None or verdict(code, machine, number) == "EPERM", name


def test_calls_landlock_does_not_know_are_pretended_or_unsupported(machine: str) -> None:
    code = assemble(Filter(PID, machine=machine))
    for table, answer in (
        (calls.PRETENDED, "done"),
        (calls.UNSUPPORTED, "ENOTSUP"),
        (calls.UNKNOWN, "ENOSYS"),
    ):
        for numbers in table.values():
            number = numbers[column(machine)]
            assert number is None or verdict(code, machine, number) in (answer, "EOPNOTSUPP")


def test_ordinary_calls_pass(machine: str) -> None:
    assert verdict(assemble(Filter(PID, machine=machine)), machine, WRITE[machine], 1) == ALLOWED


def test_only_internet_sockets_open_and_only_where_there_is_a_network(machine: str) -> None:
    number = calls.SOCKET[column(machine)]
    assert number is not None
    families = {"unix": 1, "internet": 2, "internet 6": 10, "netlink": 16, "packet": 17, "vsock": 40}
    without, within = (assemble(Filter(PID, network=network, machine=machine)) for network in (False, True))
    assert {verdict(without, machine, number, family) for family in families.values()} == {"EACCES"}
    opened = {
        name for name, family in families.items() if verdict(within, machine, number, family) == ALLOWED
    }
    assert opened == {"internet", "internet 6", "netlink"}


@pytest.mark.parametrize(
    ("pid", "answer"),
    [(PID, ALLOWED), (PID + 9, ALLOWED), (0, ALLOWED), (-PID, ALLOWED), (PID - 1, "EPERM"), (1, "EPERM"), (-1, "EPERM"), (-PID - 1, "EPERM")],
)  # fmt: skip
def test_only_processes_of_the_run_can_be_signalled(machine: str, pid: int, answer: str) -> None:
    number = calls.NAMES_A_PROCESS["kill"][column(machine)]
    assert verdict(assemble(Filter(PID, machine=machine)), machine, number, pid & 0xFFFFFFFF, 9) == answer


def test_priorities_of_groups_and_users_are_refused(machine: str) -> None:
    code = assemble(Filter(PID, machine=machine))
    for name, which in calls.WHICH_PROCESS.items():
        number = calls.NAMES_A_PROCESS[name][column(machine)]
        assert verdict(code, machine, number, which, 0) == ALLOWED
        assert verdict(code, machine, number, which + 1, 0) == "EPERM"


def test_threads_are_cloned_and_namespaces_are_not(machine: str) -> None:
    number = calls.CLONE[column(machine)]
    assert number is not None
    code = assemble(Filter(PID, machine=machine))
    assert verdict(code, machine, number, 0x3D0F00) == ALLOWED
    assert verdict(code, machine, number, 0x10000000) == "EPERM"


def test_typing_into_a_terminal_is_refused_and_other_requests_pass(machine: str) -> None:
    number = calls.IOCTL[column(machine)]
    assert number is not None
    code = assemble(Filter(PID, machine=machine))
    assert [verdict(code, machine, number, 0, request) for request in (0x5412, 0x541C, 0x5401)] == [
        "EPERM",
        "EPERM",
        ALLOWED,
    ]


def test_truncation_is_guarded_only_where_landlock_does_not_know_it(machine: str) -> None:
    number = calls.OPENAT[column(machine)]
    assert number is not None
    guarded, plain = (assemble(Filter(PID, guard_truncate=guard, machine=machine)) for guard in (True, False))
    read_and_truncate, write_and_truncate = 0o1000, 0o1001
    assert verdict(guarded, machine, number, 0, 0, read_and_truncate) == "EACCES"
    assert verdict(guarded, machine, number, 0, 0, write_and_truncate) == ALLOWED
    assert verdict(plain, machine, number, 0, 0, read_and_truncate) == ALLOWED


def test_memory_behind_a_descriptor_is_for_graphics_cards(machine: str) -> None:
    number = calls.MEMFD_CREATE[column(machine)]
    assert number is not None
    assert verdict(assemble(Filter(PID, machine=machine)), machine, number) == "EPERM"
    assert verdict(assemble(Filter(PID, memfd=True, machine=machine)), machine, number) == ALLOWED


def test_a_foreign_architecture_is_killed_and_x32_refused() -> None:
    code = assemble(Filter(PID, machine="x86_64"))
    assert verdict(code, "aarch64", 64) == "killed"
    assert verdict(code, "x86_64", 0x40000001) == "EPERM"


def test_no_two_calls_share_a_number(machine: str) -> None:
    tables = (calls.REFUSED, calls.PRETENDED, calls.UNSUPPORTED, calls.UNKNOWN)
    numbers = [numbers[column(machine)] for table in tables for numbers in table.values()]
    numbers += [row[column(machine)] for row in calls.NAMES_A_PROCESS.values()]
    known = [number for number in numbers if number is not None]
    assert len(known) == len(set(known))
