"""The probe box: what the function that is wanted gives for an input of the learner's choosing.

Only inputs that the author allows are run, on the reference and in the sandbox.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from grader.authored.exercise import Exercise
from grader.authored.literals import LiteralError, literal
from grader.authored.model import Authored, Line
from grader.kinds.tools import Tools
from grader.sandbox.base import Call, Ended, HarnessBroken, Outcome, Program
from grader.sandbox.codec import show

InputType = Literal[
    "number", "whole number", "text", "yes or no", "choice",
    "list of numbers", "list of whole numbers", "list of texts",
]  # fmt: skip
SHOWN_VALUE = 300
LONGEST_TYPED = 400
ProbeFault = tuple[tuple[str | int, ...], str, str]


class ProbeInput(Authored):
    """One parameter of the function, and what may be tried for it.

    ``from``, ``to`` bound numbers; ``most`` bounds the length of texts (40 if left out) and lists
    (8). ``choices`` are Python literals, for the type ``choice``.
    """

    name: Line
    type: InputType
    least: float | None = Field(None, alias="from")
    to: float | None = None
    most: int | None = Field(None, ge=1, le=200)
    choices: list[Line] = []
    or_none: bool = False

    def shown(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "type": self.type,
            "from": self.least,
            "to": self.to,
            "most": self._most,
            "choices": list(self.choices),
            "or_none": self.or_none,
        }

    @property
    def _most(self) -> int:
        return self.most or (40 if self.type == "text" else 8)

    def value(self, typed: str) -> Any:
        """The value that was typed. Raises ProbeRefused."""
        typed = typed.strip()
        if len(typed) > LONGEST_TYPED:
            raise ProbeRefused(self.name, "That is longer than the box takes. Try a shorter one.")
        if self.or_none and typed in ("None", "none"):
            return None
        match self.type:
            case "choice":
                return self._choice(typed)
            case "yes or no":
                return self._yes_or_no(typed)
            case "text":
                return self._text(_unquoted(typed))
            case "number" | "whole number":
                return self._number(typed, whole=self.type == "whole number")
            case _:
                return self._list(typed)

    def _choice(self, typed: str) -> Any:
        if typed not in self.choices:
            raise ProbeRefused(self.name, "Choose one of the values in the list.")
        return literal(typed)

    def _yes_or_no(self, typed: str) -> bool:
        known = {"yes": True, "true": True, "no": False, "false": False}
        if typed.lower() not in known:
            raise ProbeRefused(self.name, "Type yes or no.")
        return known[typed.lower()]

    def _text(self, text: str) -> str:
        if len(text) > self._most:
            raise ProbeRefused(self.name, f"Use at most {self._most} characters.")
        return text

    def _number(self, typed: str, *, whole: bool) -> float:
        try:
            number = literal(typed.replace("£", "").replace("$", ""))
        except LiteralError as error:
            raise ProbeRefused(self.name, "Type a number, such as 4 or 2.5.") from error
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise ProbeRefused(self.name, "Type a number, such as 4 or 2.5.")
        if whole and not isinstance(number, int):
            raise ProbeRefused(self.name, "Type a whole number, such as 4.")
        low, high = self.least, self.to
        if (low is not None and number < low) or (high is not None and number > high):
            raise ProbeRefused(self.name, f"Stay {_range(low, high)}.")
        return number

    def _list(self, typed: str) -> list[Any]:
        inner = typed.strip().removeprefix("[").removesuffix("]").strip()
        parts = _split(inner) if inner else []
        if len(parts) > self._most:
            raise ProbeRefused(self.name, f"Use at most {self._most} values.")
        if self.type == "list of texts":
            return [_unquoted(part) for part in parts]
        return [self._number(part, whole=self.type == "list of whole numbers") for part in parts]


class Probe(Authored):
    """``probe:`` — the parameters in order, and how many probes ``probe_first`` asks for."""

    inputs: list[ProbeInput] = Field(min_length=1, max_length=6)
    first: int = Field(2, ge=1, le=5)

    def shown(self, *, first: bool) -> dict[str, Any]:
        return {
            "inputs": [each.shown() for each in self.inputs],
            "first": self.first if first else 0,
        }

    def faults(self, parameters: Sequence[str]) -> Iterator[ProbeFault]:
        """Path, message and remedy of each fault."""
        if [each.name for each in self.inputs] != list(parameters):
            yield (
                ("inputs",),
                "The inputs aren't the parameters of the signature.",
                f"Name, in this order: {', '.join(parameters)}.",
            )
        for at, each in enumerate(self.inputs):
            if each.type == "choice" and not each.choices:
                yield ("inputs", at), "A choice needs values to choose.", "Add `choices:`."
            for choice in each.choices:
                try:
                    literal(choice)
                except LiteralError as error:
                    yield ("inputs", at), f"{choice} can't be read: {error}.", "Use a literal."


class ProbeRefused(Exception):
    """An input that the author doesn't allow or that can't be read. ``said`` is for the learner."""

    def __init__(self, name: str, said: str) -> None:
        super().__init__(f"{name}: {said}")
        self.name = name
        self.said = said


@dataclass(frozen=True, kw_only=True)
class Probed:
    """One probe: the call as Python writes it, and what it gives, ready to show."""

    called: str
    gives: str


def probe(exercise: Exercise, typed: Mapping[str, str], *, tools: Tools) -> Probed:
    """What the wanted function gives for what was typed, by parameter name.

    Raises ProbeRefused for an input that isn't allowed; HarnessBroken and SandboxUnavailable are
    ours. The same input always gives the same.
    """
    spec: Any = exercise.spec
    if getattr(spec, "probe", None) is None:
        raise ValueError(f"{exercise.title!r} has no probe box")
    values = {each.name: each.value(typed.get(each.name, "")) for each in spec.probe.inputs}
    program = Program(files={"solution.py": spec.code(spec.correct)})
    call = Call(id="probe", function=spec.function, args=tuple(values.values()))
    outcomes = tools.sandbox.run_calls(program, [call], exercise.limits(ceilings=tools.ceilings))
    if len(outcomes) != 1:
        raise HarnessBroken("the sandbox answered a probe with other than one outcome")
    called = f"{spec.function}({', '.join(repr(value) for value in values.values())})"
    return Probed(called=called, gives=_gives(outcomes[0]))


def _gives(outcome: Outcome) -> str:
    if outcome.raised is not None:
        return f"raises {outcome.raised.name}"
    if outcome.ended is not Ended.RETURNED:
        raise HarnessBroken(f"a probe of the reference ended as {outcome.ended.value}")
    return show(outcome.value, SHOWN_VALUE)


def _unquoted(typed: str) -> str:
    typed = typed.strip()
    if len(typed) >= 2 and typed[0] == typed[-1] and typed[0] in "\"'":
        try:
            value = ast.literal_eval(typed)
        except (SyntaxError, ValueError):
            return typed[1:-1]
        return value if isinstance(value, str) else typed
    return typed


def _split(inner: str) -> list[str]:
    """Values between commas; a comma inside quotes is part of a value."""
    parts, quote, start = [], "", 0
    for at, character in enumerate(inner):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'" and not inner[start:at].strip():
            quote = character
        elif character == ",":
            parts.append(inner[start:at].strip())
            start = at + 1
    return [*parts, inner[start:].strip()]


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return f"at or below {high:g}"
    if high is None:
        return f"at or above {low:g}"
    return f"from {low:g} to {high:g}"
