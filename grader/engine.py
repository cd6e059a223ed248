"""Exercise + Answer + Tools in, Verdict out."""

from __future__ import annotations

from grader.kinds.tools import Tools

__all__ = ["Tools"]
