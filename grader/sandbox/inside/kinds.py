"""The learner's classes as the tests hold them, and the tests' own classes that extend one."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from grader.sandbox.codec import Unreadable
from grader.sandbox.inside.operators import methods
from grader.sandbox.inside.payload import BASES
from grader.sandbox.inside.proxies import Remote, RemoteClass, number_of

if TYPE_CHECKING:
    from grader.sandbox.inside.peer import Peer

_MOST_PARENTS = 40


class Kinds:
    """One class here for each class there."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer
        self.specials: dict[type, frozenset[str]] = {}
        self.bases: dict[type, type | None] = {}

    def kind(self, number: int, *, below: int = 0) -> Any:
        """The class that stands for the learner's class of this number."""
        if type(number) is not int or below > _MOST_PARENTS:
            raise Unreadable("not a class")
        if number not in self.peer.proxies:
            told = self.peer.ask(["kind", number])
            parents = [self.kind(parent, below=below + 1) for parent in told["parents"][:8]]
            self._make(number, told, tuple(parents))
        return self.peer.proxies[number]

    def _make(self, number: int, told: dict[str, Any], parents: tuple[type, ...]) -> None:
        special = [str(name) for name in told["special"]]
        own = methods(special)
        names = {"name": str(told["name"])[:80], "module": str(told["module"])[:80]}
        bases = parents or (Remote,)
        try:
            made = RemoteClass.made(self.peer, number, bases=bases, methods=own, **names)
        except TypeError:  # an order of bases that only theirs has
            made = RemoteClass.made(self.peer, number, bases=(Remote,), methods=own, **names)
        inherited = frozenset().union(
            *(self.specials.get(parent, frozenset()) for parent in parents)
        )
        self.specials[made] = inherited | frozenset(special)
        self.bases[made] = BASES.get(str(told["base"]))
        self.peer.proxies[number] = made

    def specials_of(self, kind: type) -> frozenset[str]:
        return self.specials.get(kind, frozenset())

    def extended(self, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> Any:
        """A test's own class that extends a learner's: made there too, so that inherited code
        finds the methods that are written here."""
        if not all(type(base) is RemoteClass for base in bases):
            self.peer.refuse(f"a class {name} that extends a learner's class and another")
        own = {
            key: value
            for key, value in namespace.items()
            if key not in ("__module__", "__qualname__", "__classcell__", "__slots__")
        }
        written = {key: self._member(value) for key, value in own.items()}
        number = self.peer.ask(["extend", name, [number_of(base) for base in bases], written])
        for base in bases:
            self._open_to_super(base)
        made = RemoteClass._new(self.peer, number, name, bases, namespace, module=str(__name__))
        self.specials[made] = frozenset().union(*(self.specials_of(base) for base in bases))
        self.bases[made] = self.bases[bases[0]]
        self.peer.proxies[number] = made
        return made

    def _member(self, value: Any) -> Any:
        if isinstance(value, property):
            parts = (value.fget, value.fset, value.fdel)
            return ["property", [self.peer.write(part) for part in parts]]
        if isinstance(value, staticmethod | classmethod):
            return [type(value).__name__, self.peer.write(value.__func__)]
        return ["method" if inspect.isfunction(value) else "value", self.peer.write(value)]

    def _open_to_super(self, base: Any) -> None:
        """Let ``super().method`` find what the learner's classes define."""
        for kind in base.__mro__:
            if type(kind) is RemoteClass and kind is not Remote and kind in self.bases:
                for name in self.peer.ask(["members", number_of(kind)]):
                    if name not in vars(kind):
                        type.__setattr__(kind, str(name), _Inherited(kind, str(name)))


class _Inherited:
    """A member of a learner's class, as a test's class below it finds it."""

    def __init__(self, kind: Any, name: str) -> None:
        self.kind, self.name = kind, name

    def __get__(self, thing: Any, owner: Any) -> Any:
        peer: Peer = type.__getattribute__(self.kind, "_class_peer_")
        if thing is None:
            return peer.do("get", self.kind, self.name)
        return peer.ask(["bound", number_of(self.kind), self.name, number_of(thing)])
