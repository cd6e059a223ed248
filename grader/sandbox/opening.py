"""Choosing the strongest sandbox of this machine, or refusing."""

from __future__ import annotations

import platform
import sys
from collections.abc import Sequence
from dataclasses import replace

from grader.sandbox.base import HarnessBroken, Isolation, SandboxUnavailable, Wall
from grader.sandbox.confine import WALLS, landlock
from grader.sandbox.confine.numbers import NUMBERS
from grader.sandbox.supervise import cgroup, examine
from grader.sandbox.supervise.cgroup import Group
from grader.sandbox.supervise.sandbox import ProcessSandbox
from grader.sandbox.supervise.template import Refused

_REMEDY = (
    "Run the grader on Linux 5.13 or newer with Landlock and seccomp (any stock Debian 12, "
    "Ubuntu 22.04 or Docker engine has them), or accept the risk with the insecure flag."
)


WHY_NOT: dict[str, str] = {}
"""Why this machine can't give "namespaces" or a "cgroup", as far as that was tried."""


def isolated() -> ProcessSandbox:
    """A sandbox whose walls have just been tried. Raises SandboxUnavailable."""
    _require(sys.platform == "linux", f"{platform.system()} cannot isolate untrusted code.")
    _require(
        platform.machine() in NUMBERS,
        f"There is no table of system calls for {platform.machine()}.",
    )
    _require(landlock.version() > 0, "This kernel has no Landlock, or it is switched off.")
    group = _group()
    best = Isolation.NAMESPACES if group is None else Isolation.NAMESPACES_CGROUP
    if "namespaces" not in WHY_NOT:
        try:
            return _tried(ProcessSandbox(best, group=group))
        except Refused as refused:
            WHY_NOT["namespaces"] = str(refused)
            group = _group()
    return _tried(
        ProcessSandbox(Isolation.LANDLOCK, without=frozenset({"namespaces"}), group=group)
    )


def with_reasons(walls: Sequence[Wall]) -> tuple[Wall, ...]:
    """The walls of a sandbox of this machine, and of those that are missing why they are."""
    told = (
        replace(wall, detail=f"{wall.detail}: {WHY_NOT[wall.name]}")
        if not wall.holds and wall.name in WHY_NOT
        else wall
        for wall in walls
    )
    return (*told, _cgroup_wall())


def _cgroup_wall() -> Wall:
    if "cgroup" not in WHY_NOT:
        detail = "what all processes take together is bounded"
        return Wall(name="cgroup", holds=True, needed=False, detail=detail)
    return Wall(
        name="cgroup",
        holds=False,
        needed=False,
        detail=f"nothing bounds what all processes take together: {WHY_NOT['cgroup']}",
        improve="Delegate a control group to the worker: docs/sandbox.md says how.",
    )


def _group() -> Group | None:
    try:
        return cgroup.claim()
    except cgroup.NoGroup as refused:
        WHY_NOT["cgroup"] = str(refused)
        return None


def _tried(sandbox: ProcessSandbox) -> ProcessSandbox:
    try:
        holes = examine.escapes(sandbox)
    except Refused:
        sandbox.close()
        raise
    except HarnessBroken as broken:
        sandbox.close()
        raise SandboxUnavailable(f"No confined process starts here: {broken}. {_REMEDY}") from None
    if holes:
        sandbox.close()
        found = "; ".join(f"{wall.detail}. {wall.improve}".strip() for wall in holes)
        raise SandboxUnavailable(f"The sandbox does not hold: {found} {_REMEDY}")
    return sandbox


def unisolated() -> ProcessSandbox:
    """Resource limits only: for a developer's machine, by explicit choice."""
    return ProcessSandbox(Isolation.NONE, without=WALLS - {"limits"})


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise SandboxUnavailable(f"{otherwise} Nothing was graded. {_REMEDY}")
