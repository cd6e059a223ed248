"""L beside T: answers the tests' requests about a learner's program.

Plain values travel as copies, lists and the like are kept alike on both sides (``twins``); every
other object stays here and is known to the tests by a number. The tests' own functions and objects
are asked over the same channel.
"""

from __future__ import annotations

import builtins
import gc
import importlib
import inspect
import io
import logging
import socket
import sys
import threading
import types
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from grader.sandbox import frames
from grader.sandbox.codec import Unencodable, decode, encode
from grader.sandbox.inside import more_values
from grader.sandbox.inside.exceptions import in_words, message_of, name_of
from grader.sandbox.inside.guests import Guests
from grader.sandbox.inside.payload import PLAIN_TYPES, base_of, payload_of
from grader.sandbox.inside.specials import DO, names_of
from grader.sandbox.inside.streams import Asked, Both, taken
from grader.sandbox.inside.surroundings import Surroundings
from grader.sandbox.inside.twins import LINE_LIMIT, Twins

_MOST_TOLD = 50  # warnings and log lines between two answers
_BUILTINS = {id(kind): name for name, kind in PLAIN_TYPES.items()}


class Served:
    """A learner's program, as the tests reach it."""

    def __init__(self, channel: socket.socket, *, folder: str) -> None:
        self.channel = channel
        self.folder = folder
        self.objects: list[object] = []
        self.numbers: dict[int, int] = {}
        self.callbacks: dict[int, Callable[..., Any]] = {}
        self.from_tests: dict[int, int] = {}
        self.guests = Guests(self)
        self.twins = Twins(write=self.write, read=self.read, step=1)
        self.printed = io.StringIO()
        self.complained = io.StringIO()
        self.warned: list[list[str]] = []
        self.logged: list[list[Any]] = []
        self.standard_output = sys.stdout
        self.one_at_a_time = threading.RLock()
        self.loaded: dict[str, dict[str, Any]] = {}
        self.verbs: dict[str, Callable[..., dict[str, Any]]] = {
            "module": self.module,
            "do": self.do,
            "call": self.call,
            "payload": self.payload,
            "kind": self.kind,
            "members": self.members,
            "bound": self.bound,
            "extend": self.extend,
            "signature": self.signature,
            "fields": self.fields,
            "code": self.code,
            **Surroundings(self.read).verbs,
        }

    def serve(self, main: str) -> None:
        """Load the program, while the tests are still being made ready, and answer for it."""
        self.standard_output = sys.stdout
        sys.stdout = Both(self.printed, sys.stdout)
        sys.stderr = Both(self.complained, sys.stderr)
        sys.stdin = Asked(self)
        builtins.input = self._input
        self._listen()
        self.loaded[main] = self._answer("module", [main])
        while (request := frames.receive(self.channel, limit=LINE_LIMIT)) is not None:
            self.reply(request)

    def reply(self, request: list[Any]) -> None:
        verb, *words, news = request
        self.twins.take(news)
        early = self.loaded.pop(words[0], None) if verb == "module" else None
        answer = early or self._answer(verb, words)
        said = self._take_said()
        try:
            self._say({**answer, **said})
        except Unencodable as problem:
            self.twins.take_back()
            self._say({"value": {"opaque": str(problem)}, **said})

    def _say(self, frame: dict[str, Any]) -> None:
        """Send a frame, with what has become of the containers that the tests know."""
        frame["news"] = self.twins.news()
        frames.send(self.channel, frame, limit=LINE_LIMIT)

    def _listen(self) -> None:
        """Keep what the program warns of and logs, for whoever listens among the tests."""
        warnings.simplefilter("always")
        logging.root.setLevel(1)
        real = logging.Logger.callHandlers

        def show(message: Any, category: type, *_: object, **__: object) -> None:
            self.warned.append([name_of(category), str(message)[:500]])

        def call_handlers(logger: logging.Logger, record: logging.LogRecord) -> None:
            self.logged.append([record.name[:200], record.levelno, record.getMessage()[:1000]])
            if logger.handlers or logging.root.handlers:
                real(logger, record)

        warnings.showwarning = show
        logging.Logger.callHandlers = call_handlers  # type: ignore[assignment]

    def _answer(self, verb: str, words: list[Any]) -> dict[str, Any]:
        try:
            return self.verbs[verb](*words)
        except Unencodable as problem:
            return {"value": {"opaque": str(problem)}}
        except BaseException as problem:  # the learner's, whatever it is
            gc.collect()
            return {"raised": self._raised(problem)}

    def _take_said(self) -> dict[str, Any]:
        """What was printed, warned of and logged since the last time."""
        with suppress(BaseException):  # a learner may have closed it
            self.standard_output.flush()
        said: dict[str, Any] = {"printed": taken(self.printed)}
        if self.complained.tell():
            said["complained"] = taken(self.complained)
        if self.warned:
            said["warned"] = self.warned[:_MOST_TOLD]
            self.warned.clear()
        if self.logged:
            said["logged"] = self.logged[:_MOST_TOLD]
            self.logged.clear()
        return said

    def _input(self, prompt: object = "", /) -> str:
        return str(self.call_back("input", (str(prompt),)))

    # what the tests ask for

    def module(self, file: str) -> dict[str, Any]:
        name = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        return {"value": self.numbered(importlib.import_module(name))}

    def do(self, operation: str, operands: Any) -> dict[str, Any]:
        given = [self.read(wire) for wire in operands]
        return {"value": self.write(DO[operation](*given))}

    def payload(self, number: int) -> dict[str, Any]:
        return {"value": self.write(payload_of(self.objects[number]))}

    def call(self, number: int, args: list[Any], kwargs: dict[str, Any]) -> dict[str, Any]:
        given = [self.read(wire) for wire in args]
        named = {name: self.read(wire) for name, wire in kwargs.items()}
        return {"value": self.write(self.objects[number](*given, **named))}  # type: ignore[operator]

    # what the tests ask about classes

    def kind(self, number: int) -> dict[str, Any]:
        kind: Any = self.objects[number]
        above = [base for base in type.__dict__["__bases__"].__get__(kind) if _is_a_program_s(base)]
        told = {
            "name": name_of(kind),
            "module": str(kind.__module__)[:80],
            "base": base_of(kind),
            "special": names_of(kind),
            "parents": [self.number(base) for base in above],
        }
        return {"value": self._copied(told)}

    def members(self, number: int) -> dict[str, Any]:
        kind: Any = self.objects[number]
        return {"value": [name for name in vars(kind) if _may_be_inherited(name)]}

    def bound(self, number: int, name: str, thing: int) -> dict[str, Any]:
        """A class's own member, bound to an object of a class below it: ``super().name``."""
        member = vars(self.objects[number])[name]
        self_ = self.objects[thing]
        bind = getattr(type(member), "__get__", None)
        return {"value": self.write(member if bind is None else bind(member, self_, type(self_)))}

    def extend(self, name: str, bases: list[int], written: dict[str, Any]) -> dict[str, Any]:
        members = {key: self._member(sort, wire) for key, (sort, wire) in written.items()}
        parents: Any = tuple(self.objects[number] for number in bases)
        kind = types.new_class(name, parents, {}, lambda namespace: namespace.update(members))
        return {"value": self.number(kind)}

    def _member(self, sort: str, wire: Any) -> Any:
        if sort == "property":
            return property(*(self.read(part) for part in wire))
        if sort in ("staticmethod", "classmethod"):
            return getattr(builtins, sort)(self.read(wire))
        return self.read(wire)

    def signature(self, number: int) -> dict[str, Any]:
        told = inspect.signature(self.objects[number])  # type: ignore[arg-type]
        parts = [
            [each.name, each.kind.value, [] if each.default is each.empty else [each.default]]
            for each in told.parameters.values()
        ]
        return {"value": self._copied(parts)}

    def code(self, number: int) -> dict[str, Any]:
        code = getattr(self.objects[number], "__code__", None)
        if type(code) is not types.CodeType:
            raise AttributeError("__code__")
        return {"value": code.co_flags}

    def fields(self, number: int) -> dict[str, Any]:
        found = getattr(self.objects[number], "__dataclass_fields__", None)
        return {"value": None if found is None else self._copied(list(found))}

    # values in and out

    def read(self, wire: Any) -> Any:
        return decode(wire, other=self._read_other)

    def write(self, value: object) -> Any:
        return encode(value, other=self.numbered, shared=self.twins.reference)

    def _copied(self, value: object) -> Any:
        """What we ourselves have to say of an object: nobody else holds it."""
        return encode(value, other=self.numbered)

    def _read_other(self, tag: str, content: Any) -> Any:
        if tag in more_values.TAGS:
            return more_values.read(tag, content)
        read: dict[str, Callable[..., Any]] = {
            "handle": self.objects.__getitem__,
            "twin": self.twins.twin,
            "builtin": PLAIN_TYPES.__getitem__,
            "callback": self._callback,
            "error": lambda told: _builtin_error(*told),
            "thing": lambda told: self.guests.guest(*told),
            "tests_class": self.guests.kind,
            "tests_error": self.guests.error,
            "slice": lambda parts: slice(*map(self.read, parts)),
        }
        return read[tag](content)

    def _callback(self, number: int) -> Callable[..., Any]:
        if number not in self.callbacks:

            def callback(*args: object, **kwargs: object) -> Any:
                return self.call_back(number, args, kwargs)

            self.callbacks[number] = callback
            self.from_tests[id(callback)] = number
        return self.callbacks[number]

    def number(self, thing: object) -> int:
        if id(thing) not in self.numbers:
            self.objects.append(thing)
            self.numbers[id(thing)] = len(self.objects) - 1
        return self.numbers[id(thing)]

    def numbered(self, thing: object) -> Any:
        """What the tests get to know of an object that stays here."""
        if id(thing) in self.from_tests:
            return {"callback": self.from_tests[id(thing)]}
        wire = more_values.written(thing) or self.guests.wire(thing)
        if wire is not None:
            return wire
        if isinstance(thing, type):
            return self._class(thing)
        if isinstance(thing, BaseException):
            return {"error": self._raised(thing)}
        return {"handle": [self.number(thing), self.number(type(thing))]}

    def _class(self, kind: type) -> Any:
        if id(kind) in _BUILTINS:
            return {"builtin": _BUILTINS[id(kind)]}
        if BaseException in kind.__mro__:
            return {"exception": self._line(kind)}
        return {"class": self.number(kind)}

    def _line(self, kind: type) -> list[list[Any]]:
        """An exception class and its ancestors: a number, a module and a name each."""
        return [
            [self.number(base), str(base.__module__)[:80], name_of(base)]
            for base in kind.__mro__[:12]
            if base is not object
        ]

    def _raised(self, problem: BaseException) -> dict[str, Any]:
        if id(problem) in self.from_tests:
            return {"from_tests": self.from_tests[id(problem)]}
        kind = self.guests.kind_of_error(problem)
        if kind is not None:
            return {"tests_error": kind, "args": self._arguments(problem) or [None]}
        return {
            "number": self.number(problem),
            "line": self._line(type(problem)),
            "message": message_of(problem),
            "args": self._arguments(problem),
            "words": in_words(problem, folder=self.folder),
        }

    def _arguments(self, problem: BaseException) -> Any:
        try:
            wire = encode(tuple(BaseException.args.__get__(problem)), other=self.numbered)  # type: ignore[attr-defined]
            frames.packed(wire, limit=4096)
        except Unencodable:
            return None
        return wire

    # the tests' functions

    def call_back(
        self,
        what: int | str | list[Any],
        args: tuple[object, ...],
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        """Ask for a function of the tests, or for something of their objects."""
        named = {name: self.write(value) for name, value in (kwargs or {}).items()}
        request = {"call": what, "args": [self.write(value) for value in args], "kwargs": named}
        with self.one_at_a_time:
            try:
                self._say({**request, **self._take_said()})
            except Unencodable:
                self.twins.take_back()
                raise
            answer = self._await_callback()
        if "own" in answer:
            raise self.objects[answer["own"]]
        if "raised" in answer:
            name, message, remembered, kind = answer["raised"]
            made = _builtin_error(name, message) if kind is None else self.guests.error(kind)
            problem = made(message) if isinstance(made, type) else made
            self.from_tests[id(problem)] = remembered
            self.number(problem)
            raise problem
        return self.read(answer["returned"])

    def _await_callback(self) -> dict[str, Any]:
        """The callback's answer; meanwhile the tests may ask about objects again."""
        while True:
            request = frames.receive(self.channel, limit=LINE_LIMIT)
            if request is None:
                raise SystemExit
            if isinstance(request, dict):
                self.twins.take(request["news"])
                return request
            self.reply(request)


def _builtin_error(name: str, message: str) -> BaseException:
    kind = getattr(builtins, name, None)
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        kind = RuntimeError
    try:
        return kind(message)
    except TypeError:  # an exception that wants more arguments
        return RuntimeError(message)


def _is_a_program_s(kind: type) -> bool:
    """Whether a class is the program's own: the library's say nothing that tests ask for."""
    return kind.__module__ not in sys.stdlib_module_names and kind is not object


def _may_be_inherited(name: str) -> bool:
    return not name.startswith("__") or name in ("__init__", "__repr__", "__str__", "__eq__")
