"""An assembler for the few instructions a seccomp filter needs. Layout: struct sock_filter in linux/filter.h."""

from __future__ import annotations

import struct

ALLOW, KILL_PROCESS, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000  # linux/seccomp.h, SECCOMP_RET_*
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_ANY_BIT, _RETURN, _AND = 0x20, 0x15, 0x35, 0x45, 0x06, 0x54

NUMBER_AT, ARCHITECTURE_AT = 0, 4
"""Offsets in struct seccomp_data."""


def argument_at(index: int) -> int:
    """Offset of the low word of an argument, little-endian."""
    return 16 + 8 * index


def _instruction(code: int, if_true: int, if_false: int, value: int) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value & 0xFFFFFFFF)


def load(offset: int) -> bytes:
    """Look at this word from now on."""
    return _instruction(_LOAD, 0, 0, offset)


def mask(bits: int) -> bytes:
    """Keep these bits of the word."""
    return _instruction(_AND, 0, 0, bits)


def equal(value: int, if_true: int, if_false: int) -> bytes:
    """Skip so many instructions."""
    return _instruction(_JUMP_EQUAL, if_true, if_false, value)


def at_least(value: int, if_true: int, if_false: int) -> bytes:
    """Skip so many instructions; unsigned."""
    return _instruction(_JUMP_AT_LEAST, if_true, if_false, value)


def any_bit(bits: int, if_true: int, if_false: int) -> bytes:
    """Skip so many instructions."""
    return _instruction(_JUMP_ANY_BIT, if_true, if_false, bits)


def answer(value: int) -> bytes:
    """The filter's answer."""
    return _instruction(_RETURN, 0, 0, value)


def refuse(number: int) -> bytes:
    """Answer the program with this errno; 0 says done without doing it."""
    return answer(ERRNO | number)


def allow() -> bytes:
    """Let the call through."""
    return answer(ALLOW)
