"""The tests' own objects as a learner's program holds them: stand-ins that ask the tests."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from grader.sandbox.inside import specials

if TYPE_CHECKING:
    from grader.sandbox.inside.served import Served

_ASKED = "special"


class _GuestType(type):
    """The type of the stand-ins' classes: calling one makes an object where the tests are."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        guests, kind = type.__getattribute__(cls, "_of_guests_")
        return guests.served.call_back(["make", kind], args, kwargs)


class Guests:
    """Stand-ins by number, one class for each class of the tests."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self._guests: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._kinds: dict[int, type] = {}
        self._kind_numbers: dict[type, int] = {}
        self._errors: dict[int, type[BaseException]] = {}

    def guest(self, number: int, kind: int) -> Any:
        if number not in self._guests:
            made: Any = object.__new__(self.kind(kind))
            object.__setattr__(made, "_guest_number_", number)
            self._guests[number] = made
            self._numbers[id(made)] = number
        return self._guests[number]

    def wire(self, thing: object) -> Any:
        """How a stand-in goes home; None for what isn't one."""
        if id(thing) in self._numbers and thing is self._guests[self._numbers[id(thing)]]:
            return {"thing": self._numbers[id(thing)]}
        if isinstance(thing, type) and thing in self._kind_numbers:
            return {"tests_class": self._kind_numbers[thing]}
        return None

    def kind_of_error(self, problem: BaseException) -> int | None:
        return self._kind_numbers.get(type(problem))

    def kind(self, number: int) -> type:
        if number not in self._kinds:
            told = self.served.call_back(["describe", number], ())
            parents = tuple(self.kind(parent) for parent in told["parents"])
            namespace = {
                **{name: _asks(name) for name in told["special"] if name in specials.NAMES},
                "_of_guests_": (self, number),
                "_ask_": self._ask,
            }
            made = _GuestType(told["name"], parents or (_Guest,), namespace)
            self._kinds[number] = made
            self._kind_numbers[made] = number
        return self._kinds[number]

    def error(self, number: int) -> type[BaseException]:
        """The class that stands for an exception class of the tests."""
        if number not in self._errors:
            told = self.served.call_back(["describe", number], ())
            parents = tuple(self.error(parent) for parent in told["parents"])
            builtin = getattr(builtins, told["builtin"], Exception)
            made = type(told["name"], parents or (builtin,), {})
            self._errors[number] = made
            self._kind_numbers[made] = number
        return self._errors[number]

    def _ask(self, guest: Any, operation: str, *args: Any, **kwargs: Any) -> Any:
        number = object.__getattribute__(guest, "_guest_number_")
        return self.served.call_back(["do", number, operation], args, kwargs)


class _Guest:
    """What all stand-ins can do."""

    _ask_: Callable[..., Any]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(self)._ask_(self, "get", name)

    def __setattr__(self, name: str, value: Any) -> None:
        type(self)._ask_(self, "set", name, value)

    def __delattr__(self, name: str) -> None:
        type(self)._ask_(self, "delete", name)

    def __repr__(self) -> str:
        return str(type(self)._ask_(self, "repr"))

    def __str__(self) -> str:
        return str(type(self)._ask_(self, "str"))

    def __eq__(self, other: object) -> Any:
        return True if self is other else type(self)._ask_(self, "eq", other)

    def __hash__(self) -> int:
        return object.__hash__(self)


def _asks(special: str) -> Callable[..., Any]:
    name = special.strip("_")
    reflected = name.startswith("r") and name[1:] in specials.BINARY

    def ask(self: Any, *args: Any, **kwargs: Any) -> Any:
        if name == "exit":
            return type(self)._ask_(self, "exit", args[1])
        operation = f"r_{name[1:]}" if reflected else name
        return type(self)._ask_(self, operation, *args, **kwargs)

    return ask
