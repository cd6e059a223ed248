"""A control group of the kernel for one sandbox, where somebody has delegated us a place for it.

It bounds what all processes of a sandbox take together, however many there are. Each one's own
limits come first; this is for the day they don't hold.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

MEMORY = 1536 << 20  # bytes: two templates, a program and its tests with room to spare
TASKS = 256  # processes and threads

_ROOT, _OWN = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")
_NAME = "countersign"
_PATIENCE = 2.0  # seconds for the last process to be gone


class NoGroup(Exception):
    """There is no place for a group of ours, and why."""


class Group:
    """One control group. ``close`` removes it once its processes have ended."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, pid: int) -> None:
        """This process and all it will fork."""
        (self.path / "cgroup.procs").write_text(str(pid))

    def close(self) -> None:
        until = time.monotonic() + _PATIENCE
        while _is_there(self.path) and time.monotonic() < until:
            time.sleep(0.01)


def claim(*, root: Path = _ROOT, own: Path = _OWN) -> Group:
    """A group of our own with its limits set. Raises NoGroup."""
    if not (root / "cgroup.controllers").exists():
        raise NoGroup("this machine has no control groups of version 2 at /sys/fs/cgroup")
    reasons = []
    for place in _delegated(root, own):
        _sweep(place)
        try:
            return _made(place)
        except OSError as problem:
            reasons.append(f"{place}: {problem.strerror}")
    raise NoGroup("; ".join(reasons) or "no control group is delegated to this user")


def _delegated(root: Path, own: Path) -> Iterator[Path]:
    """Our own group or the one above, if systemd gave it to us; or a container's whole tree."""
    lines = own.read_text().splitlines()
    ours = next((line[3:].lstrip("/") for line in lines if line.startswith("0::")), None)
    if ours is None:
        return
    here = root / ours
    for place in dict.fromkeys((here, here.parent)):
        if place == root or (place.is_relative_to(root) and _is_delegated(place)):
            yield place


def _is_delegated(place: Path) -> bool:
    try:
        return os.getxattr(place, "user.delegate") == b"1"
    except OSError:
        return False


def _made(place: Path) -> Group:
    (place / "cgroup.subtree_control").write_text("+memory +pids")
    path = place / f"{_NAME}-{os.getpid()}-{time.monotonic_ns()}"
    path.mkdir()
    try:
        (path / "memory.max").write_text(str(MEMORY))
        (path / "pids.max").write_text(str(TASKS))
        with suppress(OSError):  # a machine without swap has no such file
            (path / "memory.swap.max").write_text("0")
    except OSError:
        path.rmdir()
        raise
    return Group(path)


def _sweep(place: Path) -> None:
    """Groups of workers that were killed. One that still has processes can't be removed."""
    for path in place.glob(f"{_NAME}-*"):
        _is_there(path)


def _is_there(path: Path) -> bool:
    with suppress(OSError):
        path.rmdir()
    return path.exists()
