"""The few kernel calls that Python's own library lacks."""

from __future__ import annotations

import ctypes
import os
import platform

_LIBC = ctypes.CDLL(None, use_errno=True)
_HOLDING_THE_LOCK = ctypes.PyDLL(None, use_errno=True)

_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}


def checked(result: int, what: str) -> int:
    """The result of a C call. Raises OSError with the kernel's reason if it is negative."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def prctl(option: int, first: int = 0, second: object = 0) -> int:
    later = second if isinstance(second, int) else 0
    pointer = ctypes.c_ulong(later) if isinstance(second, int) else second
    result = _LIBC.prctl(
        option, ctypes.c_ulong(first), pointer, ctypes.c_ulong(0), ctypes.c_ulong(0)
    )
    return checked(result, f"prctl({option})")


def syscall(number: int, *arguments: object) -> int:
    """The raw result; the caller checks it where failure is not an answer."""
    return int(_LIBC.syscall(ctypes.c_long(number), *arguments))


def fork() -> int:
    """``os.fork`` without the callbacks Python runs after one, which would copy half a megabyte.

    Only for a process with one thread that holds no lock: nothing is set right in the child,
    and chance goes on in it where the parent was.
    """
    return checked(_HOLDING_THE_LOCK.fork(), "fork")


def give_back_memory() -> None:
    """To the kernel, what was freed and kept for later."""
    _LIBC.malloc_trim(ctypes.c_size_t(0))


def capset(header: object, sets: object) -> None:
    checked(_LIBC.capset(header, sets), "capset")


def unshare(flags: int) -> None:
    checked(_LIBC.unshare(ctypes.c_int(flags)), "unshare")


def mount(
    source: str | None, target: str, kind: str | None, flags: int, options: str | None = None
) -> None:
    words = [word.encode() if word is not None else None for word in (source, target, kind)]
    detail = options.encode() if options is not None else None
    checked(_LIBC.mount(*words, ctypes.c_ulong(flags), detail), f"mount({target})")


def umount(target: str, flags: int) -> None:
    checked(_LIBC.umount2(target.encode(), ctypes.c_int(flags)), f"umount({target})")


def pivot_root(new: str, old: str) -> None:
    checked(syscall(_PIVOT_ROOT[platform.machine()], new.encode(), old.encode()), "pivot_root")


def sethostname(name: str) -> None:
    checked(_LIBC.sethostname(name.encode(), ctypes.c_size_t(len(name))), "sethostname")
