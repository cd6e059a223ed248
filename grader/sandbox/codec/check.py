"""Whether a frame from untrusted code holds a value in wire form, before anyone reads it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from grader.sandbox.codec.caps import MAX_DEPTH, SMALL_INT, Unreadable

Wire = Any

_HEX_INTEGER = re.compile(r"-?0x[1-9a-f][0-9a-f]*")
_HEX = re.compile(r"(?:[0-9a-f]{2})*")
_DECIMAL = re.compile(r"-?(?:\d+(?:\.\d+)?(?:E[+-]?\d{1,18})?|Infinity|s?NaN\d*)", re.ASCII)
_MOMENT = re.compile(r"[0-9T:.+-]{5,40}")


def check(wire: Wire) -> Wire:
    """The same value, now known to be well formed. Raises Unreadable."""
    _check(wire, 0)
    return wire


def _check(wire: Wire, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise Unreadable("nested too deeply")
    kind = type(wire)
    if wire is None or kind is bool:
        return
    if kind is float:
        _require(math.isfinite(wire))
    elif kind is int:
        _require(-SMALL_INT < wire < SMALL_INT)
    elif kind is str:
        _require(_is_text(wire))
    elif kind is list:
        _all(wire, depth)
    else:
        _require(kind is dict and len(wire) == 1)
        ((tag, content),) = wire.items()
        _BY_TAG.get(tag, _unknown)(content, depth)


def _require(holds: bool) -> None:
    if not holds:
        raise Unreadable("not a value in wire form")


def _unknown(_: Any, __: int) -> None:
    _require(False)


def _is_text(value: object) -> bool:
    if type(value) is not str:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _all(content: Any, depth: int) -> None:
    _require(type(content) is list)
    for value in content:
        _check(value, depth + 1)


def _pairs(content: Any, depth: int) -> None:
    _require(type(content) is list)
    for pair in content:
        _require(type(pair) is list and len(pair) == 2)
        _check(pair[0], depth + 1)
        _check(pair[1], depth + 1)


def _matching(pattern: re.Pattern[str]) -> Callable[[Any, int], None]:
    return lambda content, _: _require(
        type(content) is str and pattern.fullmatch(content) is not None
    )


def _exactly(kinds: tuple[type, ...], *, count: int) -> Callable[[Any, int], None]:
    def these(content: Any, depth: int) -> None:
        _require(type(content) is list and len(content) == count)
        for value in content:
            _check(value, depth + 1)
            number = type(value) in kinds or (type(value) is dict and next(iter(value)) == "int")
            _require(number)

    return these


def _big_integer(content: Any, _: int) -> None:
    _require(type(content) is str and _HEX_INTEGER.fullmatch(content) is not None)
    _require(abs(int(content, 16)) >= SMALL_INT)


def _complex(content: Any, depth: int) -> None:
    _all(content, depth)
    _require(len(content) == 2)
    for part in content:
        _require(type(part) is float or (type(part) is dict and next(iter(part)) == "float"))


def _named_tuple(content: Any, depth: int) -> None:
    _require(type(content) is list and len(content) == 3 and _is_text(content[0]))
    _, names, values = content
    _require(type(names) is list and all(_is_text(name) for name in names))
    _all(values, depth)


def _enum(content: Any, depth: int) -> None:
    _require(type(content) is list and len(content) == 3)
    _require(_is_text(content[0]) and _is_text(content[1]))
    _check(content[2], depth + 1)


def _dataclass(content: Any, depth: int) -> None:
    _require(type(content) is list and len(content) == 2 and _is_text(content[0]))
    _pairs(content[1], depth)
    _require(all(type(name) is str for name, _ in content[1]))


_BY_TAG: dict[str, Callable[[Any, int], None]] = {
    "int": _big_integer,
    "float": _matching(re.compile(r"nan|-?inf")),
    "str": _matching(_HEX),
    "tuple": _all,
    "set": _all,
    "frozenset": _all,
    "deque": _all,
    "dict": _pairs,
    "Counter": _pairs,
    "OrderedDict": _pairs,
    "defaultdict": _pairs,
    "bytes": _matching(_HEX),
    "bytearray": _matching(_HEX),
    "complex": _complex,
    "range": _exactly((int,), count=3),
    "Decimal": _matching(_DECIMAL),
    "Fraction": _exactly((int,), count=2),
    "date": _matching(_MOMENT),
    "datetime": _matching(_MOMENT),
    "time": _matching(_MOMENT),
    "timedelta": _exactly((int,), count=3),
    "namedtuple": _named_tuple,
    "enum": _enum,
    "dataclass": _dataclass,
    "opaque": lambda content, _: _require(_is_text(content) and len(content) <= 200),
}
