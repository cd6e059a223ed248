"""Python's special methods, by what is asked for when one of them crosses between processes.

Both sides know an object of the other's as an instance of a class that has exactly the special
methods of the original's class. So ``hasattr``, ``callable``, ``len`` and the abstract classes of
``collections.abc`` say of the stand-in what they would say of the thing itself.
"""

from __future__ import annotations

import asyncio
import copy
import math
import operator
from collections.abc import Callable
from typing import Any

BINARY = [
    "add",
    "sub",
    "mul",
    "truediv",
    "floordiv",
    "mod",
    "pow",
    "matmul",
    "and",
    "or",
    "xor",
    "lshift",
    "rshift",
    "divmod",
]
IN_PLACE = [
    "iadd",
    "isub",
    "imul",
    "itruediv",
    "ifloordiv",
    "imod",
    "ipow",
    "imatmul",
    "iand",
    "ior",
    "ixor",
    "ilshift",
    "irshift",
]
ORDERINGS = ["lt", "le", "gt", "ge"]
ALONE = [
    "neg",
    "pos",
    "invert",
    "abs",
    "round",
    "int",
    "float",
    "complex",
    "index",
    "trunc",
    "floor",
    "ceil",
]
OTHERS = [
    "len",
    "iter",
    "next",
    "reversed",
    "contains",
    "getitem",
    "setitem",
    "delitem",
    "enter",
    "exit",
    "call",
    "bool",
    "await",
    "aiter",
    "anext",
    "aenter",
    "aexit",
    "bytes",
    "fspath",
]

NAMES = frozenset(
    f"__{name}__"
    for name in (*BINARY, *(f"r{name}" for name in BINARY), *IN_PLACE, *ORDERINGS, *ALONE, *OTHERS)
)


def names_of(kind: type) -> list[str]:
    """The special methods that the class or one above it defines; and ``__hash__`` if it has one
    of its own, ``unhashable`` if it has none."""
    above = [base for base in kind.__mro__ if base is not object]
    found = sorted({name for base in above for name in vars(base) if name in NAMES})
    found += [name for name in ("__eq__",) if any(name in vars(base) for base in above)]
    if vars(kind).get("__hash__", kind.__hash__) is None:
        return [*found, "unhashable"]
    return [*found, "__hash__"] if id(kind.__hash__) != id(object.__hash__) else found


def _enter(context: Any) -> Any:
    return type(context).__enter__(context)


def _exit(context: Any, problem: BaseException | None) -> Any:
    kind = None if problem is None else type(problem)
    return type(context).__exit__(context, kind, problem, None)


_LOOPS: list[asyncio.AbstractEventLoop] = []


def _await(coroutine: Any) -> Any:
    """The result of a coroutine or another awaitable, run to its end in a loop of our own."""
    if not _LOOPS:
        _LOOPS.append(asyncio.new_event_loop())

    async def whole() -> Any:
        return await coroutine

    return _LOOPS[0].run_until_complete(whole())


def _method(name: str) -> Callable[..., Any]:
    return lambda thing, *given: getattr(type(thing), f"__{name}__")(thing, *given)


DO: dict[str, Callable[..., Any]] = {
    **{name: getattr(operator, name) for name in (*IN_PLACE, *ORDERINGS, "eq", "ne")},
    **{
        name: getattr(operator, f"{name}_" if name in ("and", "or") else name)
        for name in BINARY
        if name != "divmod"
    },
    **{
        kind.__name__: kind
        for kind in (len, iter, next, repr, str, format, hash, bool, reversed, divmod, dir)
    },
    **{kind.__name__: kind for kind in (abs, round, int, float, complex, bytes, aiter, anext)},
    **{kind.__name__: kind for kind in (isinstance, issubclass)},
    **{name: getattr(operator, name) for name in ("neg", "pos", "invert", "index", "contains")},
    **{name: getattr(operator, name) for name in ("getitem", "setitem", "delitem")},
    **{kind.__name__: kind for kind in (math.trunc, math.floor, math.ceil)},
    **{name: _method(name) for name in ("fspath", "aenter", "aexit")},
    "get": getattr,
    "set": setattr,
    "delete": delattr,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "enter": _enter,
    "exit": _exit,
    "await": _await,
}
"""What each operation does where the object lives."""
