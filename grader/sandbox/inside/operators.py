"""The special methods of the stand-ins for a learner's objects: what is asked there, what is
answered here, and what is refused. ``proxies`` says why.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection
from typing import Any, NoReturn

from grader.sandbox.inside import specials
from grader.sandbox.inside.proxies import (
    PAYLOADLESS,
    Remote,
    is_asked,
    is_instance,
    is_remote,
    mark_as_made,
    payload_in,
)


def _ordering(name: str) -> Callable[..., Any]:
    def compare(self: Remote, other: object) -> Any:
        if is_remote(other):
            return self._remote_peer_.do(name, self, other)
        payload = payload_in(self)
        if payload is not PAYLOADLESS:
            return getattr(operator, name)(payload, other)
        if not is_asked(self):
            self._remote_peer_.refuse(
                f"an ordering of a learner's {type(self).__name__} and a plain value"
            )
        return self._remote_peer_.do(name, self, other)

    return compare


def _arithmetic(name: str, *, reflected: bool = False) -> Callable[..., Any]:
    def compute(self: Remote, other: object, *_: object) -> Any:
        operands = (other, self) if reflected else (self, other)
        made = self._made_here_ and (not is_remote(other) or _is_made(other))
        if is_remote(other):
            return _as_made(self, other, self._remote_peer_.do(name, *operands), made=made)
        payload = payload_in(self)
        if payload is not PAYLOADLESS:
            plain = (other, payload) if reflected else (payload, other)
            return _plainly(name, *plain)
        if is_asked(self):
            return _as_made(self, self, self._remote_peer_.do(name, *operands), made=made)
        return _stands_for_no_number(self, self._remote_peer_.do(name, *operands))

    return compute


def _plainly(name: str, *operands: Any) -> Any:
    """The operator of the plain value inside; in place, it is as good as another value."""
    return specials.DO[name.removeprefix("i") if name in specials.IN_PLACE else name](*operands)


def _stands_for_no_number(self: Remote, result: Any) -> Any:
    if result is NotImplemented:
        return result
    if not is_instance(result) or result._remote_base_ is not None:
        self._remote_peer_.refuse(
            f"a plain result of an operator of a learner's {type(self).__name__}"
        )
    object.__setattr__(result, "_tainted_", True)
    return result


def _is_made(other: object) -> bool:
    return is_instance(other) and getattr(other, "_made_here_", False) is True


def _as_made(self: Remote, other: object, result: Any, *, made: bool) -> Any:
    """A result is as much a test's own, and as much in doubt, as what it was made of."""
    if self._tainted_ or getattr(other, "_tainted_", False) is True:
        return _stands_for_no_number(self, result)
    if made and is_instance(result):
        mark_as_made(result)
    return result


def _alone(name: str, *, as_number: bool) -> Callable[..., Any]:
    def compute(self: Remote, *arguments: object) -> Any:
        payload = payload_in(self)
        if payload is not PAYLOADLESS:
            return specials.DO[name](payload, *arguments)
        if as_number and self._tainted_:
            self._remote_peer_.refuse(
                f"a number made of a result of a learner's {type(self).__name__}"
            )
        made = self._made_here_
        return _as_made(self, self, self._remote_peer_.do(name, self, *arguments), made=made)

    return compute


def _contains(self: Remote, value: object) -> bool:
    payload: Any = PAYLOADLESS if is_remote(value) else payload_in(self)
    if payload is not PAYLOADLESS:
        return value in payload
    return self._remote_peer_.do("contains", self, value) is True


def _call(self: Remote, *args: Any, **kwargs: Any) -> Any:
    return self._remote_peer_.call(self._remote_number_, args, kwargs)


def _exit(self: Remote, _: Any, problem: BaseException | None, __: Any) -> bool:
    return self._remote_peer_.do("exit", self, problem) is True


def _await(self: Remote) -> Any:
    """Run to its end where it lives; nothing here can wait in between."""
    yield from ()
    return self._remote_peer_.do("await", self)


def _aexit(self: Remote, _: Any, problem: BaseException | None, __: Any) -> Any:
    kind = None if problem is None else type(problem)
    return self._remote_peer_.do("aexit", self, kind, problem, None)


def _forwarded(name: str) -> Callable[..., Any]:
    def ask(self: Remote, *operands: Any) -> Any:
        return self._remote_peer_.do(name, self, *operands)

    return ask


def _send(self: Remote, _: Any) -> NoReturn:
    raise StopIteration(self._remote_peer_.do("await", self))


def _throw(self: Remote, problem: BaseException, *_: Any) -> NoReturn:
    self._remote_peer_.do("get", self, "close")()
    raise problem


def methods(special: Collection[str]) -> dict[str, Any]:
    """A class's special methods, for those that the learner's class has."""
    found: dict[str, Any] = {name: _METHODS[name] for name in special if name in _METHODS}
    if "__await__" in special and "__next__" not in special:
        found |= _OF_COROUTINES
    if "unhashable" in special:
        found["__hash__"] = None
    return found


_OF_COROUTINES = {"send": _send, "throw": _throw}

_METHODS: dict[str, Callable[..., Any]] = {
    **{f"__{name}__": _ordering(name) for name in specials.ORDERINGS},
    **{f"__{name}__": _arithmetic(name) for name in (*specials.BINARY, *specials.IN_PLACE)},
    **{f"__r{name}__": _arithmetic(name, reflected=True) for name in specials.BINARY},
    **{
        f"__{name}__": _alone(name, as_number=name not in ("neg", "pos", "invert"))
        for name in (*specials.ALONE, "bool")
    },
    **{
        f"__{name}__": _forwarded(name)
        for name in [
            "len",
            "iter",
            "next",
            "reversed",
            "getitem",
            "setitem",
            "delitem",
            "enter",
            "aiter",
            "anext",
            "aenter",
            "bytes",
            "fspath",
        ]
    },
    "__contains__": _contains,
    "__call__": _call,
    "__exit__": _exit,
    "__await__": _await,
    "__aexit__": _aexit,
}
