"""A learner's objects as the tests hold them: every question goes to the learner's process.

What a test *expects* never goes there. So whenever a learner's object meets a plain value, the
answer is found here, on the plain value inside the object if it has one (it extends ``int``,
``str``, ``tuple`` …) and otherwise not at all:

- ``==`` is then false, and an ordering is refused with the reason;
- arithmetic is done by the learner's operator, but must answer with another object of theirs,
  which then stands for no number. Otherwise ``__sub__`` could answer 0 to whatever was expected.

One thing is different for objects that a test has made itself, by calling a class of a name with a
capital: there the class is what is tested, and its operators are asked. Where a test framework asks
(``assertAlmostEqual`` subtracts what is expected), that holds no more.

Operators between two of the learner's objects are the learner's alone.
"""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NoReturn

from grader.sandbox.inside import specials

if TYPE_CHECKING:
    from grader.sandbox.inside.peer import Peer

_PAYLOADLESS = object()
_FRAMEWORKS = ("unittest.", "_pytest.", "pytest", "hypothesis", "math")

_ATTRIBUTES = frozenset(
    [
        "__name__",
        "__qualname__",
        "__annotations__",
        "__wrapped__",
        "__doc__",
        "__dict__",
        "__defaults__",
        "__kwdefaults__",
        "__self__",
        "__func__",
        "__members__",
        "__match_args__",
        "__slots__",
        "__version__",
        "__author__",
        "__init__",
        "__cause__",
        "__context__",
        "__notes__",
        "__abstractmethods__",
    ]
)


class CannotCross(BaseException):
    """The tests ask for what proxies cannot carry. Not an Exception: no test shall catch it."""


# The type of a learner's classes: calling one makes the learner's object. Its documentation, as a
# test may ask for it, is in the learner's process; so what is to be said stands above it.
class RemoteClass(type):
    __doc__ = property(lambda cls: _class_do(cls, "get", "__doc__"))

    @classmethod
    def made(
        mcs,  # noqa: N804
        peer: Peer,
        number: int,
        *,
        name: str,
        bases: tuple[type, ...],
        special: list[str],
        module: str,
    ) -> RemoteClass:
        """The class of that number. ``bases`` are classes made before, or Remote."""
        namespace: dict[str, Any] = {
            method: _METHODS[method] for method in special if method in _METHODS
        }
        if "__await__" in special and "__next__" not in special:
            namespace |= _OF_COROUTINES
        if "unhashable" in special:
            namespace["__hash__"] = None
        identifier = name if name.isidentifier() else "LearnerClass"
        return mcs._new(peer, number, identifier, bases, namespace, module=module)

    @classmethod
    def _new(
        mcs,  # noqa: N804
        peer: Peer,
        number: int,
        name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        *,
        module: str,
    ) -> RemoteClass:
        own = {
            "__doc__": _DOCUMENTATION,
            "_class_peer_": peer,
            "_class_number_": number,
            "_trusted_": None,
        }
        return type.__new__(
            mcs, name, bases, {"__slots__": (), "__module__": module, **own, **namespace}
        )

    def __new__(
        mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **_: Any
    ) -> RemoteClass:
        if not bases:  # Remote itself
            return type.__new__(mcs, name, bases, namespace)
        made: RemoteClass = _peer_of_class(bases).extended(name, bases, namespace)
        return made

    def __init__(cls, *_: Any, **__: Any) -> None:
        """Nothing is left to do; a keyword of a class statement is no fault here."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        made = cls._class_peer_.call(cls._class_number_, args, kwargs)
        if type.__getattribute__(cls, "_trusted_") and _is_instance(made):
            _mark_as_made(made)
        return made

    def called_by(cls, name: str) -> None:
        """What the tests call by a capital, they take for a class. Once it has gone by another
        name as well, as a function may, it is believed no more."""
        trusted = name[:1].isupper() and type.__getattribute__(cls, "_trusted_") is not False
        type.__setattr__(cls, "_trusted_", trusted)

    def __getattr__(cls, name: str) -> Any:
        if name == "__signature__":
            return _peer_of(cls).signature(cls)
        if name == "__dataclass_fields__":
            return _peer_of(cls).dataclass_fields(cls)
        if name.startswith("__") and name not in _ATTRIBUTES:
            raise AttributeError(name)
        return _class_do(cls, "get", name)

    def __setattr__(cls, name: str, value: Any) -> None:
        if name == "__abstractmethods__":
            type.__setattr__(cls, name, value)
        else:
            _class_do(cls, "set", name, value)

    def __delattr__(cls, name: str) -> None:
        _class_do(cls, "delete", name)

    def __instancecheck__(cls, thing: object) -> bool:
        if type.__instancecheck__(cls, thing):
            return True
        return is_remote(thing) and _peer_of(cls).do("isinstance", thing, cls) is True

    def __subclasscheck__(cls, kind: type) -> bool:
        if type.__subclasscheck__(cls, kind):
            return True
        return type(kind) is RemoteClass and _peer_of(cls).do("issubclass", kind, cls) is True

    def __dir__(cls) -> list[str]:
        return list(_peer_of(cls).do("dir", cls))

    def __repr__(cls) -> str:
        return str(_peer_of(cls).do("repr", cls))

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


_DOCUMENTATION: Any = property(lambda thing: _peer_of(thing).do("get", thing, "__doc__"))


# One object of the learner's: an instance of the class that stands for its class.
class Remote(metaclass=RemoteClass):
    __doc__ = _DOCUMENTATION
    __slots__ = ("_made_here_", "_remote_base_", "_remote_number_", "_remote_peer_", "_tainted_")

    _remote_peer_: Peer
    _remote_number_: int
    _remote_base_: type | None
    _tainted_: bool
    _made_here_: bool

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return self._remote_base_ or type(self)

    def __getattr__(self, name: str) -> Any:
        if name == "__signature__":
            return self._remote_peer_.signature(self)
        if name == "__code__":
            return self._remote_peer_.code(self)
        if name == "__dataclass_fields__":
            return self._remote_peer_.dataclass_fields(type(self))
        if name.startswith("__") and name not in _ATTRIBUTES:
            raise AttributeError(name)
        return self._remote_peer_.do("get", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._remote_peer_.do("set", self, name, value)

    def __delattr__(self, name: str) -> None:
        self._remote_peer_.do("delete", self, name)

    def __dir__(self) -> list[str]:
        return list(self._remote_peer_.do("dir", self))

    def __eq__(self, other: object) -> Any:
        if self is other:
            return True
        if is_remote(other):
            return self._remote_peer_.do("eq", self, other)
        payload = _payload(self)
        if payload is _PAYLOADLESS and _is_asked(self) and _has(self, "__eq__"):
            return self._remote_peer_.do("eq", self, other)
        return payload is not _PAYLOADLESS and bool(payload == other)

    def __ne__(self, other: object) -> Any:
        if self is not other and is_remote(other):
            return self._remote_peer_.do("ne", self, other)
        return not self == other

    def __hash__(self) -> int:
        if not _has(self, "__hash__"):
            return object.__hash__(self)
        return int(self._remote_peer_.do("hash", self))

    def __repr__(self) -> str:
        return str(self._remote_peer_.do("repr", self))

    def __str__(self) -> str:
        return str(self._remote_peer_.do("str", self))

    def __format__(self, spec: str) -> str:
        return str(self._remote_peer_.do("format", self, spec))

    def __copy__(self) -> Any:
        return self._remote_peer_.do("copy", self)

    def __deepcopy__(self, memo: Any) -> Any:
        return self._remote_peer_.do("deepcopy", self)

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        self._remote_peer_.refuse("a pickle of a learner's object")


def instance(kind: RemoteClass, *, number: int, base: type | None, tainted: bool = False) -> Remote:
    """The stand-in for the object of that number."""
    make: Any = object.__new__
    made: Remote = make(kind)
    for slot, value in (
        ("_remote_peer_", _peer_of(kind)),
        ("_remote_number_", number),
        ("_remote_base_", base),
        ("_tainted_", tainted),
        ("_made_here_", False),
    ):
        object.__setattr__(made, slot, value)
    return made


def is_remote(thing: object) -> bool:
    return type(thing) is RemoteClass or type(type(thing)) is RemoteClass


def _is_instance(thing: object) -> bool:
    return type(type(thing)) is RemoteClass


def _mark_as_made(made: Remote) -> None:
    object.__setattr__(made, "_made_here_", True)


def met_again(known: Any) -> None:
    """The program has given an object that is known: it is no longer a test's own alone."""
    if _is_instance(known):
        object.__setattr__(known, "_made_here_", False)


def number_of(thing: Any) -> int:
    """The number by which the learner's process knows this object or class."""
    if type(thing) is RemoteClass:
        return int(type.__getattribute__(thing, "_class_number_"))
    return int(thing._remote_number_)


def _peer_of(thing: Any) -> Peer:
    if type(thing) is RemoteClass:
        return type.__getattribute__(thing, "_class_peer_")  # type: ignore[no-any-return]
    return thing._remote_peer_  # type: ignore[no-any-return]


def _peer_of_class(bases: tuple[type, ...]) -> Peer:
    return next(_peer_of(base) for base in bases if type(base) is RemoteClass)


def _class_do(cls: Any, operation: str, *operands: object) -> Any:
    return _peer_of(cls).do(operation, cls, *operands)


def _has(remote: Remote, name: str) -> bool:
    return name in _peer_of(remote).specials_of(type(remote))


def _is_asked(remote: Remote) -> bool:
    """Whether a test has made this object of a class, and itself asks it about a plain value."""
    if not remote._made_here_ or remote._tainted_:
        return False
    frame = sys._getframe(2)
    while frame.f_globals.get("__name__") == __name__ and frame.f_back is not None:
        frame = frame.f_back
    return not _is_arithmetic(frame)


def _is_arithmetic(frame: Any) -> bool:
    """Whether a framework is working out a difference, not asking for equality."""
    module = str(frame.f_globals.get("__name__"))
    compares = frame.f_code.co_name in ("_baseAssertEqual", "assertEqual", "assertNotEqual")
    return module.startswith(_FRAMEWORKS) and not compares


def _payload(remote: Remote) -> Any:
    """The plain value inside, as a copy."""
    if remote._remote_base_ is None or remote._remote_base_.__name__ not in _WITH_PAYLOAD:
        return _PAYLOADLESS
    return remote._remote_peer_.payload(remote._remote_number_)


_WITH_PAYLOAD = frozenset(
    [
        "int",
        "float",
        "complex",
        "str",
        "bytes",
        "list",
        "tuple",
        "dict",
        "set",
        "frozenset",
        "dict_keys",
        "mappingproxy",
    ]
)


def _ordering(name: str) -> Callable[..., Any]:
    def compare(self: Remote, other: object) -> Any:
        if is_remote(other):
            return self._remote_peer_.do(name, self, other)
        payload = _payload(self)
        if payload is not _PAYLOADLESS:
            return getattr(operator, name)(payload, other)
        if not _is_asked(self):
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
        payload = _payload(self)
        if payload is not _PAYLOADLESS:
            plain = (other, payload) if reflected else (payload, other)
            return _plainly(name, *plain)
        if _is_asked(self):
            return _as_made(self, self, self._remote_peer_.do(name, *operands), made=made)
        return _stands_for_no_number(self, self._remote_peer_.do(name, *operands))

    return compute


def _plainly(name: str, *operands: Any) -> Any:
    """The operator of the plain value inside; in place, it is as good as another value."""
    return specials.DO[name.removeprefix("i") if name in specials.IN_PLACE else name](*operands)


def _stands_for_no_number(self: Remote, result: Any) -> Any:
    if result is NotImplemented:
        return result
    if not _is_instance(result) or result._remote_base_ is not None:
        self._remote_peer_.refuse(
            f"a plain result of an operator of a learner's {type(self).__name__}"
        )
    object.__setattr__(result, "_tainted_", True)
    return result


def _is_made(other: object) -> bool:
    return _is_instance(other) and getattr(other, "_made_here_", False) is True


def _as_made(self: Remote, other: object, result: Any, *, made: bool) -> Any:
    """A result is as much a test's own, and as much in doubt, as what it was made of."""
    if self._tainted_ or getattr(other, "_tainted_", False) is True:
        return _stands_for_no_number(self, result)
    if made and _is_instance(result):
        _mark_as_made(result)
    return result


def _alone(name: str, *, as_number: bool) -> Callable[..., Any]:
    def compute(self: Remote, *arguments: object) -> Any:
        payload = _payload(self)
        if payload is not _PAYLOADLESS:
            return specials.DO[name](payload, *arguments)
        if as_number and self._tainted_:
            self._remote_peer_.refuse(
                f"a number made of a result of a learner's {type(self).__name__}"
            )
        made = self._made_here_
        return _as_made(self, self, self._remote_peer_.do(name, self, *arguments), made=made)

    return compute


def _contains(self: Remote, value: object) -> bool:
    payload: Any = _PAYLOADLESS if is_remote(value) else _payload(self)
    if payload is not _PAYLOADLESS:
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
