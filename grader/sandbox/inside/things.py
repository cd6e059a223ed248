"""The tests' own objects that a learner's program is given: what it may do with them.

They stay here. The program gets stand-ins, and each use of one is a question back. Only objects
that a test would hand over may go: instances of the test files' own classes, files in memory,
iterators, mocks and a few more of the library. Names that begin with an underscore are refused,
so no way leads from them to what the tests know.
"""

from __future__ import annotations

import io
import os
import random
import sys
import threading
import types
import unittest
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from unittest import mock

from grader.sandbox.inside import specials

if TYPE_CHECKING:
    from grader.sandbox.inside.peer import Peer

_NOTHING: dict[Any, Any] = {}
_VIEWS = (type(_NOTHING.keys()), type(_NOTHING.values()), type(_NOTHING.items()))
_OF_THE_LIBRARY: tuple[type, ...] = (
    io.StringIO, io.BytesIO, io.TextIOWrapper, io.BufferedIOBase, io.FileIO, random.Random,
    types.SimpleNamespace, types.MappingProxyType, types.GeneratorType, *_VIEWS,
    type(threading.Lock()), type(threading.RLock()), threading.Event, memoryview,
)  # fmt: skip
_NEVER: tuple[type, ...] = (unittest.TestCase, types.ModuleType, types.FrameType)
_OPERATIONS = specials.DO.keys() - {"copy", "deepcopy", "hash", "isinstance", "issubclass", "dir"}


class Things:
    """Each object that was handed over, by number."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer
        self._folder = os.getcwd() + "/"  # noqa: PTH109
        self._ours: dict[type, bool] = {}
        self._things: list[object] = []
        self._numbers: dict[int, int] = {}
        self._kinds: list[type] = []
        self._kind_numbers: dict[type, int] = {}

    def is_ours(self, kind: type) -> bool:
        """Whether a class is written in the test files."""
        if kind not in self._ours:
            file = getattr(sys.modules.get(kind.__module__), "__file__", None)
            self._ours[kind] = type(file) is str and file.startswith(self._folder)
        return self._ours[kind]

    def place(self) -> tuple[str, int]:
        """The file and line of the tests that is being run; empty and 0 if none is."""
        frame: types.FrameType | None = sys._getframe()
        while frame is not None:
            if frame.f_code.co_filename.startswith(self._folder):
                return frame.f_code.co_filename.removeprefix(self._folder), frame.f_lineno
            frame = frame.f_back
        return "", 0

    def wire(self, value: object) -> Any:
        """How an object or a class of the tests crosses; None for what may not."""
        if isinstance(value, type):
            return self._class_wire(value) if self.is_ours(value) else None
        if isinstance(value, _NEVER) or not self._may_go(value):
            return None
        if id(value) not in self._numbers:
            self._things.append(value)
            self._numbers[id(value)] = len(self._things) - 1
        return {"thing": [self._numbers[id(value)], self.kind_number(type(value))]}

    def _class_wire(self, kind: type) -> Any:
        if issubclass(kind, _NEVER):
            return None
        tag = "tests_error" if issubclass(kind, Exception) else "tests_class"
        return {tag: self.kind_number(kind)}

    def _may_go(self, value: object) -> bool:
        kind = type(value)
        if isinstance(value, types.FunctionType | types.BuiltinFunctionType | types.MethodType):
            return False
        ours = any(self.is_ours(each) for each in kind.__mro__)
        return ours or isinstance(value, (*_OF_THE_LIBRARY, mock.NonCallableMock, Iterator))

    def kind_number(self, kind: type) -> int:
        if kind not in self._kind_numbers:
            self._kinds.append(kind)
            self._kind_numbers[kind] = len(self._kinds) - 1
        return self._kind_numbers[kind]

    # what the program asks

    def asked(self, order: list[Any], args: list[Any], kwargs: dict[str, Any]) -> Any:
        """The answer to a question about a thing or a class. Raises what the thing raises."""
        what, number = order[0], order[1]
        if what == "describe":
            return self._described(self._kinds[number])
        if what == "make":
            return self._kinds[number](*args, **kwargs)
        return self._do(order[2], self._things[number], args, kwargs)

    def thing(self, number: int) -> object:
        return self._things[number]

    def kind(self, number: int) -> type:
        return self._kinds[number]

    def _described(self, kind: type) -> dict[str, Any]:
        above = [self.kind_number(base) for base in kind.__bases__ if self.is_ours(base)]
        builtin = next(base.__name__ for base in kind.__mro__ if base.__module__ == "builtins")
        return {
            "name": kind.__name__,
            "special": specials.names_of(kind),
            "parents": above,
            "builtin": builtin,
        }

    def _do(self, operation: str, thing: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
        if operation == "call":
            return thing(*args, **kwargs)
        name = operation.removeprefix("r_")
        if name not in _OPERATIONS:
            raise TypeError(f"{name} isn't possible here")
        if name in ("get", "set", "delete"):
            self._check_name(name, thing, args[0])
        act: Callable[..., Any] = specials.DO[name]
        return act(args[0], thing) if operation.startswith("r_") else act(thing, *args)

    def _check_name(self, operation: str, thing: object, name: object) -> None:
        hidden = type(name) is not str or name.startswith("_")
        changes = operation != "get"
        fixed = changes and not self._may_be_changed(thing)
        if hidden or fixed or (type(name) is str and name.startswith(("assert_", "reset_"))):
            raise AttributeError(f"{type(thing).__name__} has nothing named {name}")

    def _may_be_changed(self, thing: object) -> bool:
        is_mock = isinstance(thing, mock.NonCallableMock)
        return self.is_ours(type(thing)) and not is_mock and not isinstance(thing, type)
