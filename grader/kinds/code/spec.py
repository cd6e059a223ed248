"""What the author of a ``code`` exercise writes."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from grader.analysis import Example
from grader.authored.model import Authored, Line, Slug, Words
from grader.authored.problems import Fault
from grader.authored.spec import Spec, repeated
from grader.checks.cases import Case
from grader.checks.constraints import Constraint
from grader.checks.suites import Suite

MOST_FEEDBACK_WORDS = 35
ProgramFile = Annotated[
    str, StringConstraints(pattern=r"^([A-Za-z_][A-Za-z0-9_]*/){0,3}[A-Za-z_][A-Za-z0-9_]*\.py$")
]


class Requirement(Authored):
    """One rule of the brief. It holds when every test that names it passes."""

    id: Slug
    says: Line
    weight: int = Field(1, ge=1, le=3)
    feedback: Words


class CodeSpec(Spec):
    """``kind: code``: the learner writes or repairs a program.

    ``written_by`` names the author of the starter: code of a model is shown as such until it is
    checked. ``assistant`` lets learners ask a model for changes, unless work is without help.
    """

    kind: Literal["code"]
    variant: Literal["write", "repair"] = "write"
    written_by: Literal["person", "practice", "model"] = "person"
    program: ProgramFile = "solution.py"
    assistant: bool = False
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
        yield from self._faulty_parts(files)

    def gaps(self, files: Mapping[str, str]) -> Iterator[Fault]:
        yield from self._missing_files(files)
        yield from self._long_feedback()

    def shown(self, files: Mapping[str, str]) -> dict[str, Any]:
        return {
            "variant": self.variant,
            "written_by": self.written_by,
            "assistant": self.assistant,
            "program": self.program,
            "files": {
                path.removeprefix("starter/"): text
                for path, text in files.items()
                if path.startswith("starter/")
            },
            "requirements": [{"id": each.id, "says": each.says} for each in self.requirements],
            "constraints": [{"id": each.id, "says": each.says} for each in self.constraints],
            "cases": [case.shown() for case in self.cases if case.visible],
        }

    def hidden_texts(self, files: Mapping[str, str]) -> Iterator[str | float]:
        for case in self.cases:
            yield from case.hidden_texts()
        for suite in self.suites:
            yield from suite.hidden_texts(files.get(f"hidden/{suite.file}", ""))

    def asked_names(self, files: Mapping[str, str]) -> list[str]:
        """The functions and classes that no check can begin without, in order."""
        names = [case.asked.function for case in self.cases if case.call]
        for suite in self.suites:
            names += _imported(files[f"hidden/{suite.file}"], self.module)
        return list(dict.fromkeys(names))

    def used_names(self, files: Mapping[str, str]) -> list[str]:
        """All names of the program that the checks use, those of single tests too."""
        names = self.asked_names(files)
        for suite in self.suites:
            names += _used(files[f"hidden/{suite.file}"], self.module)
        return list(dict.fromkeys(names))

    @property
    def runs_tests_in_process(self) -> bool:
        """Whether tests share the program's process, where it could change them."""
        return any(suite.runs == "in_process" for suite in self.suites)

    @property
    def module(self) -> str:
        """The program's name in an import."""
        path = PurePosixPath(self.program).with_suffix("")
        return (path.parent if path.name == "__init__" else path).as_posix().replace("/", ".")

    @property
    def examples(self) -> tuple[Example, ...]:
        """The visible cases that say what a call returns."""
        shown = [case for case in self.cases if case.visible and case.call]
        returning = [case for case in shown if case.expects in ("returns", "returns_python")]
        calls = [(case.asked, case.expected) for case in returning]
        return tuple(
            Example(function=call.function, arguments=tuple(call.args), value=value)
            for call, value in calls
        )

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

    def _faulty_parts(self, files: Mapping[str, str]) -> Iterator[Fault]:
        for at, case in enumerate(self.cases):
            for key, message, remedy in case.faults():
                yield Fault(path=("cases", at, key), message=message, remedy=remedy)
        for at, constraint in enumerate(self.constraints):
            for path, message, remedy in constraint.faults():
                yield Fault(path=("constraints", at, *path), message=message, remedy=remedy)
        for at, suite in enumerate(self.suites):
            for steps, message, remedy in suite.faults(files.get(f"hidden/{suite.file}")):
                yield Fault(path=("suites", at, *steps), message=message, remedy=remedy)

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


@lru_cache(maxsize=256)
def _imported(source: str, module: str) -> tuple[str, ...]:
    """What a test file takes at its top: ``from solution import x``, not inside a try."""
    return tuple(
        alias.name
        for node in ast.parse(source).body
        if isinstance(node, ast.ImportFrom) and node.module == module and not node.level
        for alias in node.names
        if alias.name != "*"
    )


def _used(source: str, module: str) -> Iterator[str]:
    """What a test file reads as ``solution.x`` where it has imported the module by its name."""
    nodes = list(ast.walk(ast.parse(source)))
    aliases = [alias for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    if not any(alias.name == module and alias.asname is None for alias in aliases):
        return
    for node in nodes:
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == module
            and isinstance(node.ctx, ast.Load)
        ):
            yield node.attr
