"""A template process as the supervisor sees it: started by exec, asked for children."""

from __future__ import annotations

import array
import json
import os
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from grader.sandbox.base import HarnessBroken
from grader.sandbox.inside import bootstrap
from grader.sandbox.supervise.cgroup import Group
from grader.sandbox.supervise.runtime import Runtime

_PATIENCE = 60.0  # seconds; only a broken machine needs them
_MAX_MESSAGE = 192 * 1024
_CLOSED = -1  # the number of a socket that is no more
_ENVIRONMENT = {"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "MALLOC_ARENA_MAX": "1"}


class Refused(HarnessBroken):
    """This machine lets nobody, or not us, make namespaces; and why."""


@dataclass(frozen=True, kw_only=True)
class World:
    """What all children of a template have around them."""

    folder: str  # where they live
    shared: str  # where tests and program exchange files
    readable: Mapping[str, str] | None  # paths they may open and for what; None: no such wall
    root: Mapping[str, Any] | None  # what to furnish another root with; None: no namespaces


@dataclass(frozen=True, kw_only=True)
class Born:
    """A child as its template handed it over."""

    pid: int
    process: int  # a pidfd


class Template:
    """One template process. Not for use from two threads at once.

    Children are ordered and handed over one after another: there may be several orders on
    their way, and ``born`` answers the oldest.
    """

    def __init__(self, runtime: Runtime, world: World, *, group: Group | None = None) -> None:
        self.runtime = runtime
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  (closed in ``close``)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.settimeout(_PATIENCE)
        self._control = ours
        with theirs:
            self._process = self._start(theirs)
        try:
            if group is not None:
                group.add(self.pid)
            self.address_space = self._introduce(world)
        except HarnessBroken:
            self.close()
            raise
        self.children = 0

    @property
    def pid(self) -> int:
        return self._process.pid

    def _start(self, theirs: socket.socket) -> subprocess.Popen[bytes]:
        # -I would also ignore PYTHONHASHSEED, which makes a run repeatable; the environment is
        # ours alone, so -s -P isolates as much
        command = [
            self.runtime.executable, "-s", "-P", "-S", "-X", "utf8",
            bootstrap.__file__, str(theirs.fileno()),
        ]  # fmt: skip
        return subprocess.Popen(  # noqa: S603  (every word of it is ours)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._errors,
            pass_fds=[theirs.fileno()],
            env=_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )

    def _introduce(self, world: World) -> int:
        options = {
            "role": f"grader.sandbox.inside.{self.runtime.role}",
            "path": self.runtime.path,
            "user": self.runtime.user,
            **asdict(world),
        }
        worker = os.pidfd_open(os.getpid())
        try:
            self._tell(options, (worker,))
            answer, _ = self._hear()
        finally:
            os.close(worker)
        return int(answer["address_space"])

    def order(self, order: Mapping[str, Any], descriptors: tuple[int, ...]) -> None:
        """Ask for a child with these descriptors, named in ``order["streams"]``."""
        self.children += 1
        self._tell({"fork": order}, descriptors)

    def born(self) -> Born:
        """The oldest child that was ordered and hasn't been handed over."""
        answer, descriptors = self._hear()
        return Born(pid=answer["forked"], process=descriptors[0])

    def bury(self, pid: int) -> None:
        """Have a child that has ended taken out of the kernel's table, where we still can."""
        if self._control.fileno() != _CLOSED:
            self._tell({"reap": pid})

    def close(self) -> None:
        """End the template and, by their own parent-death signal, its children."""
        self._control.close()
        self._process.kill()
        self._process.wait()
        self._errors.close()

    def _tell(self, message: Mapping[str, Any], descriptors: tuple[int, ...] = ()) -> None:
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))]
        try:
            self._control.sendmsg([json.dumps(message).encode()], rights if descriptors else [])
        except OSError as problem:
            raise HarnessBroken(f"a template does not listen: {problem}") from problem

    def _hear(self) -> tuple[Mapping[str, Any], list[int]]:
        try:
            heard, descriptors, _, _ = socket.recv_fds(self._control, _MAX_MESSAGE, 1)
        except OSError as problem:
            raise HarnessBroken(f"a template does not answer: {problem}") from problem
        answer: Mapping[str, Any] = json.loads(heard) if heard else {"broken": self._last_words()}
        if "refused" in answer:
            raise Refused(answer["refused"])
        if "broken" in answer:
            raise HarnessBroken(f"a template failed: {answer['broken']}")
        return answer, descriptors

    def _last_words(self) -> str:
        self._errors.seek(0)
        words = self._errors.read()[-2000:].decode(errors="replace")
        return words or f"it ended with status {self._process.poll()}"
