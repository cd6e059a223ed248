"""A small world of one's own: another root, no network, nobody else's processes.

Made once by a template, for all its children. No privilege is needed where the kernel lets users
make user namespaces.
"""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

from grader.sandbox.confine import libc, privileges

_NEW_MOUNTS, _NEW_CGROUP, _NEW_HOST_NAME, _NEW_IPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
_NEW_USER, _NEW_PROCESSES, _NEW_NETWORK = 0x10000000, 0x20000000, 0x40000000

_READ_ONLY, _NO_SETUID, _NO_DEVICES, _NO_EXECUTION, _REMOUNT = 1, 2, 4, 8, 32
_BIND, _ALL_BENEATH, _PRIVATE = 4096, 16384, 1 << 18
_DETACH = 2

_LOCKED: Final = {2: 2, 4: 4, 8: 8, 1024: 1024, 2048: 2048, 4096: 1 << 21}
"""What ``statvfs`` calls options of a mount that its copy has to keep, and ``mount`` does."""

HOLDER: Final = "sleep"
"""The name of the process that keeps a process namespace alive."""

_HOLDER_PROGRAM = "/bin/sleep"
_LONGEST = str((1 << 31) - 1)  # seconds

_ROOT = "/proc"  # a folder that every machine has and nothing of ours is in


def claim() -> None:
    """Namespaces of one's own, with every privilege in them and none outside.

    Raises OSError where users may not make them. Only for a process with one thread.
    """
    user, group = os.getuid(), os.getgid()
    privileges.readable_by_itself()
    libc.unshare(_NEW_USER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    libc.unshare(_NEW_MOUNTS | _NEW_NETWORK | _NEW_IPC | _NEW_HOST_NAME | _NEW_CGROUP)
    libc.mount(None, "/", None, _PRIVATE | _ALL_BENEATH)
    libc.sethostname("sandbox")


def furnish(view: Mapping[str, str], *, hidden: Collection[str]) -> None:
    """Another root, where these paths are and no others: "read", or "write" for a folder.

    ``hidden`` are folders beneath them that are empty here. Needs ``claim``.
    """
    libc.mount("none", _ROOT, "tmpfs", _NO_SETUID | _NO_DEVICES, "size=1m,mode=755")
    _link_the_usual()
    for path, use in sorted(view.items()):
        _show(path, writable=use == "write")
    for path in hidden:
        _hide(_ROOT + path)
    os.chdir(_ROOT)
    libc.pivot_root(".", ".")
    libc.umount(".", _DETACH)
    os.chdir("/")
    libc.mount(None, "/", None, _REMOUNT | _BIND | _READ_ONLY | _NO_SETUID | _NO_DEVICES)


def hold_processes() -> None:
    """Children forked from now on see no process but one another. Needs ``claim``.

    The first of them would end all others with itself, so it is one that only sleeps. To be had
    before ``furnish``, which leaves no program: the memory of this process would stay with it.
    """
    libc.unshare(_NEW_PROCESSES)
    heard, begun = os.pipe()
    if libc.fork() == 0:
        _sleep_for_ever(begun)
    os.close(begun)
    os.read(heard, 1)  # nothing comes: it is closed once the other root no longer matters
    os.close(heard)


def _sleep_for_ever(begun: int) -> NoReturn:
    """``begun`` is closed when that is all it does."""
    privileges.die_with_parent()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # orphans of the namespace need no burial
    os.closerange(0, begun)
    os.closerange(begun + 1, os.sysconf("SC_OPEN_MAX"))
    privileges.called(HOLDER)
    privileges.drop()
    privileges.no_new_privileges()
    with suppress(OSError):  # a machine without that program
        os.execv(_HOLDER_PROGRAM, [HOLDER, _LONGEST])  # noqa: S606  (no shell is wanted)
    os.close(begun)
    while True:
        signal.pause()


def _link_the_usual() -> None:
    """/lib and its like, where they are links."""
    for name in ("lib", "lib64", "lib32", "bin", "sbin"):
        if Path("/", name).is_symlink():
            Path(_ROOT, name).symlink_to(Path("/", name).readlink())


def _show(path: str, *, writable: bool) -> None:
    source, target = Path(path), Path(_ROOT + path)
    if target.exists():  # beneath one that was shown already
        return
    if source.is_dir():
        target.mkdir(parents=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    libc.mount(path, str(target), None, _BIND | _ALL_BENEATH)
    kept = os.statvfs(target).f_flag
    flags = sum(mount for stat, mount in _LOCKED.items() if kept & stat)
    own = _NO_EXECUTION | _NO_DEVICES if writable else _READ_ONLY
    libc.mount(None, str(target), None, flags | own | _BIND | _REMOUNT | _NO_SETUID)


def _hide(path: str) -> None:
    try:
        libc.mount("none", path, "tmpfs", _READ_ONLY | _NO_SETUID | _NO_DEVICES, "size=4k,mode=0")
    except OSError as problem:
        if problem.errno != errno.ENOENT:
            raise
