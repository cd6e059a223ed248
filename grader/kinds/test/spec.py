"""What the author of a ``test`` exercise writes, and what a learner sees of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from grader.authored.literals import LiteralError, literal_call
from grader.authored.model import Authored, Line, Slug, Words
from grader.authored.problems import Fault
from grader.authored.spec import Spec, repeated
from grader.checks.hidden import literals_of_code
from grader.checks.listing import Edit, aligned, edited, lines_of, read_span

ModuleFile = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*\.py$")]
MOST_ROWS = 30


class Rule(Authored):
    """One rule of the brief. It is guarded when every wrong program that breaks it is caught."""

    id: Slug
    says: Line
    weight: int = Field(1, ge=1, le=3)
    feedback: Words


class Mutant(Authored):
    """A wrong program: the right one with some lines replaced, or a whole file in ``mutants/``.
    ``says`` tells a learner who caught it what was wrong."""

    id: Slug
    requirement: Slug
    says: Words
    lines: int | str | None = None
    replaced: str | None = Field(None, max_length=8000)
    file: ModuleFile | None = None


class TestSpec(Spec):
    """``kind: test``: write tests that pass on the right program and catch each wrong one.

    ``allowed`` are calls whose true value a learner may be told when a test expects another.
    """

    __test__ = False  # the name begins with Test; pytest shall not collect it

    kind: Literal["test"]
    form: Literal["pytest", "table"] = "pytest"
    program: ModuleFile
    tests: ModuleFile = "test_it.py"
    show_program: bool = True
    written_by: Literal["person", "practice", "model"] = "person"
    requirements: list[Rule] = Field(min_length=1, max_length=8)
    mutants: list[Mutant] = Field(min_length=2, max_length=12)
    allowed: list[Line] = Field([], max_length=30)

    @property
    def answer_file(self) -> str:
        return self.tests if self.form == "pytest" else ""

    @property
    def module(self) -> str:
        return self.program.removesuffix(".py")

    @cached_property
    def allowed_calls(self) -> frozenset[str]:
        """The calls that may be told, written the way ``same_call`` writes them."""
        return frozenset(filter(None, map(same_call, self.allowed)))

    def right(self, files: Mapping[str, str]) -> str:
        return files[f"program/{self.program}"]

    def wrong(self, mutant: Mutant, files: Mapping[str, str]) -> str:
        """The whole text of a wrong program."""
        if mutant.file is not None:
            return files[f"mutants/{mutant.file}"]
        span = read_span(mutant.lines)
        assert span is not None, "faults() refuses a mutant without a place"
        right = self.right(files)
        return edited(right, [aligned(Edit(span=span, text=mutant.replaced or ""), right)])

    def shown(self, files: Mapping[str, str]) -> dict[str, Any]:
        right = files.get(f"program/{self.program}", "")
        return {
            "form": self.form,
            "written_by": self.written_by,
            "program": self.program,
            "module": self.module,
            "code": right if self.show_program else "",
            "tests": self.tests,
            "starter": files.get(f"starter/{self.tests}", ""),
            "requirements": [{"id": each.id, "says": each.says} for each in self.requirements],
            "mutants": len(self.mutants),
            "allowed": list(self.allowed),
        }

    def hidden_texts(self, files: Mapping[str, str]) -> Iterator[str | float]:
        for mutant in self.mutants:
            yield from literals_of_code(mutant.replaced or "")
        yield from literals_of_code(files.get(f"reference/{self.tests}", ""))

    def faults(self, files: Mapping[str, str]) -> Iterator[Fault]:
        for key, ids in (
            ("requirements", [each.id for each in self.requirements]),
            ("mutants", [each.id for each in self.mutants]),
        ):
            for twice in sorted(repeated(ids)):
                yield _fault((key,), f"The id “{twice}” is used twice.", "Rename one.")
        yield from self._rules()
        yield from self._missing(files)
        if f"program/{self.program}" in files:
            yield from self._places(files)
        for at, call in enumerate(self.allowed):
            try:
                literal_call(call)
            except LiteralError as error:
                yield _fault(("allowed", at), f"“{call}”: {error}.", "Write a call with values.")

    def _rules(self) -> Iterator[Fault]:
        known = {each.id for each in self.requirements}
        guarded = {each.requirement for each in self.mutants}
        for at, mutant in enumerate(self.mutants):
            if mutant.requirement not in known:
                yield _fault(
                    ("mutants", at, "requirement"),
                    f"There is no requirement “{mutant.requirement}”.",
                    f"Name one of: {', '.join(sorted(known))}.",
                )
        for at, rule in enumerate(self.requirements):
            if rule.id not in guarded:
                yield _fault(
                    ("requirements", at), f"No mutant breaks “{rule.id}”.", "Add one that does."
                )

    def _missing(self, files: Mapping[str, str]) -> Iterator[Fault]:
        if f"program/{self.program}" not in files:
            yield _fault(("program",), f"program/{self.program} is missing.", "Add the file.")
        if self.form == "pytest" and f"reference/{self.tests}" not in files:
            yield _fault(
                ("tests",),
                f"reference/{self.tests} is missing.",
                "Add your own tests, which catch every mutant.",
            )

    def _places(self, files: Mapping[str, str]) -> Iterator[Fault]:
        count = len(lines_of(self.right(files)))
        for at, mutant in enumerate(self.mutants):
            path = ("mutants", at)
            if mutant.file is not None:
                if f"mutants/{mutant.file}" not in files:
                    yield _fault(path, f"mutants/{mutant.file} is missing.", "Add the file.")
                continue
            span = read_span(mutant.lines)
            if span is None or mutant.replaced is None:
                yield _fault(
                    path,
                    f"“{mutant.id}” doesn’t say what is wrong.",
                    "Give `lines:` and `replaced:`, or a `file:` of mutants/.",
                )
            elif span.first < 1 or span.last > count:
                yield _fault(
                    (*path, "lines"), f"The program’s lines go from 1 to {count}.", "Correct it."
                )


def same_call(source: str) -> str:
    """A call in one spelling, so that calls that are the same are equal; empty for none."""
    try:
        call = literal_call(source)
    except LiteralError:
        return ""
    named = sorted((name, repr(value)) for name, value in call.kwargs.items())
    return f"{call.function}{[repr(each) for each in call.args]}{named}"


def _fault(path: tuple[str | int, ...], message: str, remedy: str) -> Fault:
    return Fault(path=path, message=message, remedy=remedy)
