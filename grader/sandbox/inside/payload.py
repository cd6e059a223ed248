"""The built-in value inside an instance of a subclass, read without running the subclass's code."""

from __future__ import annotations

import types
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

_KEYS: type = type({}.keys())

PAYLOADS: dict[type, Callable[[Any], Any]] = {
    int: lambda value: int.__add__(value, 0),
    float: lambda value: float.__add__(value, 0.0),
    complex: lambda value: complex.__add__(value, 0j),
    str: lambda value: "".join(str.__iter__(value)),
    bytes: lambda value: bytes(list(bytes.__iter__(value))),
    list: lambda value: list(list.__iter__(value)),
    tuple: lambda value: tuple(tuple.__iter__(value)),
    dict: lambda value: dict(dict.items(value)),
    set: lambda value: set(set.__iter__(value)),
    frozenset: lambda value: frozenset(frozenset.__iter__(value)),
    _KEYS: set,
    types.MappingProxyType: dict,
}

BASES: dict[str, type] = {kind.__name__: kind for kind in PAYLOADS} | {
    kind.__name__: kind for kind in (types.GeneratorType, types.CoroutineType, types.FunctionType)
}
"""What a learner's object may say it is an instance of, besides its own class."""

_ALSO_PLAIN: tuple[type, ...] = (
    bool, bytearray, object, range, type, type(None), Counter, OrderedDict, defaultdict, deque,
    date, datetime, time, timedelta, Decimal, Fraction,
)  # fmt: skip

PLAIN_TYPES: dict[str, type] = {
    kind.__name__: kind
    for kind in (*_ALSO_PLAIN, *PAYLOADS)
    if kind not in (_KEYS, types.MappingProxyType)
}
"""Types that cross as themselves."""


def base_of(kind: type) -> str:
    """The name of the built-in type that this class extends or is, or nothing."""
    for above in kind.__mro__:
        if above in PAYLOADS or (above.__name__ in BASES and BASES[above.__name__] is above):
            return above.__name__
    return ""


def payload_of(value: object) -> Any:
    """The plain value. Raises KeyError for an object that has none."""
    return PAYLOADS[BASES[base_of(type(value))]](value)
