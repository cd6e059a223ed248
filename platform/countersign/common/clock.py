"""The one place that reads the time, so that a test or a history can say what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC; or the one that is pretended in this context."""
    return _pretended.get() or timezone.now()


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Within the block, ``now()`` answers this moment."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)
