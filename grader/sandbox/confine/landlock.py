"""Which files a process may open (Landlock, Linux 5.13 and later)."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Mapping
from pathlib import Path

from grader.sandbox.confine import libc

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_VERSION_FLAG = 1
_PATH_BENEATH = 1

_WRITE_FILE, _READ_FILE, _READ_DIR, _REMOVE_FILE = 1 << 1, 1 << 2, 1 << 3, 1 << 5
_REMOVE_FOLDER, _MAKE_FOLDER = 1 << 4, 1 << 7
_MAKE_REGULAR, _TRUNCATE, _IOCTL_DEVICE = 1 << 8, 1 << 14, 1 << 15
_FOR_FILES = _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEVICE | 1

_RIGHTS_BY_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_BIND_AND_CONNECT_TCP = 3  # version 4
_ABSTRACT_SOCKETS_AND_SIGNALS = 3  # version 6

_RIGHTS = {
    "list": _READ_DIR,
    "read": _READ_FILE | _READ_DIR,
    "write": _READ_FILE | _READ_DIR | _WRITE_FILE | _REMOVE_FILE | _MAKE_REGULAR | _TRUNCATE,
}
_RIGHTS["build"] = _RIGHTS["write"] | _REMOVE_FOLDER | _MAKE_FOLDER
"""What a path may be opened for; "build" is "write" with folders. Nothing may be executed; no
link, socket, pipe or device can be made anywhere."""


class _Attributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("files", "network", "scoped")]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def version() -> int:
    """The kernel's Landlock version, 0 where there is none or it is switched off."""
    found = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_FLAG)
    return max(found, 0)


def ruleset(paths: Mapping[str, str]) -> int:
    """A descriptor of the rules for these paths: each with its use, a key of ``_RIGHTS``.

    Made once, in the template: hundreds of paths take tens of milliseconds.
    """
    rules = _empty()
    for path, use in paths.items():
        _allow(rules, path, _RIGHTS[use])
    return rules


def restrict(rules: int) -> None:
    """From now on this process opens only what the rules allow. Closes their descriptor."""
    libc.checked(libc.syscall(_RESTRICT_SELF, rules, 0), "landlock_restrict_self")
    os.close(rules)


def _handled() -> int:
    return (1 << _RIGHTS_BY_VERSION[min(version(), 5)]) - 1


def _empty() -> int:
    kernel = version()
    if not kernel:
        raise OSError("this kernel has no Landlock")
    attributes = _Attributes(
        _handled(),
        _BIND_AND_CONNECT_TCP if kernel >= 4 else 0,
        _ABSTRACT_SOCKETS_AND_SIGNALS if kernel >= 6 else 0,
    )
    size = 24 if kernel >= 6 else 16 if kernel >= 4 else 8
    made = libc.syscall(_CREATE_RULESET, ctypes.byref(attributes), ctypes.c_size_t(size), 0)
    return libc.checked(made, "landlock_create_ruleset")


def _allow(rules: int, path: str, rights: int) -> None:
    rights &= _handled()
    if not Path(path).is_dir():
        rights &= _FOR_FILES
    parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = _PathBeneath(rights, parent)
        added = libc.syscall(_ADD_RULE, rules, _PATH_BENEATH, ctypes.byref(rule), 0)
        libc.checked(added, f"landlock_add_rule({path})")
    finally:
        os.close(parent)
