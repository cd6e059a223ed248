"""Standard output, error and input of a program beside its tests."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.sandbox.inside.served import Served

MOST_PRINTED = 30_000
"""Characters between two answers."""


class Both(io.TextIOBase):
    """Standard output that the tests may capture and that the supervisor counts."""

    def __init__(self, kept: io.StringIO, real: Any) -> None:
        self.kept = kept
        self.real = real
        self.buffer = real.buffer

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        if self.kept.tell() < MOST_PRINTED:
            self.kept.write(text)
        self.real.write(text)
        return len(text)

    def flush(self) -> None:
        self.real.flush()


class Asked(io.TextIOBase):
    """Standard input as the tests have set it up."""

    def __init__(self, served: Served) -> None:
        self.served = served

    def readable(self) -> bool:
        return True

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        return str(self.served.call_back("readline", ()))

    def read(self, size: int | None = -1, /) -> str:
        return str(self.served.call_back("read", ()))


def taken(kept: io.StringIO) -> str:
    """What has been kept since the last time."""
    text = kept.getvalue()
    kept.seek(0)
    kept.truncate()
    return text[:MOST_PRINTED].encode("utf-8", "replace").decode()
