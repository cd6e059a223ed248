"""A role's template, scratch folder and spares; its confined children work one at a time."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Final

from grader.sandbox.base import HarnessBroken, Limits
from grader.sandbox.supervise.cgroup import Group
from grader.sandbox.supervise.child import Child, Stopped
from grader.sandbox.supervise.runtime import Role, Runtime, find
from grader.sandbox.supervise.scratch import Scratch
from grader.sandbox.supervise.spares import Spares, Use
from grader.sandbox.supervise.template import Template, World
from grader.sandbox.supervise.turn import Allowance, Clock, next_frame

SPARES: Final[Mapping[Role, int]] = {"learner": 2, "tester": 1}
"""How many confined processes wait for work. Each costs about a megabyte of its own."""

_MEGABYTE = 1 << 20
_FORKS_PER_TEMPLATE = 2000  # children of one template share its address layout
_OPEN_FILES = 64
_TASKS = 4096  # counted per user by the kernel, so only a last resort; memory bounds threads first
_START_CPU, _START_WALL = 20.0, 120.0  # seconds; for our own code in a child
_FILLS_NOTHING = 0.003  # seconds in which no program can write noticeably more than its share


class Station:
    """Starts its template when first needed and anew when it has broken or grown old.

    Spares share the one folder with the child that works: they have run nothing but our own
    code, and the folder is emptied before one of them begins.
    """

    def __init__(
        self,
        role: Role,
        *,
        shared: Scratch | None = None,
        without: frozenset[str] = frozenset(),
        group: Group | None = None,
        spares: int,
    ) -> None:
        """``shared`` is a folder for tests and program alike: what a test writes into its
        ``tmp_path`` for the program to read, and the other way."""
        self._runtime: Runtime = find(role)
        self._without = without
        self._group = group
        self._wanted = spares
        self._template: Template | None = None
        self._spares: Spares | None = None
        self._killed: list[Child] = []
        self._scratch_use = "build" if role == "tester" else "write"
        self.scratch = Scratch(user=self._runtime.user)
        self._shared = shared

    @property
    def user(self) -> int | None:
        """The user its children are, None for our own."""
        return self._runtime.user

    @property
    def template(self) -> int | None:
        """The process from which its children are forked, once there is one."""
        return self._template.pid if self._template is not None else None

    @contextmanager
    def child(self, files: Mapping[str, str], limits: Limits, *, use: Use) -> Iterator[Child]:
        """A confined child that is ready, with these files in its folder; killed afterwards."""
        spares, walls = self.expect(limits)
        spares.use = use
        self.settle()
        self.scratch.fill(files)
        child = self._taken(spares, walls)
        try:
            yield child
        finally:
            self._kill(child)
            self._provide(spares, walls)

    def settle(self) -> None:
        """Wait until children that were killed are gone, with all they left in the folders.

        Nothing has to wait for it but the next one to work in them.
        """
        if self._killed:
            while self._killed:
                with self._replaced_if_broken():
                    self._killed.pop().bury()
            self._empty_folders()

    def expect(self, limits: Limits) -> tuple[Spares, dict[str, Any]]:
        """Have a child made ready within these limits, while its caller does something else.

        To be called before the folder is filled: a template that is started empties it.
        """
        spares, walls = self._living(limits)
        with self._replaced_if_broken():
            spares.provide(walls, count=max(1, len(spares)))
        return spares, walls

    def close(self) -> None:
        try:
            self.settle()
        finally:
            self._drop_template()
            self.scratch.close()

    def overfull(self, files: Mapping[str, str], limits: Limits) -> Callable[[], bool]:
        """A check that a child has written more than its share. Looks at most once in a while."""
        given = sum(len(text.encode("utf-8", "surrogatepass")) for text in files.values())
        most = limits.file_mb * _MEGABYTE + given
        looked = time.monotonic()

        def check() -> bool:
            nonlocal looked
            if time.monotonic() - looked < _FILLS_NOTHING:
                return False
            found = any(folder.holds_more_than(most) for folder in self._folders())
            looked = time.monotonic()
            return found

        return check

    def _living(self, limits: Limits) -> tuple[Spares, dict[str, Any]]:
        if self._template is not None and self._template.children >= _FORKS_PER_TEMPLATE:
            self._drop_template()
        if self._template is None or self._spares is None:
            self._template = self._started()
            self._spares = Spares(self._template, folder=str(self.scratch.path))
        return self._spares, self._walls(self._template, limits)

    def _started(self) -> Template:
        self._empty_folders()
        world = World(
            folder=str(self.scratch.path),
            shared=str((self._shared or self.scratch).path),
            readable=self._readable(),
            root=self._root(),
        )
        try:
            return Template(self._runtime, world, group=self._group)
        finally:
            self._empty_folders()  # a template may have tried things out in them

    def _folders(self) -> tuple[Scratch, ...]:
        return (self.scratch,) if self._shared is None else (self.scratch, self._shared)

    def _empty_folders(self) -> None:
        for folder in self._folders():
            folder.empty()

    def _drop_template(self) -> None:
        if self._spares is not None:
            self._spares.forget()
            self._spares = None
        if self._template is not None:
            self._template.close()
            self._template = None

    @contextmanager
    def _replaced_if_broken(self) -> Iterator[None]:
        try:
            yield
        except HarnessBroken:
            self._drop_template()
            raise

    def _taken(self, spares: Spares, walls: dict[str, Any]) -> Child:
        """The first that is ready: one that waited may have been killed for its memory."""
        for last in (*(False for _ in range(len(spares))), True):
            with self._replaced_if_broken():
                child = spares.take(walls)
            try:
                self._ready(child)
            except HarnessBroken:
                self._killed.append(child)
                if last:
                    raise
            else:
                break
        return child

    def _provide(self, spares: Spares, walls: dict[str, Any]) -> None:
        """Order the next ones. What breaks here is for the next program to meet, not this one."""
        with suppress(HarnessBroken), self._replaced_if_broken():
            spares.provide(walls, count=self._wanted)

    def _readable(self) -> dict[str, str] | None:
        if "files" in self._without:
            return None
        shared = {} if self._shared is None else {str(self._shared.path): "build"}
        return {**self._runtime.readable, str(self.scratch.path): self._scratch_use, **shared}

    def _root(self) -> dict[str, Any] | None:
        if "namespaces" in self._without:
            return None
        folders = {str(folder.path): "write" for folder in self._folders()}
        shown = {**self._runtime.shown, **folders}
        return {"shown": shown, "hidden": self._runtime.hidden}

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
        child.cpu()  # what it took to start isn't its program's

    def _kill(self, child: Child) -> None:
        child.kill()
        self._killed.append(child)
        with suppress(OSError):  # it may still be at it; ``settle`` empties them for good
            self._empty_folders()


def _to_start(child: Child) -> Allowance:
    return Allowance(clocks=(Clock(child, _START_CPU),), wall=_START_WALL, output=_MEGABYTE)
