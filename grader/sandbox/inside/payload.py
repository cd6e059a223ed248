"""The built-in value inside an instance of a subclass, read without running the subclass's code."""

from __future__ import annotations

from collections.abc import Callable
from types import GeneratorType
from typing import Any

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
}

BASES: dict[str, type] = {kind.__name__: kind for kind in PAYLOADS} | {"generator": GeneratorType}
"""What a learner's object may say it is an instance of, besides its own class."""

_ALSO_PLAIN: tuple[type, ...] = (bool, bytearray, object, range, type, type(None))

PLAIN_TYPES: dict[str, type] = {kind.__name__: kind for kind in (*_ALSO_PLAIN, *PAYLOADS)}
"""Types that cross as themselves."""


def base_of(value: object) -> str:
    """The name of the built-in type that this object extends, or nothing."""
    for kind in type(value).__mro__:
        if kind in PAYLOADS or kind is GeneratorType:
            return kind.__name__
    return ""


def payload_of(value: object) -> Any:
    """The plain value. Raises KeyError for an object that has none."""
    return PAYLOADS[BASES[base_of(value)]](value)
