"""The artefact with some of its defects put right, as something that runs.

The reference is the artefact with every correction made. The variant of one defect is the
reference with only that defect left in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from grader.authored.exercise import Exercise
from grader.checks.listing import Edit, aligned, edited
from grader.checks.suites import function_of
from grader.kinds.review.diffs import DiffError, patched
from grader.kinds.review.spec import Defect, ReviewSpec
from grader.kinds.tools import Tools
from grader.sandbox.base import HarnessBroken, Limits, Program, SuiteStatus

_PASSED: dict[tuple[str, frozenset[str]], frozenset[str]] = {}
_MOST_REMEMBERED = 2000
_NOTHING = Program(files={"solution.py": ""}, main="solution.py")


class Unrunnable(Exception):
    """This text of the artefact can't be run at all: a diff that no longer fits."""


@dataclass(frozen=True, kw_only=True)
class Bench:
    """One exercise and a sandbox. ``without`` and ``left`` are ids of defects."""

    exercise: Exercise
    spec: ReviewSpec
    tools: Tools

    @cached_property
    def text(self) -> str:
        return self.spec.text(self.exercise.files)

    @cached_property
    def limits(self) -> Limits:
        return self.exercise.limits(ceilings=self.tools.ceilings)

    @cached_property
    def every(self) -> frozenset[str]:
        return frozenset(self.spec.by_id)

    def with_defects(self, left: Collection[str], *, fix: Edit | None = None) -> str:
        """The artefact's text with only these defects left in, and a learner's lines put in.

        Where a correction would change lines that the fix changes, the fix wins.
        """
        if fix is None and (whole := self._written_out(left)) is not None:
            return whole
        edits = [] if fix is None else [fix]
        for defect in self.spec.defects:
            if defect.id not in left:
                right = [aligned(each, self.text) for each in defect.edits]
                edits += [each for each in right if _fits(each, fix)]
        return edited(self.text, edits)

    def _written_out(self, left: Collection[str]) -> str | None:
        """The text that the author gives in full, where corrections alone don't make it."""
        if not left:
            return self.exercise.files.get(f"reference/{self.spec.artefact.file}")
        defects = [self.spec.by_id[name] for name in left]
        if len(defects) == 1 and defects[0].variant:
            return self.exercise.files[f"variants/{defects[0].variant}"]
        return None

    def program(self, text: str) -> Program:
        """What runs when the artefact has this text. Raises Unrunnable."""
        artefact, context = self.spec.artefact, self.exercise.folder("context")
        python = {name: body for name, body in context.items() if name.endswith(".py")}
        match artefact.type:
            case "code":
                return Program(files={**python, artefact.file: text}, main=artefact.file)
            case "diff":
                try:
                    return Program(files=patched(python, text), main=str(artefact.program))
                except DiffError as error:
                    raise Unrunnable(str(error)) from error
            case "tests":
                return Program(files=python, main=str(artefact.program))
            case _:
                return _NOTHING

    def mutant(self, defect: Defect) -> Program:
        """The wrong program that the weak tests of this defect let through."""
        sound = self.program(self.text)
        text = self.exercise.files[f"hidden/mutants/{defect.witness.mutant}.py"]
        return Program(files={**sound.files, sound.main: text}, main=sound.main)

    def passed_with(self, left: Iterable[str]) -> frozenset[str]:
        """The author's tests that pass with these defects left in. Remembered per process."""
        key = (self.exercise.content_hash, frozenset(left))
        if key not in _PASSED:
            if len(_PASSED) >= _MOST_REMEMBERED:
                _PASSED.clear()
            _PASSED[key] = self.passed(self.with_defects(key[1]))
        return _PASSED[key]

    def passed(self, text: str) -> frozenset[str]:
        """The names of the author's tests that pass when the artefact has this text."""
        suite = self.author_suite(text)
        if not suite:
            return frozenset()
        try:
            outcome = self.tools.sandbox.run_suite(self.program(text), suite, self.limits)
        except Unrunnable:
            return frozenset()
        met: dict[str, bool] = {}
        for test in outcome.tests:
            name = function_of(test.id)
            met[name] = met.get(name, True) and test.status is SuiteStatus.PASSED
        return frozenset(name for name, passes in met.items() if passes)

    def author_suite(self, text: str) -> dict[str, str]:
        """The author's test files with what they read: the table or text that is looked at, and
        the context. Empty where there are none."""
        hidden = self.exercise.folder("hidden")
        tests = {name: body for name, body in hidden.items() if not name.startswith("mutants/")}
        if not any(name.startswith("test") for name in tests):
            return {}
        if self.spec.artefact.type in ("table", "text"):
            return {**self.exercise.folder("context"), **tests, self.spec.artefact.file: text}
        return tests

    def own_suite_passes(self, text: str, program: Program) -> bool:
        """For tests under review: whether they all pass on a program."""
        name = self.spec.artefact.file
        try:
            outcome = self.tools.sandbox.run_suite(program, {name: text}, self.limits)
        except HarnessBroken:
            # Tests that a learner changed can break by themselves; the author's own never do.
            self.tools.sandbox.run_suite(program, {name: self.with_defects(())}, self.limits)
            return False
        return bool(outcome.tests) and all(
            test.status is SuiteStatus.PASSED for test in outcome.tests
        )


def _fits(edit: Edit, fix: Edit | None) -> bool:
    return fix is None or not edit.span.touches(fix.span)
