"""Giving up what a process could do because of who it is."""

from __future__ import annotations

import ctypes
import signal

from grader.sandbox.confine import libc

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NAME, _PR_CAPBSET_DROP = 1, 4, 15, 24
_PR_SET_NO_NEW_PRIVS = 38
_CAPABILITY_VERSION = 0x20080522
_LAST_CAPABILITY = 63


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Set(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")]


_THIS_PROCESS, _NO_CAPABILITY = _Header(_CAPABILITY_VERSION, 0), (_Set * 2)()


def die_with_parent() -> None:
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def called(name: str) -> None:
    """The name under which the process is listed."""
    text = ctypes.create_string_buffer(name.encode())
    libc.prctl(_PR_SET_NAME, ctypes.addressof(text))


def drop_bounding_set() -> None:
    """No capability can come back. Best done once, in the template; needs CAP_SETPCAP."""
    for capability in range(_LAST_CAPABILITY + 1):
        try:
            libc.prctl(_PR_CAPBSET_DROP, capability)
        except OSError:  # not privileged, or past the kernel's last capability: nothing to drop
            return


def drop() -> None:
    """No capabilities, and no other process of this user may look inside."""
    libc.capset(ctypes.byref(_THIS_PROCESS), _NO_CAPABILITY)
    libc.prctl(_PR_SET_DUMPABLE, 0)


def readable_by_itself() -> None:
    """Its own ``/proc`` entries are this user's again, as they are not after ``setuid``."""
    libc.prctl(_PR_SET_DUMPABLE, 1)


def no_new_privileges() -> None:
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1)
