"""L beside T: answers the tests' requests about a learner's program.

Plain values travel as copies; every other object stays here and is known to the tests by a
number. The tests' own functions are called back over the same channel.
"""

from __future__ import annotations

import builtins
import copy
import gc
import io
import operator
import socket
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any

from grader.sandbox import frames
from grader.sandbox.codec import Unencodable, decode, encode
from grader.sandbox.inside.exceptions import in_words, message_of, name_of
from grader.sandbox.inside.payload import PLAIN_TYPES, base_of, payload_of

_MOST_PRINTED = 30_000  # characters between two answers
_MUTABLE = (list, dict, set, deque, bytearray)
_BUILTINS = {id(kind): name for name, kind in PLAIN_TYPES.items()}

_OPERATORS = (
    "lt le eq ne gt ge add sub mul truediv floordiv mod pow matmul and_ or_ xor lshift rshift "
    "iadd isub imul neg pos invert abs contains getitem setitem delitem index"
)
_DO: dict[str, Callable[..., Any]] = {
    **{name: getattr(operator, name) for name in _OPERATORS.split()},
    **{
        kind.__name__: kind
        for kind in (len, iter, next, repr, str, format, hash, round, int, float, complex, bool)
    },
    **{kind.__name__: kind for kind in (reversed, isinstance, issubclass, divmod, dir)},
    "get": getattr,
    "set": setattr,
    "delete": delattr,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "enter": lambda context: type(context).__enter__(context),
    "exit": lambda context, problem: type(context).__exit__(
        context, None if problem is None else type(problem), problem, None
    ),
}


class Served:
    """A learner's program, as the tests reach it."""

    def __init__(self, channel: socket.socket, *, folder: str) -> None:
        self.channel = channel
        self.folder = folder
        self.objects: list[object] = []
        self.numbers: dict[int, int] = {}
        self.callbacks: dict[int, Callable[..., Any]] = {}
        self.from_tests: dict[int, int] = {}
        self.printed = io.StringIO()
        self.standard_output = sys.stdout
        self.verbs: dict[str, Callable[..., dict[str, Any]]] = {
            "module": self.module,
            "do": self.do,
            "call": self.call,
            "payload": self.payload,
        }

    def serve(self) -> None:
        self.standard_output = sys.stdout
        sys.stdout = _Both(self.printed, sys.stdout)
        sys.stdin = _Asked(self)
        builtins.input = self._input
        while (request := frames.receive(self.channel)) is not None:
            verb, *words = request
            self._reply(verb, words)

    def _reply(self, verb: str, words: list[Any]) -> None:
        answer = self._answer(verb, words)
        printed = self._take_printed()
        try:
            frames.send(self.channel, {**answer, "printed": printed})
        except Unencodable as problem:
            too_large = {"value": {"opaque": str(problem)}, "printed": printed}
            frames.send(self.channel, too_large)

    def _answer(self, verb: str, words: list[Any]) -> dict[str, Any]:
        try:
            return self.verbs[verb](*words)
        except Unencodable as problem:
            return {"value": {"opaque": str(problem)}}
        except BaseException as problem:  # the learner's, whatever it is
            gc.collect()
            return {"raised": self._raised(problem)}

    def _take_printed(self) -> str:
        with suppress(BaseException):  # a learner may have closed it
            self.standard_output.flush()
        text = self.printed.getvalue()
        self.printed.seek(0)
        self.printed.truncate()
        return text[:_MOST_PRINTED].encode("utf-8", "replace").decode()

    def _input(self, prompt: object = "", /) -> str:
        return str(self.call_back("input", (str(prompt),)))

    # what the tests ask for

    def module(self, file: str) -> dict[str, Any]:
        name = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        return {"value": self.numbered(import_module(name))}

    def do(self, operation: str, operands: Any) -> dict[str, Any]:
        return {"value": self.write(_DO[operation](*self.read(operands)))}

    def payload(self, number: int) -> dict[str, Any]:
        return {"value": self.write(payload_of(self.objects[number]))}

    def call(self, number: int, args: list[Any], kwargs: dict[str, Any]) -> dict[str, Any]:
        given = [self.read(wire) for wire in args]
        named = {name: self.read(wire) for name, wire in kwargs.items()}
        value = self.objects[number](*given, **named)  # type: ignore[operator]
        passed, sent = [*given, *named.values()], [*args, *kwargs.values()]
        return {"value": self._result(value, passed), "changed": self._changed(passed, sent)}

    def _result(self, value: object, passed: list[Any]) -> Any:
        for position, argument in enumerate(passed):
            if value is argument and type(value) in _MUTABLE:
                return {"argument": position}
        return self.write(value)

    def _changed(self, passed: list[Any], sent: list[Any]) -> list[list[Any]]:
        """The mutable arguments that are not as they came."""
        after = [
            (position, self.write(argument))
            for position, argument in enumerate(passed)
            if type(argument) in _MUTABLE
        ]
        return [[position, wire] for position, wire in after if wire != sent[position]]

    # values in and out

    def read(self, wire: Any) -> Any:
        return decode(wire, other=self._read_other)

    def write(self, value: object) -> Any:
        return encode(value, other=self.numbered)

    def _read_other(self, tag: str, content: Any) -> Any:
        if tag == "handle":
            return self.objects[content]
        if tag == "builtin":
            return getattr(builtins, content, type(None))
        if tag == "callback":
            return self._callback(content)
        if tag == "error":
            return _builtin_error(*content)
        raise ValueError(tag)

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
        if isinstance(thing, type):
            return self._class(thing)
        if isinstance(thing, BaseException):
            return {"error": self._raised(thing)}
        return {
            "handle": [self.number(thing), name_of(type(thing)), base_of(thing), callable(thing)]
        }

    def _class(self, kind: type) -> Any:
        if id(kind) in _BUILTINS:
            return {"builtin": _BUILTINS[id(kind)]}
        if BaseException in kind.__mro__:
            return {"exception": self._line(kind)}
        return {"class": [self.number(kind), name_of(kind)]}

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
        self, number: int | str, args: tuple[object, ...], kwargs: dict[str, object] | None = None
    ) -> Any:
        named = {name: self.write(value) for name, value in (kwargs or {}).items()}
        request = {
            "call": number,
            "args": [self.write(value) for value in args],
            "kwargs": named,
            "printed": self._take_printed(),
        }
        frames.send(self.channel, request)
        answer = self._await_callback()
        if "own" in answer:
            raise self.objects[answer["own"]]
        if "raised" in answer:
            name, message, remembered = answer["raised"]
            problem = _builtin_error(name, message)
            self.from_tests[id(problem)] = remembered
            self.number(problem)
            raise problem
        return self.read(answer["returned"])

    def _await_callback(self) -> dict[str, Any]:
        """The callback's answer; meanwhile the tests may ask about objects again."""
        while True:
            request = frames.receive(self.channel)
            if request is None:
                raise SystemExit
            if isinstance(request, dict):
                return request
            verb, *words = request
            self._reply(verb, words)


def _builtin_error(name: str, message: str) -> BaseException:
    kind = getattr(builtins, name, None)
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        kind = RuntimeError
    try:
        return kind(message)
    except TypeError:  # an exception that wants more arguments
        return RuntimeError(message)


class _Both(io.TextIOBase):
    """Standard output that the tests may capture and that the supervisor counts."""

    def __init__(self, kept: io.StringIO, real: Any) -> None:
        self.kept = kept
        self.real = real
        self.buffer = real.buffer

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        if self.kept.tell() < _MOST_PRINTED:
            self.kept.write(text)
        self.real.write(text)
        return len(text)

    def flush(self) -> None:
        self.real.flush()


class _Asked(io.TextIOBase):
    """Standard input as the tests have set it up."""

    def __init__(self, served: Served) -> None:
        self.served = served

    def readable(self) -> bool:
        return True

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        return str(self.served.call_back("readline", ()))

    def read(self, size: int | None = -1, /) -> str:
        return str(self.served.call_back("read", ()))
