"""The walls a process builds around itself before it runs untrusted code.

Needs no privilege, no namespace and no container option: Landlock, an allow list of system
calls, resource limits and no capabilities. Everything here runs inside the process that is to be
confined and imports the standard library alone. A wall that cannot be built raises OSError, and
then nothing runs.
"""

from __future__ import annotations

import os
import resource
import select
from dataclasses import dataclass
from typing import Final

from grader.sandbox.confine import landlock, privileges, seccomp

WALLS: Final = frozenset({"files", "calls", "limits", "privileges", "namespaces"})
"""What can be switched off, one by one, to show in a test what each wall is worth."""


@dataclass(frozen=True, kw_only=True)
class Walls:
    """What one process may use: seconds, bytes and counts."""

    cpu_seconds: int
    memory_bytes: int  # of address space, in all
    file_bytes: int
    open_files: int
    tasks: int
    without: frozenset[str] = frozenset()


def leave_the_group(*, parent: int) -> None:
    """A session of its own, and death together with the parent process, given as a pidfd."""
    os.setsid()
    privileges.die_with_parent()
    if select.select([parent], [], [], 0)[0]:  # it had ended before
        os._exit(1)


def build(walls: Walls, *, ruleset: int, calls: seccomp.Prepared) -> None:
    """Confine this process for good. Raises OSError if any wall does not stand.

    ``ruleset`` says which files it may open: see ``landlock.ruleset``; ``calls`` which system
    calls it may make.
    """
    if "limits" not in walls.without:
        _limit(walls)
    if "privileges" not in walls.without:
        privileges.drop()
    privileges.no_new_privileges()
    if "files" not in walls.without:
        landlock.restrict(ruleset)
    if "calls" not in walls.without:
        seccomp.install(calls.for_process(os.getpid()))


def _limit(walls: Walls) -> None:
    for limit, most in (
        (resource.RLIMIT_AS, walls.memory_bytes),
        (resource.RLIMIT_FSIZE, walls.file_bytes),
        (resource.RLIMIT_NOFILE, walls.open_files),
        (resource.RLIMIT_NPROC, walls.tasks),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (walls.cpu_seconds, walls.cpu_seconds + 1))
