"""From Python values to wire form."""

from __future__ import annotations

import math
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from grader.sandbox.codec.caps import MAX_DEPTH, MAX_FRAME, MAX_NODES, SMALL_INT, Unencodable

Wire = Any


def encode(
    value: object,
    *,
    other: Callable[[object], Wire] | None = None,
    shared: Callable[[object], Wire] | None = None,
) -> Wire:
    """The wire form of a value.

    ``other`` is asked for whatever is not of an exact listed type (an opaque handle, say).
    Without it named tuples, enumeration members and dataclasses travel by their fields, and
    anything else raises Unencodable. ``shared`` is asked for containers that can change, which
    are otherwise copied.
    """
    writer = _Writer(other=other or _structured)
    writer.shared = shared
    return writer(value)


def describe(value: object) -> Wire:
    """The wire form of any object at all; what cannot cross becomes an opaque word or two.

    For use beside untrusted code: never raises for a value's sake.
    """
    try:
        return _Writer(other=_structured_or_opaque)(value)
    except Unencodable as problem:
        return {"opaque": str(problem)}


class _Writer:
    """Writes one value within a budget of depth, nodes and characters."""

    def __init__(self, *, other: Callable[[Any], Wire] | Callable[[Any, _Writer], Wire]) -> None:
        self.other = other
        self.shared: Callable[[object], Wire] | None = None
        self.depth = 0
        self.nodes = 0
        self.characters = 0

    def __call__(self, value: object) -> Wire:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise Unencodable("a value that is too large")
        kind = type(value)
        if value is None or kind is bool:
            return value
        if self.shared is not None and kind in CHANGEABLE:
            return self.shared(value)
        write = _BY_TYPE.get(kind)
        if write is not None:
            return write(value, self)
        if self.other is _structured or self.other is _structured_or_opaque:
            return self.other(value, self)
        return self.other(value)  # type: ignore[call-arg]

    def spend(self, characters: int) -> None:
        self.characters += characters
        if self.characters > MAX_FRAME:
            raise Unencodable("a value that is too large")

    def each(self, values: Iterable[object]) -> list[Wire]:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unencodable("a value that is nested too deeply")
        written = [self(value) for value in values]
        self.depth -= 1
        return written

    def pairs(self, items: Iterable[tuple[object, object]]) -> list[Wire]:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unencodable("a value that is nested too deeply")
        written = [[self(key), self(value)] for key, value in items]
        self.depth -= 1
        return written


def _integer(value: int, writer: _Writer) -> Wire:
    if -SMALL_INT < value < SMALL_INT:
        return value
    writer.spend(value.bit_length() // 4)
    return {"int": hex(value)}


def _float(value: float, _: _Writer) -> Wire:
    return value if math.isfinite(value) else {"float": repr(value)}


def _text(value: str, writer: _Writer) -> Wire:
    writer.spend(len(value))
    try:
        value.encode()
    except UnicodeEncodeError:  # two lone halves must not become one character on the way
        return {"str": value.encode("utf-8", "surrogatepass").hex()}
    return value


def _bytes(tag: str) -> Callable[[Any, _Writer], Wire]:
    def write(value: bytes | bytearray, writer: _Writer) -> Wire:
        writer.spend(2 * len(value))
        return {tag: value.hex()}

    return write


def _words(tag: str, text: Callable[[Any], str]) -> Callable[[Any, _Writer], Wire]:
    def write(value: object, writer: _Writer) -> Wire:
        words = text(value)
        writer.spend(len(words))
        return {tag: words}

    return write


def _values(tag: str, parts: Callable[[Any], Iterable[object]]) -> Callable[[Any, _Writer], Wire]:
    return lambda value, writer: {tag: writer.each(parts(value))}


def _mapping(tag: str) -> Callable[[Any, _Writer], Wire]:
    return lambda value, writer: {tag: writer.pairs(value.items())}


def _same(value: Any) -> Any:
    return value


CHANGEABLE = frozenset((list, dict, set, deque, bytearray, Counter, OrderedDict, defaultdict))
"""Containers that may hold something else a moment later."""

_BY_TYPE: dict[type, Callable[[Any, _Writer], Wire]] = {
    int: _integer,
    float: _float,
    str: _text,
    list: lambda value, writer: writer.each(value),
    tuple: _values("tuple", _same),
    set: _values("set", _same),
    frozenset: _values("frozenset", _same),
    deque: _values("deque", _same),
    dict: _mapping("dict"),
    Counter: _mapping("Counter"),
    OrderedDict: _mapping("OrderedDict"),
    defaultdict: _mapping("defaultdict"),
    bytes: _bytes("bytes"),
    bytearray: _bytes("bytearray"),
    complex: _values("complex", lambda value: (value.real, value.imag)),
    range: _values("range", lambda value: (value.start, value.stop, value.step)),
    Decimal: _words("Decimal", str),
    Fraction: _values("Fraction", lambda value: (value.numerator, value.denominator)),
    date: _words("date", date.isoformat),
    datetime: _words("datetime", datetime.isoformat),
    time: _words("time", time.isoformat),
    timedelta: _values("timedelta", lambda value: (value.days, value.seconds, value.microseconds)),
}


def _structured(value: object, writer: _Writer) -> Wire:
    wire = _by_fields(value, writer)
    if wire is None:
        raise Unencodable(f"a value of type {_name(type(value))}")
    return wire


def _structured_or_opaque(value: object, writer: _Writer) -> Wire:
    wire = _by_fields(value, writer)
    return {"opaque": f"{_name(type(value))} object"} if wire is None else wire


def _by_fields(value: object, writer: _Writer) -> Wire | None:
    """Named tuples, enumeration members and dataclasses, read without running their methods."""
    kind = type(value)
    fields: Any = kind.__dict__.get("_fields")
    if tuple in kind.__mro__ and _is_names(fields):
        items = writer.each(tuple.__iter__(value))  # type: ignore[arg-type]
        return {"namedtuple": [_name(kind), list(fields), items]}
    own = _own_attributes(value)
    if Enum in kind.__mro__ and type(own.get("_name_")) is str:
        return {"enum": [_name(kind), own["_name_"][:80], *writer.each([own.get("_value_")])]}
    if type(kind.__dict__.get("__dataclass_fields__")) is dict:
        named = [(name, own[name]) for name in kind.__dict__["__dataclass_fields__"] if name in own]
        return {"dataclass": [_name(kind), writer.pairs(named)]}
    return None


def _own_attributes(value: object) -> dict[str, Any]:
    try:
        own = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}
    return own if type(own) is dict else {}


def _is_names(fields: Any) -> bool:
    return type(fields) is tuple and all(type(name) is str and len(name) <= 80 for name in fields)


def _name(kind: type) -> str:
    name = type.__dict__["__name__"].__get__(kind)
    return str(name).encode("ascii", "backslashreplace").decode()[:80]
