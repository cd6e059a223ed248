"""One line that says how far a long command has come. Silent where nobody watches."""

from __future__ import annotations

from time import monotonic
from types import TracebackType
from typing import TextIO

_WIDTH = 24


class Progress:
    """Call it with how many are done, of how many, and what comes next."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.started = monotonic()
        self.watched = stream.isatty()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.watched:
            self.stream.write("\r\x1b[K")
            self.stream.flush()

    def __call__(self, done: int, total: int, name: str) -> None:
        if not self.watched:
            return
        filled = _WIDTH * done // max(total, 1)
        elapsed = monotonic() - self.started
        left = f", about {elapsed / done * (total - done):.0f} s left" if done else ""
        bar = "█" * filled + "░" * (_WIDTH - filled)
        self.stream.write(f"\r\x1b[K{bar} {done} of {total}, {elapsed:.0f} s{left}  {name}")
        self.stream.flush()
