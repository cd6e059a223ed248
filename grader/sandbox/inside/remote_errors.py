"""Learner's exceptions as the tests see them: real classes, made from names only.

An exception that Python or its library defines is raised as that very class, if it is one a test
may rely on. Any other becomes a class of our own, so that no exception of a learner's can stand
for one that steers the test runner (a skip, an exit).
"""

from __future__ import annotations

import builtins
import importlib
from typing import TYPE_CHECKING, Any

from grader.sandbox.base import MISSING_FUNCTION

if TYPE_CHECKING:
    from grader.sandbox.inside.peer import Peer

_OF_PYTHON = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, Exception)
} | {"SystemExit": SystemExit}

_OF_THE_LIBRARY = {
    "asyncio.exceptions": ("TimeoutError", "CancelledError"),
    "binascii": ("Error",),
    "configparser": ("Error",),
    "csv": ("Error",),
    "dataclasses": ("FrozenInstanceError",),
    "decimal": ("DecimalException", "InvalidOperation", "DivisionByZero", "Overflow"),
    "json.decoder": ("JSONDecodeError",),
    "queue": ("Empty", "Full"),
    "re": ("error",),
    "sqlite3": ("Error", "DatabaseError", "IntegrityError", "OperationalError"),
    "statistics": ("StatisticsError",),
    "zoneinfo._common": ("ZoneInfoNotFoundError",),
}

WORDS = "_learner_words"
"""The attribute that marks an exception as the learner's, with its words."""


class FromLearner:
    """Mixed into every class made here: attributes are fetched from the learner's exception."""

    def __str__(self) -> str:
        return str(self.__dict__.get("_learner_message", ""))

    def __getattr__(self, name: str) -> Any:
        bound = self.__dict__.get("_learner_object")
        if bound is None or name.startswith("__"):
            raise AttributeError(name)
        peer, number = bound
        return peer.attribute(number, name)


class Errors:
    """The exception classes of one learner's program, one Python class for each of theirs."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer
        self._by_number: dict[int, type[BaseException]] = {}

    def kind(self, line: list[list[Any]]) -> type[BaseException]:
        """The class for a learner's class, given with its ancestors, nearest first."""
        number, module, name = line[0]
        known = _known(module, name)
        if known is not None:
            return known
        if number not in self._by_number:
            self._by_number[number] = self._made(str(name)[:80], line[1:])
        made = self._by_number[number]
        self.peer.classes[made] = number
        return made

    def instance(self, told: dict[str, Any]) -> BaseException:
        """An exception as it was raised or returned."""
        kind = self.kind(told["line"])
        args = self.peer.read(told["args"]) if told["args"] is not None else (told["message"],)
        problem = self._new(kind, args)
        problem.__dict__[WORDS] = _learners(told["words"])
        problem.__dict__["_learner_message"] = str(told["message"])[:1000]
        problem.__dict__["_learner_object"] = (self.peer, int(told["number"]))
        self.peer.objects[id(problem)] = (problem, int(told["number"]))
        return problem

    def _made(self, name: str, ancestors: list[list[Any]]) -> type[BaseException]:
        parent = self.kind(ancestors) if ancestors else Exception
        bases = (parent,) if issubclass(parent, FromLearner) else (FromLearner, parent)
        identifier = name if name.isidentifier() else "LearnerError"
        made: Any = _RemoteExceptionClass(identifier, bases, {})
        return made  # type: ignore[no-any-return]

    def _new(self, kind: type[BaseException], args: tuple[Any, ...]) -> BaseException:
        if issubclass(kind, FromLearner):
            problem = kind.__new__(kind, *args)
            problem.args = args
            return problem
        try:
            return kind(*args)
        except Exception:  # wants other arguments than it keeps
            stand_in: Any = type(kind.__name__, (FromLearner, kind), {"__init__": _no_more})
            return stand_in.__new__(stand_in)  # type: ignore[no-any-return]


def _learners(words: Any) -> Any:
    """The words under a name that is the learner's own: ours tells of a missing function."""
    claimed = type(words) is dict and words.get("name") == MISSING_FUNCTION
    return {**words, "name": "Exception"} if claimed else words


def _no_more(*_: object) -> None:
    """Instead of an ``__init__`` that wants arguments we were not told."""


def _known(module: str, name: str) -> type[BaseException] | None:
    """Python's own class of that name; what ends a process becomes a RuntimeError."""
    if module == "builtins":
        return _OF_PYTHON.get(name, Exception if name == "BaseException" else RuntimeError)
    for root, names in _OF_THE_LIBRARY.items():
        if module in (root, root.split(".")[0]) and name in names:
            found: type[BaseException] = getattr(importlib.import_module(root), name)
            return found
    return None


class _RemoteExceptionClass(type):
    """Calling a learner's exception class makes the learner's exception."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        (peer,) = PEERS
        if cls not in peer.classes:
            peer.refuse(f"a class {cls.__name__} that extends a learner's exception")
        return peer.call(peer.classes[cls], args, kwargs)


PEERS: list[Peer] = []
"""The one peer of this process, once there is one."""
