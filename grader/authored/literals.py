"""Python literals in authored text, read without running anything.

Beside plain literals a few constructors may be called by name, so that a case can say
``Decimal("1.50")`` or ``date(2026, 1, 2)``.
"""

from __future__ import annotations

import ast
import datetime
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

CONSTRUCTORS: Mapping[str, Callable[..., Any]] = {
    "Counter": Counter,
    "Decimal": Decimal,
    "Fraction": Fraction,
    "OrderedDict": OrderedDict,
    "bytearray": bytearray,
    "complex": complex,
    "date": datetime.date,
    "datetime": datetime.datetime,
    "deque": deque,
    "float": float,
    "frozenset": frozenset,
    "range": range,
    "set": set,
    "time": datetime.time,
    "timedelta": datetime.timedelta,
    "tuple": tuple,
}


class LiteralError(ValueError):
    """The text is not a literal; the message says which part."""


@dataclass(frozen=True, kw_only=True)
class LiteralCall:
    """``function(*args, **kwargs)`` with values for arguments."""

    function: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]


def literal(source: str) -> Any:
    """The value of a literal. Raises LiteralError."""
    return _value(_expression(source))


def literal_call(source: str) -> LiteralCall:
    """A call of one function with literal arguments. Raises LiteralError."""
    node = _expression(source)
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        raise LiteralError("it has to be one call of one function, like double(4)")
    args, kwargs = _arguments(node)
    return LiteralCall(function=node.func.id, args=tuple(args), kwargs=kwargs)


def _expression(source: str) -> ast.expr:
    try:
        return ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise LiteralError("Python can't read it") from error


def _arguments(node: ast.Call) -> tuple[list[Any], dict[str, Any]]:
    names = [keyword.arg for keyword in node.keywords]
    if None in names:
        raise LiteralError("** isn't read here")
    args = [_value(argument) for argument in node.args]
    return args, {str(each.arg): _value(each.value) for each in node.keywords}


def _value(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=value) if value is not ...:
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return -number
        case ast.Call(func=ast.Name(id=name)) if name in CONSTRUCTORS:
            args, kwargs = _arguments(node)
            return _built(CONSTRUCTORS[name], *args, **kwargs)
        case ast.List() | ast.Tuple() | ast.Set():
            return _built(_DISPLAYS[type(node)], [_value(part) for part in node.elts])
        case ast.Dict():
            return _built(dict, list(_pairs(node)))
        case _:
            raise LiteralError(f"“{ast.unparse(node)}” isn't a literal value")


_DISPLAYS: Mapping[type[ast.expr], Callable[..., Any]] = {
    ast.List: list,
    ast.Tuple: tuple,
    ast.Set: set,
}


def _pairs(node: ast.Dict) -> Iterator[tuple[Any, Any]]:
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            raise LiteralError("** isn't read here")
        yield _value(key), _value(value)


def _built(maker: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    try:
        return maker(*args, **kwargs)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise LiteralError(str(error)) from error
