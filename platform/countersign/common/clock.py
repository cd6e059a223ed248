"""The one place that reads the time, so that a test or a history can say what time it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from time import monotonic

from django.utils import timezone

_pretended: ContextVar[Callable[[], datetime] | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC; or the one that is pretended in this context."""
    pretended = _pretended.get()
    return pretended() if pretended else timezone.now()


@contextmanager
def pretend(moment: datetime, *, ticking: bool = False) -> Iterator[None]:
    """Within the block, ``now()`` answers this moment, or goes on from it if ``ticking``."""
    begun = monotonic()

    def answer() -> datetime:
        return moment + timedelta(seconds=monotonic() - begun) if ticking else moment

    token = _pretended.set(answer)
    try:
        yield
    finally:
        _pretended.reset(token)
