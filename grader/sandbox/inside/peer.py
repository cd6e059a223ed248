"""T's end of the line to L: requests, answers, and the tests' functions called back.

Whatever L says is data. An answer that cannot be read, or none, ends this process at once, so
that no test can catch it and pass.
"""

from __future__ import annotations

import builtins
import dataclasses
import inspect
import logging
import socket
import sys
import threading
import types
import warnings
from collections.abc import Callable
from typing import Any, NoReturn

from grader.sandbox import frames
from grader.sandbox.codec import Unencodable, Unreadable, decode, encode
from grader.sandbox.inside import more_values, remote_errors
from grader.sandbox.inside.kinds import Kinds
from grader.sandbox.inside.payload import PLAIN_TYPES
from grader.sandbox.inside.proxies import (
    CannotCross,
    instance,
    is_remote,
    met_again,
    number_of,
)
from grader.sandbox.inside.remote_errors import Errors
from grader.sandbox.inside.things import Things
from grader.sandbox.inside.twins import LINE_LIMIT, Twins
from grader.sandbox.inside.world import World

_PLAIN_NAMES = {id(kind): name for name, kind in PLAIN_TYPES.items()}
_DAMAGED = (Unreadable, TypeError, ValueError, LookupError, AttributeError, OverflowError)


class Peer:
    """The learner's process. ``gone`` is called when it can no longer be believed or reached."""

    def __init__(self, channel: socket.socket, *, gone: Callable[[str], NoReturn]) -> None:
        self.channel = channel
        self.gone = gone
        self.errors = Errors(self)
        self.things = Things(self)
        self.twins = Twins(write=self.write, read=self.read, step=-1)
        self.world = World(self)
        self.proxies: dict[int, Any] = {}
        self.kinds = Kinds(self)
        self.classes: dict[type, int] = {}
        self.objects: dict[int, tuple[object, int]] = {}
        self.functions: list[Callable[..., Any]] = []
        self.numbers: dict[int, int] = {}
        self.raised_here: list[BaseException] = []
        self.cannot: list[tuple[str, str, int]] = []  # what, and the file and line of the tests
        self._one_at_a_time = threading.RLock()
        self._asking = 0
        remote_errors.PEERS[:] = [self]

    # requests

    def do(self, operation: str, *operands: object) -> Any:
        return self.ask(["do", operation, self._write_list(operands)])

    def attribute(self, number: int, name: str) -> Any:
        return self.ask(["do", "get", [{"handle": number}, name]])

    def module(self, file: str) -> Any:
        return self.ask(["module", file])

    def payload(self, number: int) -> Any:
        return self.ask(["payload", number])

    def call(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        wires = self._write_list(args), {name: self.write(value) for name, value in kwargs.items()}
        return self.ask(["call", number, *wires])

    def tell(self, request: list[Any]) -> None:
        """A request of our own whose answer says nothing."""
        self.ask(request)

    def signature(self, thing: Any) -> inspect.Signature:
        """What a learner's function or class takes, as ``inspect`` would tell it there."""
        told = self.ask(["signature", number_of(thing)])
        return inspect.Signature(
            [
                inspect.Parameter(
                    str(name),
                    inspect._ParameterKind(kind),
                    default=default[0] if default else inspect.Parameter.empty,
                )
                for name, kind, default in told
            ]
        )

    def code(self, thing: Any) -> types.CodeType:
        """Code that does nothing and has the flags of a learner's function: whether it is a
        generator's or a coroutine's. Its lines are nowhere to be found."""
        flags = self.ask(["code", number_of(thing)])
        own = _does_nothing.__code__
        return own.replace(co_flags=own.co_flags | (int(flags) & _TELLING), co_filename="<program>")

    def dataclass_fields(self, kind: Any) -> Any:
        names = self.ask(["fields", number_of(kind)])
        if names is None:
            raise AttributeError("__dataclass_fields__")
        like: Any = dataclasses.make_dataclass("Fields", [(str(name), object) for name in names])
        return like.__dataclass_fields__

    def ask(self, request: list[Any]) -> Any:
        with self._one_at_a_time:
            self.world.bring_up_to_date()
            packed = self._packed(request)
            self._asking += 1
            try:
                return self._exchanged(packed)
            finally:
                self._asking -= 1

    def _packed(self, request: list[Any]) -> bytes:
        try:
            news = self.twins.news(give_up=not self._asking)
            return frames.packed([*request, news], limit=LINE_LIMIT)
        except Unencodable as too_large:
            self.twins.take_back()
            self.refuse(str(too_large))

    def _exchanged(self, packed: bytes) -> Any:
        try:
            self.channel.sendall(packed)
            answer = self._await_answer()
            value, problem = self._taken(answer)
        except OSError:
            self.gone("The program ended.")
        except _DAMAGED as damage:
            self.gone(f"The program answered strangely: {type(damage).__name__}: {damage}"[:300])
        if problem is not None:
            raise problem
        return value

    def _await_answer(self) -> dict[str, Any]:
        while True:
            answer = frames.receive(self.channel, limit=LINE_LIMIT)
            if answer is None:
                self.gone("The program ended.")
            self.twins.take(answer["news"])
            self._pass_on(answer)
            if "call" not in answer:
                return answer  # type: ignore[no-any-return]
            frames.send(self.channel, self._called(answer), limit=LINE_LIMIT)

    def _pass_on(self, answer: dict[str, Any]) -> None:
        """What the program printed, warned of and logged, to whoever listens here."""
        self._print(answer.get("printed", ""), sys.stdout)
        if "complained" in answer:
            self._print(answer["complained"], sys.stderr)
        for name, message in answer.get("warned", ()):
            kind = getattr(builtins, str(name), UserWarning)
            is_warning = isinstance(kind, type) and issubclass(kind, Warning)
            warnings.warn(str(message), kind if is_warning else UserWarning, stacklevel=5)
        for name, level, message in answer.get("logged", ()):
            logger = logging.getLogger(str(name) if name != "root" else None)
            logger.log(int(level), "%s", str(message))

    def _print(self, text: object, stream: Any) -> None:
        if type(text) is not str:
            raise Unreadable("not text")
        if text:
            stream.write(text)

    def _taken(self, answer: dict[str, Any]) -> tuple[Any, BaseException | None]:
        if "raised" in answer:
            return None, self._raised(answer["raised"])
        return self.read(answer["value"]), None

    def _raised(self, told: dict[str, Any]) -> BaseException:
        if "from_tests" in told:
            ours: int = told["from_tests"]
            return self.raised_here[ours]
        if "tests_error" in told:
            kind = self.things.kind(told["tests_error"])
            if not issubclass(kind, Exception):
                raise Unreadable("not an exception")
            return kind(*self.read(told["args"]))
        return self.errors.instance(told)

    # the tests' functions, called by the learner's code

    def _called(self, request: dict[str, Any]) -> dict[str, Any]:
        args = [self.read(wire) for wire in request["args"]]
        kwargs = {name: self.read(wire) for name, wire in request.get("kwargs", {}).items()}
        try:
            if type(request["call"]) is list:
                given = self.things.asked(request["call"], args, kwargs)
            else:
                given = self._function(request["call"])(*args, **kwargs)
            return {"returned": self.write(given), "news": self._news()}
        except BaseException as problem:
            return {**self._raised_by_tests(problem), "news": self._news()}

    def _news(self) -> list[Any]:
        """What has become of the containers. Raises CannotCross."""
        try:
            return self.twins.news()
        except Unencodable as problem:
            self.twins.take_back()
            self.refuse(str(problem))

    def _raised_by_tests(self, problem: BaseException) -> dict[str, Any]:
        if id(problem) in self.objects:
            return {"own": self.objects[id(problem)][1]}
        self.raised_here.append(problem)
        if not isinstance(problem, Exception):
            self._note(f"{type(problem).__name__}: {problem}")
        number = len(self.raised_here) - 1
        ours = self.things.is_ours(type(problem)) and isinstance(problem, Exception)
        kind = self.things.kind_number(type(problem)) if ours else None
        return {"raised": [type(problem).__name__, str(problem)[:500], number, kind]}

    def _function(self, number: int | str) -> Callable[..., Any]:
        if number == "input":
            return builtins.input
        if number in ("readline", "read"):
            return getattr(sys.stdin, str(number))  # type: ignore[no-any-return]
        return self.functions[int(number)]

    # values in and out

    def write(self, value: object) -> Any:
        try:
            return encode(value, other=self._numbered, shared=self.twins.reference)
        except Unencodable as problem:
            self.refuse(str(problem))

    def copied(self, value: object) -> Any:
        """The wire form of a value of which the program gets a copy."""
        try:
            return encode(value, other=self._numbered)
        except Unencodable as problem:
            self.refuse(str(problem))

    def _write_list(self, values: tuple[object, ...]) -> list[Any]:
        return [self.write(value) for value in values]

    def _numbered(self, value: object) -> Any:
        """How what isn't a plain value crosses. Raises Unencodable."""
        wire = self._of_theirs(value) or self._of_everyone(value) or self.things.wire(value)
        if wire is not None:
            return wire
        if isinstance(value, Exception):
            return {"error": [type(value).__name__, str(value)[:500]]}
        if callable(value):
            return {"callback": self._callback_number(value)}
        raise Unencodable(f"an object of type {type(value).__name__}")

    def _of_theirs(self, value: object) -> Any:
        if is_remote(value):
            return {"handle": number_of(value)}
        if isinstance(value, type) and value in self.classes:
            return {"handle": self.classes[value]}
        if id(value) in self.objects:
            return {"handle": self.objects[id(value)][1]}
        return None

    def _of_everyone(self, value: object) -> Any:
        if id(value) in _PLAIN_NAMES:
            return {"builtin": _PLAIN_NAMES[id(value)]}
        if isinstance(value, slice):
            return {"slice": self._write_list((value.start, value.stop, value.step))}
        return more_values.written(value)

    def _callback_number(self, function: Callable[..., Any]) -> int:
        if id(function) not in self.numbers:
            self.functions.append(function)
            self.numbers[id(function)] = len(self.functions) - 1
        return self.numbers[id(function)]

    def read(self, wire: Any) -> Any:
        return decode(wire, other=self._read_other)

    def _read_other(self, tag: str, content: Any) -> Any:
        if tag == "handle":
            number, kind = content
            return self.handle(number, kind)
        if tag in more_values.TAGS:
            return more_values.read(tag, content)
        if tag == "opaque":
            self.refuse(str(content)[:200])
        known: dict[str, Callable[..., Any]] = {
            "class": self.kinds.kind,
            "builtin": PLAIN_TYPES.__getitem__,
            "exception": self.errors.kind,
            "error": self.errors.instance,
            "callback": self.functions.__getitem__,
            "thing": self.things.thing,
            "twin": self.twins.twin,
            "tests_class": self.things.kind,
        }
        if tag not in known:
            raise Unreadable(str(tag)[:40])
        return known[tag](content)

    def handle(self, number: int, kind_number: int) -> Any:
        if type(number) is not int or type(kind_number) is not int:
            raise Unreadable("not an object")
        if number not in self.proxies:
            kind = self.kinds.kind(kind_number)
            self.proxies[number] = instance(kind, number=number, base=self.kinds.bases[kind])
        made = self.proxies[number]
        met_again(made)
        if not is_remote(made):
            raise Unreadable("not an object")
        return made

    def _note(self, what: str) -> None:
        self.cannot.append((what[:500], *self.things.place()))

    def refuse(self, what: str) -> NoReturn:
        """A test asks for something that has no meaning across the border: the author's to mend."""
        self._note(what)
        raise CannotCross(f"{what} cannot cross between these tests and a learner's program")


def _does_nothing() -> None:
    """Its code is lent to the learner's functions."""


_TELLING = (
    inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
    | inspect.CO_ITERABLE_COROUTINE
)  # fmt: skip
