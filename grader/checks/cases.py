"""A table of cases: a call and what it gives, or an input and what the program prints."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from grader.authored.literals import CONSTRUCTORS, LiteralCall, LiteralError, literal, literal_call
from grader.authored.model import Authored, Line, Slug
from grader.checks.hidden import literals_of_code, literals_of_value

EXPECTATIONS = ("returns", "returns_python", "raises", "approximately", "leaves", "prints")
CaseFault = tuple[str, str, str]


class Case(Authored):
    """One call of a function, or one run of the program, and what has to come of it."""

    id: Slug
    requirement: Slug
    title: Line
    visible: bool = False
    call: Line | None = None
    stdin: str = Field("", max_length=20_000)
    returns: Any = None
    returns_python: Line | None = None
    raises: Annotated[str, StringConstraints(pattern=r"^[A-Za-z_]\w*$")] | None = None
    approximately: float | None = None
    tolerance: float = Field(1e-6, gt=0)
    leaves: Any = None
    prints: str | None = Field(None, max_length=20_000)

    @cached_property
    def expects(self) -> str:
        """The key that says what has to come of it."""
        return self._given()[0]

    @property
    def expected(self) -> Any:
        """The expected value; for ``raises`` the exception's name."""
        if self.returns_python is not None:
            return literal(self.returns_python)
        return getattr(self, self.expects)

    @cached_property
    def asked(self) -> LiteralCall:
        """The call, read. Raises LiteralError, for a case that only prints as well."""
        return literal_call(self.call or "")

    @property
    def called(self) -> str:
        """How a learner reads what was done."""
        return self.call or (f"input: {self.stdin}" if self.stdin else "the program")

    @cached_property
    def expected_words(self) -> str:
        """How a learner reads what has to come of it."""
        match self.expects:
            case "raises":
                return f"raises {self.raises}"
            case "prints":
                return self.prints or ""
            case "approximately":
                return f"about {self.approximately!r}"
            case "leaves":
                return f"the first argument is then {self.leaves!r}"
            case _:
                return repr(self.expected)

    def hidden_texts(self) -> Iterator[str | float]:
        """Each text and number of a case that isn't visible."""
        if self.visible:
            return
        yield from literals_of_code(self.call or "")
        yield from self.stdin.splitlines()
        if self.raises is None:
            yield from literals_of_value(self.expected)

    def shown(self) -> dict[str, Any]:
        """A visible case as JSON values."""
        return {
            "id": self.id,
            "title": self.title,
            "requirement": self.requirement,
            "called": self.call or "",
            "stdin": self.stdin,
            "expected": self.expected_words,
        }

    def faults(self) -> Iterator[CaseFault]:
        """Key, message and remedy of each fault inside this case."""
        given = self._given()
        if len(given) != 1:
            yield (
                "id",
                f"The case has to say one thing that it expects; it says {len(given)}.",
                f"Give one of {', '.join(EXPECTATIONS)}.",
            )
        if self.call is None and given not in ((), ("prints",)):
            yield "id", "Only a call can be compared this way.", "Add `call:`, or use `prints:`."
        if self.call is not None and self.stdin:
            yield "stdin", "A call reads no standard input.", "Take out `stdin:` or `call:`."
        yield from self._unreadable()

    def _unreadable(self) -> Iterator[CaseFault]:
        try:
            if self.call is not None:
                literal_call(self.call)
        except LiteralError as error:
            known = ", ".join(sorted(CONSTRUCTORS))
            yield "call", f"The call can't be read: {error}.", f"Use literals, or {known}."
        try:
            if self.returns_python is not None:
                literal(self.returns_python)
        except LiteralError as error:
            yield "returns_python", f"The value can't be read: {error}.", "Use a literal."

    def _given(self) -> tuple[str, ...]:
        return tuple(key for key in EXPECTATIONS if key in self.model_fields_set)
