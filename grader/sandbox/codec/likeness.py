"""Whether two values are the same, decided on their wire forms: no method of anyone's runs.

The rule is Python's ``==`` made strict about the types a beginner should tell apart:

- ``1``, ``1.0`` and ``True`` differ; a list and a tuple differ; text and bytes differ.
- Sets and dictionaries have no order. A Counter, OrderedDict or defaultdict equals the dictionary
  with its items, a frozenset equals the set, and a named tuple the tuple, as in Python.
- ``nan`` is the same as ``nan``, and ``-0.0`` as ``0.0``. Decimals compare by number.
- With a tolerance, and only then, integers and floats are one kind of number and need only be
  near: within ``tolerance`` absolutely or relatively. Keys and members of sets stay exact.
- What is opaque is the same as nothing, not even itself.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

Wire = Any

_FAMILIES = {
    "namedtuple": "tuple",
    "frozenset": "set",
    "Counter": "dict",
    "OrderedDict": "dict",
    "defaultdict": "dict",
}


def same(expected: Wire, got: Wire, *, tolerance: float | None = None) -> bool:
    """Whether two checked wire values are the same. Total: damaged wire is the same as nothing."""
    try:
        if tolerance is None:
            return canonical(expected) == canonical(got)
        return _near(expected, got, tolerance)
    except (_Nothing, AttributeError, TypeError, ValueError, LookupError, RecursionError):
        return False


def canonical(wire: Wire) -> str:
    """One text per value: equal values have equal texts. Raises for what equals nothing."""
    return json.dumps(_normal(wire), separators=(",", ":"))


class _Nothing(Exception):
    """This equals nothing."""


def _normal(wire: Wire) -> Any:
    if wire is None or type(wire) in (bool, int, str):
        return wire
    if type(wire) is float:
        return wire + 0.0  # -0.0 becomes 0.0
    if type(wire) is list:
        return ["list", *map(_normal, wire)]
    tag, content = _parts(wire)
    if tag == "opaque":
        raise _Nothing
    return [tag, *_NORMAL.get(tag, _plain)(content)]


def _parts(wire: Wire) -> tuple[str, Any]:
    """The family a tagged value belongs to, and its content in the family's form."""
    ((tag, content),) = wire.items()
    if tag == "namedtuple":
        content = content[2]
    return _FAMILIES.get(tag, tag), content


def _plain(content: Any) -> list[Any]:
    return [content]


def _ordered(content: Any) -> list[Any]:
    return [_normal(value) for value in content]


def _unordered(content: Any) -> list[Any]:
    return sorted(canonical(value) for value in content)


def _items(content: Any) -> list[Any]:
    return sorted([canonical(key), canonical(value)] for key, value in content)


def _structure(content: Any) -> list[Any]:
    name, *rest = content
    return [name, *map(_normal, rest)]


def _number_text(content: str) -> list[Any]:
    """A decimal's value: 1.50 is 1.5, and -0 is 0."""
    sign = "-" if content.startswith("-") else ""
    digits, _, exponent = content.lstrip("-").partition("E")
    if not digits[:1].isdigit():
        return [content]
    whole, _, fraction = digits.partition(".")
    figures = (whole + fraction).lstrip("0")
    significant = figures.rstrip("0")
    if not significant:
        return ["0"]
    power = int(exponent or 0) - len(fraction) + len(figures) - len(significant)
    return [f"{sign}{significant}E{power}"]


def _moment(content: str) -> list[Any]:
    """The same instant, whatever the offset it was told with."""
    moment = datetime.fromisoformat(content)
    try:
        return [moment.isoformat() if moment.tzinfo is None else moment.astimezone(UTC).isoformat()]
    except OverflowError:
        return [content]


_NORMAL: dict[str, Callable[[Any], list[Any]]] = {
    "tuple": _ordered,
    "deque": _ordered,
    "complex": _ordered,
    "range": _ordered,
    "Fraction": _ordered,
    "timedelta": _ordered,
    "set": _unordered,
    "dict": _items,
    "enum": _structure,
    "dataclass": lambda content: [content[0], *_items(content[1])],
    "Decimal": _number_text,
    "datetime": _moment,
}


def _near(expected: Wire, got: Wire, tolerance: float) -> bool:
    wanted, number = _number(expected), _number(got)
    if wanted is not None or number is not None:
        return wanted is not None and number is not None and _close(wanted, number, tolerance)
    if type(expected) is list and type(got) is list:
        return _pairwise(expected, got, tolerance)
    if type(expected) is dict and type(got) is dict:
        return _near_tagged(expected, got, tolerance)
    return canonical(expected) == canonical(got)


def _near_tagged(expected: dict[str, Any], got: dict[str, Any], tolerance: float) -> bool:
    (tag, content), (other, against) = _parts(expected), _parts(got)
    if tag == other and tag in ("tuple", "deque", "complex"):
        return _pairwise(content, against, tolerance)
    if tag == other == "dict":
        return _by_key(content, against, tolerance)
    return canonical(expected) == canonical(got)


def _pairwise(expected: list[Wire], got: list[Wire], tolerance: float) -> bool:
    return len(expected) == len(got) and all(
        _near(wanted, value, tolerance) for wanted, value in zip(expected, got, strict=True)
    )


def _by_key(expected: list[Wire], got: list[Wire], tolerance: float) -> bool:
    wanted, values = _sorted_by_key(expected), _sorted_by_key(got)
    return len(wanted) == len(values) and all(
        key == other and _near(value, against, tolerance)
        for (key, value), (other, against) in zip(wanted, values, strict=True)
    )


def _sorted_by_key(pairs: list[Wire]) -> list[tuple[str, Wire]]:
    return sorted(((canonical(key), value) for key, value in pairs), key=itemgetter(0))


def _number(wire: Wire) -> int | float | None:
    if type(wire) in (int, float):
        return wire  # type: ignore[no-any-return]
    if type(wire) is dict and "int" in wire:
        return int(wire["int"], 16)
    if type(wire) is dict and "float" in wire:
        return float(wire["float"])
    return None


def _close(wanted: float, number: float, tolerance: float) -> bool:
    if wanted == number or (wanted != wanted and number != number):  # noqa: PLR0124
        return True
    try:
        return math.isclose(wanted, number, rel_tol=tolerance, abs_tol=tolerance)
    except OverflowError:
        return False
