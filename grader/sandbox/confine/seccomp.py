"""Which system calls a process may make: an allow list, assembled as classic BPF.

Everything else is answered with EPERM, so that honest code sees an ordinary PermissionError.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

from grader.sandbox.confine import libc
from grader.sandbox.confine.numbers import AUDIT_ARCHITECTURE, CONDITIONAL, NUMBERS

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, constant

_LOAD, _AND, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16

_ALLOW: Instruction = (_RETURN, 0, 0, 0x7FFF0000)
_KILL: Instruction = (_RETURN, 0, 0, 0x80000000)
_X32 = 0x40000000

_NEW_NAMESPACES, _CLONE_THREAD = 0x7E020000, 0x10000
_AF_UNIX, _SOCK_STREAM, _SOCKET_KINDS = 1, 1, 0xF
_TERMINAL_AND_BLOCKING = (0x5401, 0x5451, 0x5450, 0x5421, 0x541B)
_DESCRIPTOR_COMMANDS = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032, 1034)
_TRUNCATE, _ACCESS_MODE, _PATH_ONLY = 0x200, 0x3, 0x200000

_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_ANY_PROCESS = 0x7E57C0DE  # in place of a number that is told later; no process has it


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def install(program: bytes) -> None:
    """From now on, and for good, this thread and those it starts live by the program."""
    text = ctypes.create_string_buffer(program, len(program))
    loaded = _Program(len(program) // 8, ctypes.addressof(text))
    libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(loaded))


class Prepared:
    """The filter of this machine, assembled once and told each process's own number later."""

    def __init__(self) -> None:
        self._program = program(own_pid=_ANY_PROCESS)
        size = struct.calcsize("HBBI")
        self._at = [
            at + size - 4
            for at in range(0, len(self._program), size)
            if struct.unpack_from("HBBI", self._program, at)[3] == _ANY_PROCESS
        ]

    def for_process(self, own_pid: int) -> bytes:
        told = bytearray(self._program)
        for at in self._at:
            struct.pack_into("I", told, at, own_pid)
        return bytes(told)


def program(*, own_pid: int, architecture: str = "") -> bytes:
    """The filter for one process. Raises OSError for an architecture without a table."""
    machine = architecture or platform.machine()
    if machine not in NUMBERS:
        raise OSError(errno.ENOTSUP, f"no system call table for {machine}")
    numbers = NUMBERS[machine]
    instructions = _prologue(machine)
    for name, body in _conditions(own_pid).items():
        if name in numbers:
            instructions += [(_EQUAL, 0, len(body), numbers[name]), *body]
    instructions += _ranges(numbers)
    instructions.append(_refuse(errno.EPERM))
    return b"".join(struct.pack("HBBI", *instruction) for instruction in instructions)


def _refuse(number: int) -> Instruction:
    return (_RETURN, 0, 0, 0x00050000 | number)


def _argument(position: int, *, high: bool = False) -> Instruction:
    return (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * position + (4 if high else 0))


def _prologue(machine: str) -> list[Instruction]:
    """Another architecture's calls end the process: their numbers mean other things."""
    return [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_EQUAL, 1, 0, AUDIT_ARCHITECTURE[machine]),
        _KILL,
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, 0, 1, _X32),
        _KILL,
    ]


def _conditions(own_pid: int) -> dict[str, list[Instruction]]:
    denied = _refuse(errno.EPERM)
    conditions = {
        "clone3": [_refuse(errno.ENOSYS)],  # the C library then falls back to clone
        "clone": [
            _argument(0),
            (_ANY_BIT, 2, 0, _NEW_NAMESPACES),
            (_ANY_BIT, 0, 1, _CLONE_THREAD),
            _ALLOW,
            denied,
        ],
        # datagram pairs could send to any bound socket by its path
        "socketpair": [
            _argument(0),
            (_EQUAL, 0, 4, _AF_UNIX),
            _argument(1),
            (_AND, 0, 0, _SOCKET_KINDS),
            (_EQUAL, 0, 1, _SOCK_STREAM),
            _ALLOW,
            denied,
        ],
        "ioctl": _one_of(1, _TERMINAL_AND_BLOCKING, otherwise=_refuse(errno.ENOTTY)),
        # F_SETOWN and F_SETSIG would have the kernel send signals on our behalf
        "fcntl": _one_of(1, _DESCRIPTOR_COMMANDS, otherwise=denied),
        "prlimit64": [
            _argument(0),
            (_EQUAL, 0, 5, 0),
            _argument(2),
            (_EQUAL, 0, 3, 0),
            _argument(2, high=True),
            (_EQUAL, 0, 1, 0),
            _ALLOW,
            denied,
        ],
        "kill": _one_of(0, (own_pid,), otherwise=denied),
        "tgkill": _one_of(0, (own_pid,), otherwise=denied),
        "open": _opening(flags=1),
        "openat": _opening(flags=2),
    }
    return {name: conditions[name] for name in CONDITIONAL}


def _one_of(position: int, values: tuple[int, ...], *, otherwise: Instruction) -> list[Instruction]:
    tests = [step for value in values for step in ((_EQUAL, 0, 1, value), _ALLOW)]
    return [_argument(position), *tests, otherwise]


def _opening(*, flags: int) -> list[Instruction]:
    """Not for a path alone, and no emptying through a read-only open (Landlock before 3)."""
    return [
        _argument(flags),
        (_ANY_BIT, 3, 0, _PATH_ONLY),
        (_AND, 0, 0, _TRUNCATE | _ACCESS_MODE),
        (_EQUAL, 1, 0, _TRUNCATE),
        _ALLOW,
        _refuse(errno.EPERM),
    ]


def _ranges(numbers: dict[str, int]) -> list[Instruction]:
    plain = sorted(number for name, number in numbers.items() if name not in CONDITIONAL)
    ranges: list[list[int]] = []
    for number in plain:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return [step for first, last in ranges for step in _range(first, last)]


def _range(first: int, last: int) -> list[Instruction]:
    if first == last:
        return [(_EQUAL, 0, 1, first), _ALLOW]
    return [(_AT_LEAST, 0, 2, first), (_AT_LEAST, 1, 0, last + 1), _ALLOW]
