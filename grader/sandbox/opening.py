"""Choosing the strongest sandbox of this machine, or refusing."""

from __future__ import annotations

import platform
import sys

from grader.sandbox.base import HarnessBroken, Isolation, SandboxUnavailable
from grader.sandbox.confine import WALLS, landlock
from grader.sandbox.confine.numbers import NUMBERS
from grader.sandbox.supervise import examine
from grader.sandbox.supervise.sandbox import ProcessSandbox

_REMEDY = (
    "Run the grader on Linux 5.13 or newer with Landlock and seccomp (any stock Debian 12, "
    "Ubuntu 22.04 or Docker engine has them), or accept the risk with the insecure flag."
)


def isolated() -> ProcessSandbox:
    """A sandbox whose walls have just been tried. Raises SandboxUnavailable."""
    _require(sys.platform == "linux", f"{platform.system()} cannot isolate untrusted code.")
    _require(
        platform.machine() in NUMBERS,
        f"There is no table of system calls for {platform.machine()}.",
    )
    _require(landlock.version() > 0, "This kernel has no Landlock, or it is switched off.")
    sandbox = ProcessSandbox(Isolation.LANDLOCK)
    try:
        holes = examine.escapes(sandbox)
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
