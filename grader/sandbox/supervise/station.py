"""A role's template and scratch folder, and the confined children born of them, one at a time."""

from __future__ import annotations

import math
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from grader.sandbox.base import HarnessBroken, Limits
from grader.sandbox.supervise.child import Child, Stopped
from grader.sandbox.supervise.runtime import Role, Runtime, find
from grader.sandbox.supervise.scratch import Scratch
from grader.sandbox.supervise.template import Template
from grader.sandbox.supervise.turn import Allowance, Clock, next_frame

_MEGABYTE = 1 << 20
_FORKS_PER_TEMPLATE = 2000  # children of one template share its address layout
_OPEN_FILES = 64
_TASKS = 4096  # counted per user by the kernel, so only a last resort; memory bounds threads first
_START_CPU, _START_WALL = 20.0, 120.0  # seconds; for our own code in a child


class Station:
    """Starts its template when first needed and anew when it has broken or grown old."""

    def __init__(self, role: Role, *, without: frozenset[str] = frozenset()) -> None:
        self._runtime: Runtime = find(role)
        self._without = without
        self._template: Template | None = None
        self._scratch_use = "build" if role == "tester" else "write"
        self.scratch = Scratch(user=self._runtime.user)

    @property
    def user(self) -> int | None:
        """The user its children are, None for our own."""
        return self._runtime.user

    @contextmanager
    def child(
        self,
        files: Mapping[str, str],
        limits: Limits,
        *,
        channels: tuple[socket.socket, ...] = (),
        stdin: int | None = None,
    ) -> Iterator[Child]:
        """A confined child that is ready, with these files in its folder; gone afterwards.

        ``channels`` are further sockets that it is given, after the one it speaks to us on.
        """
        self.scratch.fill(files)
        template = self._living_template()
        child = self._born(template, limits, channels=channels, stdin=stdin)
        try:
            self._ready(child)
            yield child
        finally:
            self._gone(child)

    def close(self) -> None:
        self._drop_template()
        self.scratch.close()

    def overfull(self, files: Mapping[str, str], limits: Limits) -> Callable[[], bool]:
        """A check that a child has written more than its share."""
        given = sum(len(text.encode("utf-8", "surrogatepass")) for text in files.values())
        most = limits.file_mb * _MEGABYTE + given
        return lambda: self.scratch.holds_more_than(most)

    def _living_template(self) -> Template:
        if self._template is not None and self._template.children >= _FORKS_PER_TEMPLATE:
            self._drop_template()
        if self._template is None:
            self._template = Template(self._runtime, readable=self._readable())
        return self._template

    def _drop_template(self) -> None:
        if self._template is not None:
            self._template.close()
            self._template = None

    def _born(
        self,
        template: Template,
        limits: Limits,
        *,
        channels: tuple[socket.socket, ...],
        stdin: int | None,
    ) -> Child:
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        given = {"speak": theirs.fileno(), "out": writing} | ({"in": stdin} if stdin else {})
        streams = [*given, *["speak"] * len(channels)]
        descriptors = (*given.values(), *(channel.fileno() for channel in channels))
        order = {
            "streams": streams,
            "folder": str(self.scratch.path),
            "walls": self._walls(template, limits),
        }
        try:
            born = template.fork(order, descriptors)
        except HarnessBroken:
            ours.close()
            os.close(reading)
            self._drop_template()
            raise
        finally:
            theirs.close()
            os.close(writing)
        return Child(born, template=template, channel=ours, output=reading)

    def _readable(self) -> dict[str, str] | None:
        if "files" in self._without:
            return None
        return {**self._runtime.readable, str(self.scratch.path): self._scratch_use}

    def _walls(self, template: Template, limits: Limits) -> dict[str, Any]:
        return {
            "cpu_seconds": math.ceil(limits.cpu_total) + 2,
            "memory_bytes": template.address_space + limits.memory_mb * _MEGABYTE,
            "file_bytes": limits.file_mb * _MEGABYTE,
            "open_files": _OPEN_FILES,
            "tasks": _TASKS,
            "without": sorted(self._without),
        }

    def _ready(self, child: Child) -> None:
        try:
            answer = next_frame(child, allowance=_to_start(child))
        except Stopped as stopped:
            raise HarnessBroken(f"a confined process did not start: {stopped.ended}") from None
        if answer != {"ready": True}:
            raise HarnessBroken(f"a confined process did not start: {answer}")

    def _gone(self, child: Child) -> None:
        try:
            child.end()
        except HarnessBroken:
            self._drop_template()
            raise
        finally:
            with suppress(OSError):
                self.scratch.empty()


def _to_start(child: Child) -> Allowance:
    return Allowance(clocks=(Clock(child, _START_CPU),), wall=_START_WALL, output=_MEGABYTE)
