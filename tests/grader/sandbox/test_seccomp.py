"""The system call filter as data: what it decides on each architecture."""

from __future__ import annotations

import errno
import struct

import pytest

from grader.sandbox.confine import seccomp
from grader.sandbox.confine.numbers import AUDIT_ARCHITECTURE, CONDITIONAL, NUMBERS

ALLOW, KILL = 0x7FFF0000, 0x80000000
OWN = 4711
FORBIDDEN = {
    "x86_64": {
        "socket": 41, "connect": 42, "bind": 49, "fork": 57, "vfork": 58, "execve": 59,
        "setsockopt": 54, "chmod": 90, "fchmod": 91, "chown": 92, "ptrace": 101, "setuid": 105,
        "mount": 165, "setrlimit": 160, "tkill": 200, "io_submit": 209, "utimensat": 280,
        "openat2": 437, "io_uring_setup": 425, "bpf": 321, "pidfd_open": 434, "memfd_create": 319,
        "link": 86, "symlink": 88, "truncate": 76, "prctl": 157, "unshare": 272, "keyctl": 250,
    },
    "aarch64": {
        "socket": 198, "connect": 203, "bind": 200, "execve": 221, "setsockopt": 208,
        "fchmod": 52, "fchmodat": 53, "fchownat": 54, "ptrace": 117, "setuid": 146, "mount": 40,
        "setrlimit": 164, "tkill": 130, "io_submit": 2, "utimensat": 88, "openat2": 437,
        "io_uring_setup": 425, "bpf": 280, "pidfd_open": 434, "memfd_create": 279, "linkat": 37,
        "symlinkat": 36, "truncate": 45, "prctl": 167, "unshare": 97, "keyctl": 219,
    },
}  # fmt: skip


def refused(number: int) -> int:
    return 0x00050000 | number


def decide(machine: str, call: int, *arguments: int, architecture: int | None = None) -> int:
    """Run the filter as the kernel would."""
    program = seccomp.program(own_pid=OWN, architecture=machine)
    found = struct.pack(
        "<IIQ6Q",
        call,
        AUDIT_ARCHITECTURE[machine] if architecture is None else architecture,
        0,
        *(*arguments, *[0] * (6 - len(arguments))),
    )
    at = value = 0
    while True:
        code, if_true, if_false, constant = struct.unpack_from("HBBI", program, 8 * at)
        at += 1
        if code == 0x06:
            return int(constant)
        if code == 0x20:
            value = struct.unpack_from("<I", found, constant)[0]
        elif code == 0x54:
            value &= constant
        else:
            holds = {0x15: value == constant, 0x35: value >= constant, 0x45: bool(value & constant)}
            at += if_true if holds[code] else if_false


MACHINES = pytest.mark.parametrize("machine", NUMBERS)


@MACHINES
def test_every_plain_call_of_the_table_is_allowed(machine: str) -> None:
    plain = {name: call for name, call in NUMBERS[machine].items() if name not in CONDITIONAL}
    assert {name for name, call in plain.items() if decide(machine, call) != ALLOW} == set()


@MACHINES
def test_no_call_that_is_not_in_the_table_is_allowed(machine: str) -> None:
    known = set(NUMBERS[machine].values())
    others = [call for call in range(600) if call not in known]
    assert {decide(machine, call) for call in others} == {refused(errno.EPERM)}


@MACHINES
def test_the_forbidden_calls_are_known_by_their_numbers(machine: str) -> None:
    assert not set(FORBIDDEN[machine].values()) & set(NUMBERS[machine].values())
    assert len(set(NUMBERS[machine].values())) == len(NUMBERS[machine])


@MACHINES
def test_calls_by_another_architecture_end_the_process(machine: str) -> None:
    assert decide(machine, NUMBERS[machine]["read"], architecture=0x40000003) == KILL
    assert decide(machine, 0x40000000) == KILL


@MACHINES
@pytest.mark.parametrize(
    ("name", "arguments", "decision"),
    [
        ("clone3", (), refused(errno.ENOSYS)),
        ("clone", (0x3D0F00,), ALLOW),  # a thread
        ("clone", (0x11,), refused(errno.EPERM)),  # a process
        ("clone", (0x10000000 | 0x3D0F00,), refused(errno.EPERM)),  # a user namespace
        ("kill", (OWN, 9), ALLOW),
        ("kill", (1, 9), refused(errno.EPERM)),
        ("kill", (0, 9), refused(errno.EPERM)),
        ("kill", (0xFFFFFFFF, 9), refused(errno.EPERM)),
        ("tgkill", (OWN, OWN, 6), ALLOW),
        ("tgkill", (OWN + 1, OWN, 6), refused(errno.EPERM)),
        ("socketpair", (1, 1), ALLOW),
        ("socketpair", (1, 0x80801), ALLOW),  # with close-on-exec and non-blocking
        ("socketpair", (1, 2), refused(errno.EPERM)),  # datagrams
        ("socketpair", (2, 1), refused(errno.EPERM)),
        ("ioctl", (0, 0x5401), ALLOW),
        ("ioctl", (0, 0x5412), refused(errno.ENOTTY)),  # type into the terminal
        ("fcntl", (0, 1030), ALLOW),
        ("fcntl", (0, 8, 1), refused(errno.EPERM)),  # have another signalled
        ("prlimit64", (0, 7, 0), ALLOW),
        ("prlimit64", (0, 7, 1), refused(errno.EPERM)),
        ("prlimit64", (0, 7, 1 << 32), refused(errno.EPERM)),
        ("prlimit64", (1, 7, 0), refused(errno.EPERM)),
        ("openat", (0, 0, 0o100), ALLOW),
        ("openat", (0, 0, 0o1001), ALLOW),  # emptied for writing: for Landlock to decide
        ("openat", (0, 0, 0o1000), refused(errno.EPERM)),  # emptied for reading
        ("openat", (0, 0, 0o10000000), refused(errno.EPERM)),  # for the path alone
    ],
)
def test_some_calls_depend_on_their_arguments(
    machine: str, name: str, arguments: tuple[int, ...], decision: int
) -> None:
    assert decide(machine, NUMBERS[machine][name], *arguments) == decision


def test_a_machine_without_a_table_is_refused() -> None:
    with pytest.raises(OSError, match="no system call table"):
        seccomp.program(own_pid=1, architecture="riscv64")
