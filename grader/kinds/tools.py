"""What a kind is given to judge with, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass

from grader.authored.spec import CEILINGS
from grader.sandbox.base import Limits, Sandbox


@dataclass(frozen=True, kw_only=True)
class Tools:
    """The sandbox that runs code, and the site's ceilings over every exercise's limits."""

    sandbox: Sandbox
    ceilings: Limits = CEILINGS
