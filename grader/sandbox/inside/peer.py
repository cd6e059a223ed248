"""T's end of the line to L: requests, answers, and the tests' functions called back.

Whatever L says is data. An answer that cannot be read, or none, ends this process at once, so
that no test can catch it and pass.
"""

from __future__ import annotations

import builtins
import socket
import sys
from collections import deque
from collections.abc import Callable
from typing import Any, NoReturn

from grader.sandbox import frames
from grader.sandbox.codec import Unencodable, Unreadable, decode, encode
from grader.sandbox.inside import remote_errors
from grader.sandbox.inside.payload import BASES, PLAIN_TYPES
from grader.sandbox.inside.proxies import CannotCross, Remote, RemoteCallable, RemoteClass
from grader.sandbox.inside.remote_errors import Errors

_PLAIN_NAMES = {id(kind): name for name, kind in PLAIN_TYPES.items()}
_DAMAGED = (Unreadable, TypeError, ValueError, LookupError, AttributeError, OverflowError)


class Peer:
    """The learner's process. ``gone`` is called when it can no longer be believed or reached."""

    def __init__(self, channel: socket.socket, *, gone: Callable[[str], NoReturn]) -> None:
        self.channel = channel
        self.gone = gone
        self.errors = Errors(self)
        self.proxies: dict[int, Any] = {}
        self.classes: dict[type, int] = {}
        self.objects: dict[int, tuple[object, int]] = {}
        self.functions: list[Callable[..., Any]] = []
        self.numbers: dict[int, int] = {}
        self.raised_here: list[BaseException] = []
        self.cannot: list[str] = []
        remote_errors.PEERS[:] = [self]

    # requests

    def do(self, operation: str, *operands: object) -> Any:
        return self._ask(["do", operation, self._write_list(operands)])

    def module(self, file: str) -> Any:
        return self._ask(["module", file])

    def payload(self, number: int) -> Any:
        return self._ask(["payload", number])

    def call(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        wires = self._write_list(args), {name: self.write(value) for name, value in kwargs.items()}
        return self._ask(["call", number, *wires], passed=[*args, *kwargs.values()])

    def _ask(self, request: list[Any], *, passed: list[Any] | None = None) -> Any:
        try:
            packed = frames.packed(request)
        except Unencodable as too_large:
            self.refuse(str(too_large))
        try:
            self.channel.sendall(packed)
            answer = self._await_answer()
            value, problem = self._taken(answer, passed or [])
        except OSError:
            self.gone("The program ended.")
        except _DAMAGED as damage:
            self.gone(f"The program answered strangely: {type(damage).__name__}: {damage}"[:300])
        if problem is not None:
            raise problem
        return value

    def _await_answer(self) -> dict[str, Any]:
        while True:
            answer = frames.receive(self.channel)
            if answer is None:
                self.gone("The program ended.")
            self._print(answer.get("printed", ""))
            if "call" not in answer:
                return answer  # type: ignore[no-any-return]
            frames.send(self.channel, self._called(answer))

    def _print(self, text: object) -> None:
        if type(text) is not str:
            raise Unreadable("not text")
        if text:
            sys.stdout.write(text)

    def _taken(self, answer: dict[str, Any], passed: list[Any]) -> tuple[Any, BaseException | None]:
        if "raised" in answer:
            return None, self._raised(answer["raised"])
        for position, wire in answer.get("changed", ()):
            _assign(passed[position], self.read(wire))
        value = answer["value"]
        if type(value) is dict and "argument" in value:
            return passed[value["argument"]], None
        return self.read(value), None

    def _raised(self, told: dict[str, Any]) -> BaseException:
        if "from_tests" in told:
            ours: int = told["from_tests"]
            return self.raised_here[ours]
        return self.errors.instance(told)

    # the tests' functions, called by the learner's code

    def _called(self, request: dict[str, Any]) -> dict[str, Any]:
        function = self._function(request["call"])
        args = [self.read(wire) for wire in request["args"]]
        kwargs = {name: self.read(wire) for name, wire in request.get("kwargs", {}).items()}
        try:
            return {"returned": self.write(function(*args, **kwargs))}
        except BaseException as problem:
            return self._raised_by_tests(problem)

    def _raised_by_tests(self, problem: BaseException) -> dict[str, Any]:
        if id(problem) in self.objects:
            return {"own": self.objects[id(problem)][1]}
        self.raised_here.append(problem)
        if not isinstance(problem, Exception):
            self.cannot.append(f"{type(problem).__name__}: {problem}")
        number = len(self.raised_here) - 1
        return {"raised": [type(problem).__name__, str(problem)[:500], number]}

    def _function(self, number: int | str) -> Callable[..., Any]:
        if number == "input":
            return builtins.input
        if number in ("readline", "read"):
            return getattr(sys.stdin, str(number))  # type: ignore[no-any-return]
        return self.functions[int(number)]

    # values in and out

    def write(self, value: object) -> Any:
        try:
            return encode(value, other=self._numbered)
        except Unencodable as problem:
            self.refuse(str(problem))

    def _write_list(self, values: tuple[object, ...]) -> list[Any]:
        return [self.write(value) for value in values]

    def _numbered(self, value: object) -> Any:
        if isinstance(value, type) and value in self.classes:
            return {"handle": self.classes[value]}
        if type(value) in (Remote, RemoteCallable):
            return {"handle": object.__getattribute__(value, "_number")}
        if id(value) in self.objects:
            return {"handle": self.objects[id(value)][1]}
        if id(value) in _PLAIN_NAMES:
            return {"builtin": _PLAIN_NAMES[id(value)]}
        if isinstance(value, Exception):
            return {"error": [type(value).__name__, str(value)[:500]]}
        if callable(value):
            return {"callback": self._callback_number(value)}
        raise Unencodable(f"an object of type {type(value).__name__}")

    def _callback_number(self, function: Callable[..., Any]) -> int:
        if id(function) not in self.numbers:
            self.functions.append(function)
            self.numbers[id(function)] = len(self.functions) - 1
        return self.numbers[id(function)]

    def read(self, wire: Any) -> Any:
        return decode(wire, other=self._read_other)

    def _read_other(self, tag: str, content: Any) -> Any:
        if tag == "handle":
            number, name, base, is_callable = content
            return self.handle(number, name, base=base, is_callable=is_callable)
        if tag == "class":
            return self._class(*content)
        if tag == "builtin":
            return PLAIN_TYPES[content]
        if tag == "exception":
            return self.errors.kind(content)
        if tag == "error":
            return self.errors.instance(content)
        if tag == "callback":
            return self.functions[content]
        if tag == "opaque":
            self.refuse(str(content)[:200])
        raise Unreadable(str(tag)[:40])

    def handle(self, number: int, name: str, *, base: str = "", is_callable: bool = False) -> Any:
        if type(number) is not int or type(name) is not str:
            raise Unreadable("not an object")
        if number not in self.proxies:
            kind = RemoteCallable if is_callable is True else Remote
            self.proxies[number] = kind(self, number, name[:80], BASES.get(base))
        return self.proxies[number]

    def _class(self, number: int, name: str) -> Any:
        if type(number) is not int or type(name) is not str:
            raise Unreadable("not a class")
        if number not in self.proxies:
            made = RemoteClass.made(self, number, name[:80])
            self.proxies[number] = made
            self.classes[made] = number
        return self.proxies[number]

    def refuse(self, what: str) -> NoReturn:
        """A test asks for something that has no meaning across the border: the author's to mend."""
        self.cannot.append(what)
        raise CannotCross(f"{what} cannot cross between these tests and a learner's program")


def _assign(mine: Any, theirs: Any) -> None:
    """Make a test's own container what the learner's code has made of its copy."""
    if type(mine) is not type(theirs):
        raise Unreadable("another type")
    if type(mine) is list and len(mine) == len(theirs):
        for position, value in enumerate(theirs):
            mine[position] = _merged(mine[position], value)
    elif type(mine) in (list, bytearray):
        mine[:] = theirs
    elif type(mine) is dict and mine.keys() == theirs.keys():
        for key, value in theirs.items():
            mine[key] = _merged(mine[key], value)
    elif type(mine) in (dict, set):
        mine.clear()
        mine.update(theirs)
    elif type(mine) is deque:
        mine.clear()
        mine.extend(theirs)


def _merged(mine: Any, theirs: Any) -> Any:
    if type(mine) is type(theirs) and type(mine) in (list, dict, set, deque, bytearray):
        _assign(mine, theirs)
        return mine
    return theirs
