"""Where untrusted code runs.

``open_sandbox()`` gives the strongest sandbox that this machine allows, or refuses;
``examine()`` tries its walls for real. What crosses the border is in ``base``, how values travel
in ``codec``.
"""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass

from grader.sandbox import opening
from grader.sandbox.base import Isolation, Sandbox, SandboxUnavailable, Wall
from grader.sandbox.supervise import examine as self_test


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

    Raises SandboxUnavailable, with the reason and the remedy, where nothing isolates. Only then
    does ``insecure`` matter: code runs with resource limits alone and every result says so.
    """
    try:
        return opening.isolated()
    except SandboxUnavailable:
        if not insecure:
            raise
        return opening.unisolated()


def examine() -> Report:
    """Try to break out of a real sandbox, wall by wall, and report what happened."""
    try:
        sandbox = opening.isolated()
    except SandboxUnavailable as refusal:
        return _report(Isolation.NONE, (), f"Untrusted code cannot run here. {refusal}")
    try:
        walls = opening.with_reasons(sandbox.walls())
    finally:
        sandbox.close()
    return _report(sandbox.isolation, walls, self_test.summary(sandbox.isolation, walls))


def _report(isolation: Isolation, walls: tuple[Wall, ...], summary: str) -> Report:
    return Report(
        isolation=isolation,
        walls=walls,
        kernel=platform.release(),
        python=sys.version.split()[0],
        summary=summary,
    )


__all__ = ["Isolation", "Report", "Sandbox", "SandboxUnavailable", "examine", "open_sandbox"]
