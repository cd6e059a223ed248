"""From wire form back to Python values, on a side that trusts the sender or is itself confined."""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from grader.sandbox.codec.caps import MAX_DEPTH, Unreadable

Wire = Any
Other = Callable[[str, Any], Any]


def decode(wire: Wire, *, other: Other | None = None) -> Any:
    """The value. ``other(tag, content)`` reads tags that are not on the list (a handle, say).

    Never call it on a learner's value in a process that holds secrets: compare wire forms
    with ``same`` instead. Raises Unreadable.
    """
    try:
        return _read(wire, other, 0)
    except Unreadable:
        raise
    except (TypeError, ValueError, KeyError, OverflowError, ArithmeticError) as problem:
        raise Unreadable(str(problem)[:80]) from None


def _read(wire: Wire, other: Other | None, depth: int) -> Any:
    if depth > MAX_DEPTH + 2:
        raise Unreadable("nested too deeply")
    if wire is None or type(wire) in (bool, int, float, str):
        return wire
    if type(wire) is list:
        return [_read(value, other, depth + 1) for value in wire]
    if type(wire) is not dict or len(wire) != 1:
        raise Unreadable("not a value in wire form")
    ((tag, content),) = wire.items()
    return _read_tagged(tag, content, other, depth)


def _read_tagged(tag: str, content: Any, other: Other | None, depth: int) -> Any:
    if tag in _FROM_TEXT:
        return _FROM_TEXT[tag](content)
    if tag in _FROM_VALUES:
        return _FROM_VALUES[tag]([_read(value, other, depth + 1) for value in content])
    if tag in _FROM_PAIRS:
        pairs = [
            (_read(key, other, depth + 1), _read(value, other, depth + 1)) for key, value in content
        ]
        return _FROM_PAIRS[tag](pairs)
    if tag == "namedtuple":
        name, fields, values = content
        kind = namedtuple(name, fields)  # type: ignore[misc]
        return kind(*[_read(value, other, depth + 1) for value in values])
    if other is not None:
        return other(tag, content)
    raise Unreadable(f"a value tagged {str(tag)[:40]!r} cannot be read back")


_FROM_TEXT: dict[str, Callable[[str], Any]] = {
    "int": lambda text: int(text, 16),
    "float": float,
    "str": lambda text: bytes.fromhex(text).decode("utf-8", "surrogatepass"),
    "bytes": bytes.fromhex,
    "bytearray": bytearray.fromhex,
    "Decimal": Decimal,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
}

_FROM_VALUES: dict[str, Callable[[list[Any]], Any]] = {
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "deque": deque,
    "complex": lambda parts: complex(*parts),
    "range": lambda parts: range(*parts),
    "Fraction": lambda parts: Fraction(*parts),
    "timedelta": lambda parts: timedelta(*parts),
}


def _default_dict(pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
    return defaultdict(None, pairs)


_FROM_PAIRS: dict[str, Callable[[list[tuple[Any, Any]]], Any]] = {
    "dict": dict,
    "Counter": lambda pairs: Counter(dict(pairs)),
    "OrderedDict": OrderedDict,
    "defaultdict": _default_dict,
}
