"""Where untrusted code runs.

``open_sandbox()`` gives the strongest sandbox that this machine allows, or refuses;
``examine()`` tries its walls for real. What crosses the border is in ``base``, how values travel
in ``codec``.
"""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass

from grader.sandbox.base import Isolation, Sandbox, SandboxUnavailable, Wall


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the self-test found: how strongly this machine can isolate, and each wall."""

    isolation: Isolation
    walls: tuple[Wall, ...]
    kernel: str
    python: str
    summary: str


def open_sandbox(*, insecure: bool = False) -> Sandbox:
    """The strongest sandbox this machine allows. The caller closes it; one per worker slot.

    Raises SandboxUnavailable, with the reason and the remedy, where nothing isolates.
    ``insecure`` then runs code with resource limits only, and every result says so.
    """
    raise SandboxUnavailable("No isolation is built into this version yet. Nothing was graded.")


def examine() -> Report:
    """Try to break out of a real sandbox, wall by wall, and report what happened."""
    return Report(
        isolation=Isolation.NONE,
        walls=(),
        kernel=platform.release(),
        python=sys.version.split()[0],
        summary="Untrusted code cannot run: no isolation is built into this version yet.",
    )


__all__ = ["Isolation", "Report", "Sandbox", "SandboxUnavailable", "examine", "open_sandbox"]
