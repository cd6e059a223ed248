"""Values that cross between tests and program as copies, besides those of the codec."""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable
from datetime import timedelta, timezone
from pathlib import PosixPath, PurePosixPath
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

_SINGLE: dict[str, Any] = {
    "Ellipsis": Ellipsis,
    "NotImplemented": NotImplemented,
    **{
        name: kind
        for name, kind in vars(builtins).items()
        if isinstance(kind, type) and issubclass(kind, Exception)
    },
}
_NAME_OF_SINGLE = {id(value): name for name, value in _SINGLE.items()}

_WRITTEN: dict[type, Callable[[Any], Any]] = {
    PosixPath: lambda path: {"path": str(path)},
    PurePosixPath: lambda path: {"pure_path": str(path)},
    UUID: lambda identity: {"uuid": identity.hex},
    timezone: lambda zone: {"timezone": zone.utcoffset(None).total_seconds()},
    ZoneInfo: lambda zone: {"zone": zone.key},
    re.Pattern: lambda pattern: {"pattern": [pattern.pattern, pattern.flags]},
}

_READ: dict[str, Callable[[Any], Any]] = {
    "path": lambda text: PosixPath(_text(text)),
    "pure_path": lambda text: PurePosixPath(_text(text)),
    "uuid": lambda text: UUID(hex=_text(text)),
    "timezone": lambda seconds: timezone(timedelta(seconds=seconds)),
    "zone": lambda key: ZoneInfo(_text(key)),
    "pattern": lambda parts: re.compile(_text(parts[0]), int(parts[1])),
    "single": lambda name: _SINGLE[name],
}

TAGS = frozenset(_READ)


def written(value: object) -> Any:
    """The wire form of a value of one of these very types, or None."""
    if id(value) in _NAME_OF_SINGLE:
        return {"single": _NAME_OF_SINGLE[id(value)]}
    if type(value) is re.Pattern and type(value.pattern) is not str:
        return None
    write = _WRITTEN.get(type(value))
    return write(value) if write is not None else None


def read(tag: str, content: Any) -> Any:
    """The value. Raises ValueError or TypeError for what isn't one."""
    try:
        return _READ[tag](content)
    except (re.error, RecursionError) as problem:
        raise ValueError(str(problem)) from None


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("not text")
    return value
