"""What the author of a ``code`` exercise writes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from grader.authored.literals import CONSTRUCTORS, LiteralError, literal, literal_call
from grader.authored.model import Authored, Line, Slug
from grader.authored.problems import Fault
from grader.authored.spec import Spec, repeated
from grader.kinds.code.hidden import literals_of_case, literals_of_suite

MOST_FEEDBACK_WORDS = 35
FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_./-]*$")]
USE = re.compile(
    r"^(for|while|if|import|try|with|return|class|lambda|comprehension|recursion"
    r"|call:[A-Za-z_][\w.]*|def:[A-Za-z_]\w*|import:[A-Za-z_][\w.]*)$"
)


class Requirement(Authored):
    """One rule of the brief. It holds when every test that names it passes."""

    id: Slug
    says: Line
    weight: int = Field(1, ge=1, le=3)
    feedback: Line


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

    @property
    def expects(self) -> tuple[str, ...]:
        """The keys that say what has to come of it."""
        known = ("returns", "returns_python", "raises", "approximately", "leaves", "prints")
        return tuple(key for key in known if key in self.model_fields_set)

    @property
    def expected(self) -> Any:
        """The expected value itself, for all but ``raises`` and ``prints``."""
        if self.returns_python is not None:
            return literal(self.returns_python)
        return {"approximately": self.approximately, "leaves": self.leaves}.get(
            self.expects[0], self.returns
        )

    def faults(self) -> Iterator[tuple[str, str, str]]:
        """Key, message and remedy of each fault inside this case."""
        if len(self.expects) != 1:
            yield (
                "id",
                f"The case has to say one thing that it expects; it says {len(self.expects)}.",
                "Give one of returns, returns_python, raises, approximately, leaves, prints.",
            )
        if self.call is None and self.expects not in ((), ("prints",)):
            yield "id", "Only a call can be compared this way.", "Add `call:`, or use `prints:`."
        if self.call is not None and self.stdin:
            yield "stdin", "A call reads no standard input.", "Take out `stdin:` or `call:`."
        yield from self._unreadable()

    def _unreadable(self) -> Iterator[tuple[str, str, str]]:
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


class SuiteTestSpec(Authored):
    """What one test of a suite checks, where it differs from the suite's own."""

    requirement: Slug | None = None
    title: Line | None = None
    visible: bool = False


class Suite(Authored):
    """An unmodified test file in ``hidden/``."""

    file: FileName
    runner: Literal["pytest", "unittest"]
    requirement: Slug
    tests: dict[str, SuiteTestSpec] = {}


class Constraint(Authored):
    """A rule about how the code is written, checked on its syntax tree."""

    id: Slug
    says: Line
    must_use: list[str] = []
    must_not_use: list[str] = []
    feedback: Line


class CodeSpec(Spec):
    """``kind: code``: the learner writes or repairs a program."""

    kind: Literal["code"]
    variant: Literal["write", "repair"] = "write"
    program: FileName = "solution.py"
    requirements: list[Requirement] = Field(min_length=1, max_length=8)
    cases: list[Case] = []
    suites: list[Suite] = []
    constraints: list[Constraint] = []

    @property
    def answer_file(self) -> str:
        return self.program

    def faults(self, files: Mapping[str, str]) -> Iterator[Fault]:
        yield from self._repetitions()
        yield from self._unknown_requirements()
        yield from self._unreadable_parts(files)
        yield from self._missing_files(files)
        yield from self._long_feedback()

    def shown(self, files: Mapping[str, str]) -> dict[str, Any]:
        return {
            "variant": self.variant,
            "program": self.program,
            "files": {
                path.removeprefix("starter/"): text
                for path, text in files.items()
                if path.startswith("starter/")
            },
            "requirements": [{"id": each.id, "says": each.says} for each in self.requirements],
            "constraints": [{"id": each.id, "says": each.says} for each in self.constraints],
            "cases": [shown_case(case) for case in self.cases if case.visible],
        }

    def hidden_texts(self, files: Mapping[str, str]) -> Iterator[str | float]:
        for case in self.cases:
            if not case.visible:
                yield from literals_of_case(case.call, case.stdin, expectation(case))
        for suite in self.suites:
            yield from literals_of_suite(files.get(f"hidden/{suite.file}", ""))

    def _repetitions(self) -> Iterator[Fault]:
        rules = [each.id for each in self.requirements] + [each.id for each in self.constraints]
        for key, ids in (("requirements", rules), ("cases", [case.id for case in self.cases])):
            for twice in sorted(repeated(ids)):
                yield Fault(
                    path=(key,), message=f"The id “{twice}” is used twice.", remedy="Rename one."
                )

    def _unknown_requirements(self) -> Iterator[Fault]:
        known = {each.id for each in self.requirements}
        for path, named in self._named_requirements():
            if named not in known:
                yield Fault(
                    path=path,
                    message=f"There is no requirement “{named}”.",
                    remedy=f"Name one of: {', '.join(sorted(known))}.",
                )

    def _named_requirements(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        for at, case in enumerate(self.cases):
            yield ("cases", at, "requirement"), case.requirement
        for at, suite in enumerate(self.suites):
            yield ("suites", at, "requirement"), suite.requirement
            for name, test in suite.tests.items():
                if test.requirement is not None:
                    yield ("suites", at, "tests", name, "requirement"), test.requirement

    def _unreadable_parts(self, files: Mapping[str, str]) -> Iterator[Fault]:
        for at, case in enumerate(self.cases):
            for key, message, remedy in case.faults():
                yield Fault(path=("cases", at, key), message=message, remedy=remedy)
        for at, constraint in enumerate(self.constraints):
            yield from _constraint_faults(constraint, at)
        for at, suite in enumerate(self.suites):
            yield from _suite_faults(suite, at, files)

    def _missing_files(self, files: Mapping[str, str]) -> Iterator[Fault]:
        for folder in ("starter", "reference"):
            if f"{folder}/{self.program}" not in files:
                yield Fault(
                    path=("program",),
                    message=f"{folder}/{self.program} is missing.",
                    remedy="Add the file, or name another `program:`.",
                )

    def _long_feedback(self) -> Iterator[Fault]:
        lines = {
            **{("requirements", at): each.feedback for at, each in enumerate(self.requirements)},
            **{("constraints", at): each.feedback for at, each in enumerate(self.constraints)},
        }
        for path, line in lines.items():
            words = len(line.split())
            if words > MOST_FEEDBACK_WORDS:
                yield Fault(
                    path=(*path, "feedback"),
                    message=f"The feedback has {words} words.",
                    remedy=f"Use at most {MOST_FEEDBACK_WORDS}.",
                )


def expectation(case: Case) -> Any:
    """What the case expects, of whichever sort."""
    if case.raises is not None:
        return None
    return case.prints if case.prints is not None else case.expected


def shown_case(case: Case) -> dict[str, Any]:
    """A visible case in a learner's words."""
    return {
        "id": case.id,
        "title": case.title,
        "requirement": case.requirement,
        "called": called(case),
        "stdin": case.stdin,
        "expected": expected_words(case),
    }


def called(case: Case) -> str:
    return case.call or ""


def expected_words(case: Case) -> str:
    """What has to come of a case, as a learner would read it."""
    match case.expects[0]:
        case "raises":
            return f"raises {case.raises}"
        case "prints":
            return case.prints or ""
        case "approximately":
            return f"about {case.approximately!r}"
        case "leaves":
            return f"the first argument is then {case.leaves!r}"
        case _:
            return repr(case.expected)


def _constraint_faults(constraint: Constraint, at: int) -> Iterator[Fault]:
    if not constraint.must_use and not constraint.must_not_use:
        yield Fault(
            path=("constraints", at, "id"),
            message="The constraint asks for nothing.",
            remedy="Add must_use or must_not_use.",
        )
    for key in ("must_use", "must_not_use"):
        for part, use in enumerate(getattr(constraint, key)):
            if not USE.match(use):
                yield Fault(
                    path=("constraints", at, key, part),
                    message=f"“{use}” isn't something that can be looked for.",
                    remedy="Use for, while, if, import, …, call:NAME, def:NAME or import:NAME.",
                )


def _suite_faults(suite: Suite, at: int, files: Mapping[str, str]) -> Iterator[Fault]:
    source = files.get(f"hidden/{suite.file}")
    if source is None:
        yield Fault(
            path=("suites", at, "file"),
            message=f"hidden/{suite.file} is missing.",
            remedy="Add the test file to hidden/.",
        )
        return
    try:
        defined = {
            node.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)
        }
    except SyntaxError as error:
        yield Fault(
            path=("suites", at, "file"),
            message=f"Python can't read hidden/{suite.file}, line {error.lineno}: {error.msg}.",
            remedy="Put the test file right.",
        )
        return
    for name in suite.tests:
        if name not in defined:
            yield Fault(
                path=("suites", at, "tests", name),
                message=f"hidden/{suite.file} has no test “{name}”.",
                remedy="Name a test function of the file.",
            )
