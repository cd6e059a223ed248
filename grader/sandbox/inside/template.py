"""The template process: warm, without secrets, one thread. Forks a confined child on request.

It was started by exec with an empty environment and no inherited descriptor but its control
socket, so a child can find nothing of the worker's in its own memory.
"""

from __future__ import annotations

import array
import fcntl
import gc
import json
import os
import random
import select
import socket
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any, NoReturn

from grader.sandbox import frames
from grader.sandbox.confine import (
    Walls,
    build,
    landlock,
    leave_the_group,
    libc,
    namespaces,
    privileges,
    seccomp,
)

MAX_MESSAGE = 192 * 1024
_MAX_DESCRIPTORS = 4
_FIRST_OWN = 3  # descriptors 0 to 2 are the standard streams
_OUT_OF_THE_WAY = 64
_RULESET_AT = 200
_NO_RULESET = 199  # a number that is never open


@dataclass(frozen=True, kw_only=True)
class Home:
    """What all children have in common."""

    role: ModuleType
    itself: int  # a pidfd
    worker: int  # a pidfd: without the worker there is nothing to do
    ruleset: int
    calls: seccomp.Prepared
    address_space: int  # bytes


class _NoNamespaces(Exception):
    """This machine does not let us have them, and why."""


def serve(*, control: int) -> NoReturn:
    """Answer the supervisor until it goes away."""
    channel = socket.socket(fileno=control)
    try:
        home = _prepare(channel)
    except _NoNamespaces as refused:
        _tell(channel, {"refused": str(refused)})
        os._exit(1)
    except BaseException:
        _tell(channel, {"broken": traceback.format_exc()[-2000:]})
        os._exit(1)
    _tell(channel, {"address_space": home.address_space})
    while True:
        select.select([channel.fileno(), home.worker], [], [])
        request, descriptors = _hear(channel)
        if request is None or _has_ended(home.worker):
            os._exit(0)
        if "fork" in request:
            _fork(channel, request["fork"], descriptors, home=home)
        else:
            os.waitpid(request["reap"], 0)  # the supervisor has seen it end


def _prepare(channel: socket.socket) -> Home:
    options, (worker,) = _hear(channel)
    if options is None:
        os._exit(0)
    sys.path[:] = options["path"]
    sys.dont_write_bytecode = True
    role = import_module(options["role"])
    _become(options["user"])
    if options["root"] is not None:
        _claim_namespaces()
    privileges.drop_bounding_set()
    os.environ.clear()
    role.warm(options)
    sys.path.insert(0, options["folder"])
    sys.argv[:], sys.orig_argv[:] = [""], []
    sys.modules["__main__"] = ModuleType("__main__")
    address_space = _address_space()
    if options["root"] is not None:
        _move_in(**options["root"])
    home = Home(
        role=role,
        itself=os.pidfd_open(os.getpid()),
        worker=worker,
        ruleset=_ruleset(options["readable"]),
        calls=seccomp.Prepared(),
        address_space=address_space,
    )
    gc.collect()
    libc.give_back_memory()
    gc.freeze()
    gc.disable()
    return home


def _become(user: int | None) -> None:
    privileges.drop_bounding_set()
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)


def _claim_namespaces() -> None:
    try:
        namespaces.claim()
    except OSError as problem:
        raise _NoNamespaces(str(problem)) from None


def _move_in(*, shown: dict[str, str], hidden: list[str]) -> None:
    """Into the root that all children see, beside a process that keeps their namespace alive."""
    try:
        namespaces.hold_processes()
        namespaces.furnish(shown, hidden=hidden)
    except OSError as problem:
        raise _NoNamespaces(str(problem)) from None


def _ruleset(readable: dict[str, str] | None) -> int:
    """The file rules of all children, out of the way; no descriptor if they are left out."""
    if readable is None:
        return _NO_RULESET
    made = landlock.ruleset(readable)
    kept = fcntl.fcntl(made, fcntl.F_DUPFD_CLOEXEC, _RULESET_AT)
    os.close(made)
    return kept


def _tell(channel: socket.socket, message: Any, descriptors: tuple[int, ...] = ()) -> None:
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))]
    channel.sendmsg([json.dumps(message).encode()], rights if descriptors else [])


def _hear(channel: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    received, descriptors, _, _ = socket.recv_fds(channel, MAX_MESSAGE, _MAX_DESCRIPTORS)
    return (json.loads(received) if received else None), list(descriptors)


def _has_ended(process: int) -> bool:
    return bool(select.select([process], [], [], 0)[0])


def _address_space() -> int:
    with open("/proc/self/statm") as memory:  # noqa: PTH123  (no pathlib in a template)
        return int(memory.read().split()[0]) * os.sysconf("SC_PAGESIZE")


def _fork(
    channel: socket.socket, order: dict[str, Any], descriptors: list[int], *, home: Home
) -> None:
    pid = libc.fork()
    if pid == 0:
        _live(order, descriptors, home=home)
    process = os.pidfd_open(pid)
    _tell(channel, {"forked": pid}, (process,))
    for descriptor in (process, *descriptors):
        os.close(descriptor)


def _live(order: dict[str, Any], descriptors: list[int], *, home: Home) -> NoReturn:
    """The child's whole life. Whatever goes wrong before the role begins is our fault."""
    try:
        leave_the_group(parent=home.itself)
        _keep_only(descriptors, streams=order["streams"], and_also=home.ruleset)
        os.chdir(order["folder"])
        random.seed()
        speaker = socket.socket(fileno=_FIRST_OWN)
        begin: Callable[[], None] = home.role.begin(
            speaker, folder=order["folder"], use=order["use"]
        )
        walls = Walls(**{**order["walls"], "without": frozenset(order["walls"]["without"])})
        build(walls, ruleset=home.ruleset, calls=home.calls)
        gc.enable()
        frames.send(speaker, {"ready": True})
    except BaseException:
        _report(traceback.format_exc())
    try:
        begin()
    finally:
        os._exit(0)


def _report(problem: str) -> NoReturn:
    try:
        frames.send(socket.socket(fileno=_FIRST_OWN), {"broken": problem[-2000:]})
    finally:
        os._exit(1)


def _keep_only(descriptors: list[int], *, streams: list[str], and_also: int) -> None:
    """The given descriptors become the streams they are named for; all others are closed.

    ``streams`` names each descriptor: "in", "out" or "speak" (number 3).
    """
    silence = os.open(os.devnull, os.O_RDWR)
    named = {"in": silence, "out": silence, **dict(zip(streams, descriptors, strict=True))}
    wanted = [
        fcntl.fcntl(descriptor, fcntl.F_DUPFD, _OUT_OF_THE_WAY)
        for descriptor in (named["in"], named["out"], silence, named["speak"])
    ]
    for target, source in enumerate(wanted):
        os.dup2(source, target)
    os.closerange(len(wanted), and_also)
    os.closerange(and_also + 1, os.sysconf("SC_OPEN_MAX"))
