"""How large a value may be, and what is raised when one cannot cross."""

from __future__ import annotations

MAX_FRAME = 256 * 1024
"""Bytes of one frame, both ways."""

MAX_DEPTH = 50
"""Containers within containers."""

MAX_NODES = 50_000
"""Values within a value, counted before they are written."""

SMALL_INT = 1 << 53
"""Integers from here on travel as hexadecimal text: linear to read, exact in any JSON."""


class Unencodable(TypeError):
    """This value cannot cross: its type is not on the list, or it is too large or too deep."""


class Unreadable(ValueError):
    """This is not a value in wire form: forged, damaged, or past a cap."""
