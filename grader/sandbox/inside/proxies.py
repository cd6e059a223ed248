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

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from grader.sandbox.inside.peer import Peer

PAYLOADLESS = object()
_OURS = (__name__, f"{__package__}.operators")
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
        methods: dict[str, Any],
        module: str,
    ) -> RemoteClass:
        """The class of that number. ``bases`` are classes made before, or Remote; ``methods`` its
        special methods, from ``operators``."""
        identifier = name if name.isidentifier() else "LearnerClass"
        return mcs._new(peer, number, identifier, bases, methods, module=module)

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
        made: RemoteClass = _peer_of_class(bases).kinds.extended(name, bases, namespace)
        return made

    def __init__(cls, *_: Any, **__: Any) -> None:
        """Nothing is left to do; a keyword of a class statement is no fault here."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        made = cls._class_peer_.call(cls._class_number_, args, kwargs)
        if type.__getattribute__(cls, "_trusted_") and is_instance(made):
            mark_as_made(made)
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
        payload = payload_in(self)
        if payload is PAYLOADLESS and is_asked(self) and _has(self, "__eq__"):
            return self._remote_peer_.do("eq", self, other)
        return payload is not PAYLOADLESS and bool(payload == other)

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


def is_instance(thing: object) -> bool:
    return type(type(thing)) is RemoteClass


def mark_as_made(made: Remote) -> None:
    object.__setattr__(made, "_made_here_", True)


def met_again(known: Any) -> None:
    """The program has given an object that is known: it is no longer a test's own alone."""
    if is_instance(known):
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
    return name in _peer_of(remote).kinds.specials_of(type(remote))


def is_asked(remote: Remote) -> bool:
    """Whether a test has made this object of a class, and itself asks it about a plain value."""
    if not remote._made_here_ or remote._tainted_:
        return False
    frame = sys._getframe(2)
    while frame.f_globals.get("__name__") in _OURS and frame.f_back is not None:
        frame = frame.f_back
    return not _is_arithmetic(frame)


def _is_arithmetic(frame: Any) -> bool:
    """Whether a framework is working out a difference, not asking for equality."""
    module = str(frame.f_globals.get("__name__"))
    compares = frame.f_code.co_name in ("_baseAssertEqual", "assertEqual", "assertNotEqual")
    return module.startswith(_FRAMEWORKS) and not compares


def payload_in(remote: Remote) -> Any:
    """The plain value inside, as a copy."""
    if remote._remote_base_ is None or remote._remote_base_.__name__ not in _WITH_PAYLOAD:
        return PAYLOADLESS
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
