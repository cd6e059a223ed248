"""What ``prompt`` and ``explain`` share: a function, decisions about it, and checks of each."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from pydantic import Field

from grader.authored.literals import LiteralError, literal_call
from grader.authored.model import Line, Words
from grader.authored.problems import Fault
from grader.authored.spec import Spec, repeated
from grader.checks.cases import Case
from grader.practice.assemble import assembled, slots
from grader.practice.decisions import Decision
from grader.practice.recognise import Recogniser


class DecidedSpec(Spec):
    """``template`` holds a slot in braces for each decision."""

    signature: Line
    template: Words
    decisions: list[Decision] = Field(min_length=2, max_length=6)
    cases: list[Case] = Field(min_length=2)

    @property
    def function(self) -> str:
        """The name that the code has to define."""
        return self.signature.partition("(")[0].strip()

    @property
    def parameters(self) -> list[str]:
        arguments = _parsed(self.signature).args
        return [
            each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        ]

    @property
    def correct(self) -> dict[str, str]:
        """Each decision's right option."""
        return {decision.id: decision.correct for decision in self.decisions}

    def code(self, taken: Mapping[str, str]) -> str:
        """The program that these options make."""
        return assembled(self.template, self.decisions, taken)

    def recogniser(self) -> Recogniser:
        return Recogniser(self.decisions, masked=(self.signature, f"def {self.signature}:"))

    def hidden_texts(self, files: Mapping[str, str]) -> Iterator[str | float]:
        for case in self.cases:
            yield from case.hidden_texts()

    def decided_faults(self) -> Iterator[Fault]:
        """Faults of what the two kinds share."""
        yield from self._signature_faults()
        yield from self._repetitions()
        for at, decision in enumerate(self.decisions):
            for path, message, remedy in decision.faults():
                yield Fault(path=("decisions", at, *path), message=message, remedy=remedy)
        yield from self._case_faults()
        yield from self._slot_faults()

    def _signature_faults(self) -> Iterator[Fault]:
        try:
            _parsed(self.signature)
        except SyntaxError:
            yield Fault(
                path=("signature",),
                message="The signature can't be read.",
                remedy="Write it as in `total(items, tax)`.",
            )

    def _repetitions(self) -> Iterator[Fault]:
        named = {
            "decisions": [decision.id for decision in self.decisions],
            "cases": [case.id for case in self.cases],
        }
        for key, ids in named.items():
            for twice in sorted(repeated(ids)):
                yield Fault(
                    path=(key,), message=f"The id “{twice}” is used twice.", remedy="Rename one."
                )

    def _case_faults(self) -> Iterator[Fault]:
        known = {decision.id for decision in self.decisions}
        for at, case in enumerate(self.cases):
            if case.requirement not in known:
                yield Fault(
                    path=("cases", at, "requirement"),
                    message=f"There is no decision “{case.requirement}”.",
                    remedy=f"Name one of: {', '.join(sorted(known))}.",
                )
            for key, message, remedy in case.faults():
                yield Fault(path=("cases", at, key), message=message, remedy=remedy)
            yield from self._foreign_call(at, case)

    def _foreign_call(self, at: int, case: Case) -> Iterator[Fault]:
        try:
            called = literal_call(case.call or "").function
        except LiteralError:
            called = self.function if case.call else ""
        if called != self.function:
            yield Fault(
                path=("cases", at, "call"),
                message=f"The case doesn't call {self.function}.",
                remedy="Call the function of the signature.",
            )

    def _slot_faults(self) -> Iterator[Fault]:
        found, known = slots(self.template), {decision.id for decision in self.decisions}
        for name in sorted(known - found):
            yield Fault(
                path=("template",),
                message=f"The template has no slot {{{name}}}.",
                remedy="Put it where the code of that decision goes.",
            )


def _parsed(signature: str) -> ast.FunctionDef:
    """The signature as Python reads it. Raises SyntaxError."""
    body = ast.parse(f"def {signature}: pass").body
    if len(body) != 1 or not isinstance(body[0], ast.FunctionDef):
        raise SyntaxError(signature)
    return body[0]
