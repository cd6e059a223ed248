"""A learner's objects as the tests hold them: every question goes to the learner's process.

What a test *expects* never goes there. So whenever a learner's object meets a plain value, the
answer is found here, on the plain value inside the object if it has one (it extends ``int``,
``str``, ``tuple`` …) and otherwise not at all:

- ``==`` is then false, and an ordering is refused with the reason;
- arithmetic is done by the learner's operator, but must answer with another object of theirs,
  which then stands for no number. Otherwise ``__sub__`` could answer 0 to whatever was expected.

Operators between two of the learner's objects are the learner's alone.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from grader.sandbox.inside.peer import Peer

_PAYLOADLESS = object()


class CannotCross(BaseException):
    """The tests ask for what proxies cannot carry. Not an Exception: no test shall catch it."""


# Each class below has its documentation, as a test may ask for it, in the learner's process; so
# what is to be said of the class itself stands above it.
_documentation: Any = property(lambda thing: _peer_of(thing).do("get", thing, "__doc__"))


# One object of the learner's.
class Remote:
    __doc__ = _documentation
    __slots__ = ("_base", "_name", "_number", "_peer", "_tainted")

    _peer: Peer
    _number: int
    _name: str
    _base: type | None
    _tainted: bool

    def __init__(self, peer: Peer, number: int, name: str, base: type | None) -> None:
        for slot, value in zip(
            ("_peer", "_number", "_name", "_base", "_tainted"),
            (peer, number, name, base, False),
            strict=True,
        ):
            object.__setattr__(self, slot, value)

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        base: type | None = object.__getattribute__(self, "_base")
        return base or type(self)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name not in _SPECIAL_ATTRIBUTES:
            raise AttributeError(name)
        return self._peer.do("get", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._peer.do("set", self, name, value)

    def __delattr__(self, name: str) -> None:
        self._peer.do("delete", self, name)

    def __dir__(self) -> list[str]:
        return list(self._peer.do("dir", self))

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if _is_remote(other):
            return self._peer.do("eq", self, other) is True
        payload = _payload(self)
        return payload is not _PAYLOADLESS and bool(payload == other)

    def __ne__(self, other: object) -> bool:
        if _is_remote(other) and self is not other:
            return self._peer.do("ne", self, other) is True
        return not self == other

    def __hash__(self) -> int:
        return int(self._peer.do("hash", self))

    def __bool__(self) -> bool:
        _refuse_tainted(self)
        return self._peer.do("bool", self) is True

    def __repr__(self) -> str:
        return str(self._peer.do("repr", self))

    def __str__(self) -> str:
        return str(self._peer.do("str", self))

    def __format__(self, spec: str) -> str:
        return str(self._peer.do("format", self, spec))

    def __len__(self) -> int:
        return int(self._peer.do("len", self))

    def __contains__(self, value: object) -> bool:
        payload: Any = _PAYLOADLESS if _is_remote(value) else _payload(self)
        if payload is not _PAYLOADLESS:
            return value in payload
        return self._peer.do("contains", self, value) is True

    def __iter__(self) -> Iterator[Any]:
        return self._peer.do("iter", self)  # type: ignore[no-any-return]

    def __next__(self) -> Any:
        return self._peer.do("next", self)

    def __reversed__(self) -> Any:
        return self._peer.do("reversed", self)

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, slice):
            return self._peer.do("get", self, "__getitem__")(key)
        return self._peer.do("getitem", self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._peer.do("setitem", self, key, value)

    def __delitem__(self, key: Any) -> None:
        self._peer.do("delitem", self, key)

    def __enter__(self) -> Any:
        return self._peer.do("enter", self)

    def __exit__(self, kind: Any, problem: BaseException | None, trace: Any) -> bool:
        return self._peer.do("exit", self, problem) is True

    def __copy__(self) -> Any:
        return self._peer.do("copy", self)

    def __deepcopy__(self, memo: Any) -> Any:
        return self._peer.do("deepcopy", self)

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        self._peer.refuse("a pickle of a learner's object")


# A function, a method, an instance of a class with ``__call__``.
class RemoteCallable(Remote):
    __doc__ = _documentation
    __slots__ = ()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._peer.call(self._number, args, kwargs)


# The type of a learner's classes: calling one makes the learner's object.
class RemoteClass(type):
    __doc__ = _documentation

    @classmethod
    def made(mcs, peer: Peer, number: int, name: str) -> RemoteClass:  # noqa: N804
        namespace = {"_peer": peer, "_number": number}
        identifier = name if name.isidentifier() else "LearnerClass"
        return type.__new__(mcs, identifier, (), namespace)

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> RemoteClass:
        peer: Peer = bases[0]._peer  # type: ignore[attr-defined]
        peer.refuse(f"a class {name} that extends a learner's class")

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        return _peer_of(cls).call(_number_of(cls), args, kwargs)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__") and name not in _SPECIAL_ATTRIBUTES:
            raise AttributeError(name)
        return _peer_of(cls).do("get", cls, name)

    def __setattr__(cls, name: str, value: Any) -> None:
        _peer_of(cls).do("set", cls, name, value)

    def __delattr__(cls, name: str) -> None:
        _peer_of(cls).do("delete", cls, name)

    def __instancecheck__(cls, thing: object) -> bool:
        if not _is_remote(thing):
            return False
        return _peer_of(cls).do("isinstance", thing, cls) is True

    def __subclasscheck__(cls, kind: type) -> bool:
        if type(kind) is not RemoteClass:
            return False
        return _peer_of(cls).do("issubclass", kind, cls) is True

    def __iter__(cls) -> Iterator[Any]:
        return _peer_of(cls).do("iter", cls)  # type: ignore[no-any-return]

    def __len__(cls) -> int:
        return int(_peer_of(cls).do("len", cls))

    def __getitem__(cls, key: Any) -> Any:
        return _peer_of(cls).do("getitem", cls, key)

    def __contains__(cls, value: object) -> bool:
        return _peer_of(cls).do("contains", cls, value) is True

    def __bool__(cls) -> bool:
        return True


_SPECIAL_ATTRIBUTES = frozenset(
    {"__name__", "__qualname__", "__annotations__", "__wrapped__", "__doc__", "__dict__"}
)


def _peer_of(thing: Any) -> Peer:
    if type(thing) is RemoteClass:
        return type.__getattribute__(thing, "_peer")  # type: ignore[no-any-return]
    return object.__getattribute__(thing, "_peer")  # type: ignore[no-any-return]


def _number_of(thing: Any) -> int:
    return int(type.__getattribute__(thing, "_number"))


def _is_remote(thing: object) -> bool:
    return type(thing) in (Remote, RemoteCallable, RemoteClass)


def _payload(remote: Remote) -> Any:
    """The plain value inside, as a copy."""
    if remote._base is None or remote._base.__name__ == "generator":
        return _PAYLOADLESS
    return remote._peer.payload(remote._number)


def _ordering(name: str) -> Any:
    def compare(self: Remote, other: object) -> Any:
        if _is_remote(other):
            return self._peer.do(name, self, other) is True
        payload = _payload(self)
        if payload is _PAYLOADLESS:
            self._peer.refuse(f"an ordering of a learner's {self._name} and a plain value")
        return getattr(operator, name)(payload, other)

    return compare


def _arithmetic(name: str, *, reflected: bool = False) -> Any:
    def compute(self: Remote, other: object) -> Any:
        operands = (other, self) if reflected else (self, other)
        if _is_remote(other):
            return _as_tainted_as(self, other, self._peer.do(name, *operands))
        payload = _payload(self)
        if payload is not _PAYLOADLESS:
            plain = (other, payload) if reflected else (payload, other)
            return _PLAIN.get(name, getattr(operator, name, None))(*plain)  # type: ignore[misc]
        return _stands_for_no_number(self, self._peer.do(name, *operands))

    return compute


def _stands_for_no_number(self: Remote, result: Any) -> Any:
    if type(result) not in (Remote, RemoteCallable) or result._base is not None:
        self._peer.refuse(f"a plain result of an operator of a learner's {self._name}")
    object.__setattr__(result, "_tainted", True)
    return result


def _as_tainted_as(self: Remote, other: object, result: Any) -> Any:
    if self._tainted or getattr(other, "_tainted", False) is True:
        return _stands_for_no_number(self, result)
    return result


def _refuse_tainted(self: Remote) -> None:
    if self._tainted:
        self._peer.refuse(f"a number made of a result of a learner's {self._name}")


def _alone(name: str, *, as_number: bool = True) -> Any:
    def compute(self: Remote, *arguments: object) -> Any:
        payload = _payload(self)
        if payload is not _PAYLOADLESS:
            return _PLAIN[name](payload, *arguments)
        if as_number:
            _refuse_tainted(self)
        return _as_tainted_as(self, None, self._peer.do(name, self, *arguments))

    return compute


_PLAIN: dict[str, Any] = {
    "iadd": operator.add,
    "isub": operator.sub,
    "imul": operator.mul,
    "divmod": divmod,
    "abs": abs,
    "round": round,
    "int": int,
    "float": float,
    "complex": complex,
    "index": operator.index,
    "neg": operator.neg,
    "pos": operator.pos,
    "invert": operator.invert,
}

_ARITHMETIC = "add sub mul truediv floordiv mod pow matmul and_ or_ xor lshift rshift divmod"

for _name in ("lt", "le", "gt", "ge"):
    setattr(Remote, f"__{_name}__", _ordering(_name))
for _name in _ARITHMETIC.split():
    _plain_name = _name.rstrip("_")
    setattr(Remote, f"__{_plain_name}__", _arithmetic(_name))
    setattr(Remote, f"__r{_plain_name}__", _arithmetic(_name, reflected=True))
for _name in ("iadd", "isub", "imul"):
    setattr(Remote, f"__{_name}__", _arithmetic(_name))
for _name in ("neg", "pos", "invert"):
    setattr(Remote, f"__{_name}__", _alone(_name, as_number=False))
for _name in ("abs", "round", "int", "float", "complex", "index"):
    setattr(Remote, f"__{_name}__", _alone(_name))
