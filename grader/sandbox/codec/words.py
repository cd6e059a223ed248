"""A value in words: what Python's ``repr`` would say, capped and safe to store and show."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

Wire = Any
Pieces = Iterator[str]

_DAMAGED = (AttributeError, TypeError, ValueError, LookupError, OverflowError, RecursionError)
_LONG_INTEGER = 600  # hexadecimal digits; decimal text of more would be slow and unreadable


def show(wire: Wire, limit: int = 200) -> str:
    """At most ``limit`` printable characters. Total: for damaged wire it says so in words."""
    shown: list[str] = []
    length = 0
    try:
        for piece in _pieces(wire, limit):
            shown.append(piece)
            length += len(piece)
            if length > limit:
                break
    except _DAMAGED:
        return "a value that cannot be read"[:limit]
    text = "".join(shown)
    return text if len(text) <= limit else text[: max(limit - 1, 0)] + "…"


def _pieces(wire: Wire, limit: int) -> Pieces:
    if type(wire) is str:
        yield repr(wire[: limit + 1])
    elif wire is None or type(wire) in (bool, int, float):
        yield repr(wire)
    elif type(wire) is list:
        yield from _enclosed("[", wire, "]", limit)
    else:
        ((tag, content),) = wire.items()
        yield from _SHOWN[tag](content, limit)


def _enclosed(opening: str, values: list[Wire], closing: str, limit: int) -> Pieces:
    yield opening
    for number, value in enumerate(values):
        if number:
            yield ", "
        yield from _pieces(value, limit)
    yield closing


def _tuple(values: list[Wire], limit: int) -> Pieces:
    return _enclosed("(", values, ",)" if len(values) == 1 else ")", limit)


def _set(values: list[Wire], limit: int) -> Pieces:
    return _enclosed("{", values, "}", limit) if values else iter(["set()"])


def _items(pairs: list[list[Wire]], limit: int) -> Pieces:
    yield "{"
    for number, (key, value) in enumerate(pairs):
        if number:
            yield ", "
        yield from _pieces(key, limit)
        yield ": "
        yield from _pieces(value, limit)
    yield "}"


def _fields(name: str, named: list[tuple[str, Wire]], limit: int) -> Pieces:
    yield f"{_printable(name)}("
    for number, (field, value) in enumerate(named):
        yield f"{', ' if number else ''}{_printable(field)}="
        yield from _pieces(value, limit)
    yield ")"


def _within(name: str, inner: Callable[[Any, int], Pieces]) -> Callable[[Any, int], Pieces]:
    def pieces(content: Any, limit: int) -> Pieces:
        yield f"{name}("
        yield from inner(content, limit)
        yield ")"

    return pieces


def _list(values: list[Wire], limit: int) -> Pieces:
    return _enclosed("[", values, "]", limit)


def _arguments(name: str) -> Callable[[Any, int], Pieces]:
    return lambda values, limit: _enclosed(f"{name}(", values, ")", limit)


def _integer(content: str, _: int) -> Pieces:
    if len(content) > _LONG_INTEGER:
        yield f"an integer of about {_decimal_digits(content)} digits"
    else:
        yield str(int(content, 16))


def _decimal_digits(hexadecimal: str) -> int:
    bits = 4 * len(hexadecimal.lstrip("-").removeprefix("0x"))
    return round(bits * math.log10(2))


def _text(content: str, limit: int) -> Pieces:
    yield repr(bytes.fromhex(content).decode("utf-8", "surrogatepass")[: limit + 1])


def _bytes(content: str, limit: int) -> Pieces:
    yield repr(bytes.fromhex(content)[: limit + 1])


def _complex(parts: list[Wire], _: int) -> Pieces:
    yield repr(complex(*(part if type(part) is float else float(part["float"]) for part in parts)))


def _moment(read: Callable[[str], Any]) -> Callable[[Any, int], Pieces]:
    return lambda content, _: iter([repr(read(content))])


def _timedelta(parts: list[int], _: int) -> Pieces:
    yield repr(timedelta(*parts))


def _named_tuple(content: list[Any], limit: int) -> Pieces:
    name, fields, values = content
    return _fields(name, list(zip(fields, values, strict=False)), limit)


def _printable(name: str) -> str:
    return repr(name)[1:-1]


_SHOWN: dict[str, Callable[[Any, int], Pieces]] = {
    "int": _integer,
    "float": lambda content, _: iter([str(content)]),
    "str": _text,
    "tuple": _tuple,
    "set": _set,
    "frozenset": _within("frozenset", _set),
    "deque": _within("deque", _list),
    "dict": _items,
    "Counter": _within("Counter", _items),
    "OrderedDict": _within("OrderedDict", _items),
    "defaultdict": _items,
    "bytes": _bytes,
    "bytearray": _within("bytearray", _bytes),
    "complex": _complex,
    "range": _arguments("range"),
    "Fraction": _arguments("Fraction"),
    "Decimal": lambda content, limit: iter([f"Decimal({content[: limit + 1]!r})"]),
    "date": _moment(date.fromisoformat),
    "datetime": _moment(datetime.fromisoformat),
    "time": _moment(time.fromisoformat),
    "timedelta": _timedelta,
    "namedtuple": _named_tuple,
    "enum": lambda content, _: iter([f"{_printable(content[0])}.{_printable(content[1])}"]),
    "dataclass": lambda content, limit: _fields(content[0], content[1], limit),
    "opaque": lambda content, _: iter([f"<{_printable(content)}>"]),
}
