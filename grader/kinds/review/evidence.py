"""Evidence for a comment, executed: a test that only the defect fails, or a fix that works."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from grader.checks.listing import Edit, lines_of
from grader.checks.own_tests import (
    CPU_OF_A_TEST,
    BrokenTests,
    OwnRun,
    OwnTests,
    read_own_tests,
    run_own_tests,
)
from grader.checks.syntax import read_python
from grader.kinds.review.bench import Bench, Unrunnable
from grader.kinds.review.findings import Finding
from grader.kinds.review.spec import Defect
from grader.verdict import Problem


class Outcome(StrEnum):
    """What became of the evidence for one comment."""

    NONE = "none"
    PROVED = "proved"
    UNREADABLE = "unreadable"
    PASSES_ON_BOTH = "passes_on_both"
    FAILS_ON_CORRECT = "fails_on_correct"
    STOPPED = "stopped"
    BROKE_OFF = "broke_off"
    FIX_UNCHANGED = "fix_unchanged"
    FIX_NOT_YET = "fix_not_yet"
    FIX_BREAKS = "fix_breaks"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The outcome, and a message where the learner's text itself can't be used."""

    outcome: Outcome
    message: str = ""

    @property
    def proves(self) -> bool:
        return self.outcome is Outcome.PROVED


NO_EVIDENCE = Evidence(outcome=Outcome.NONE)


@dataclass(frozen=True, kw_only=True)
class Examiner:
    """Looks at one comment's evidence. Tests are read and run on the reference once."""

    bench: Bench
    finding: Finding

    def examine(self, defect: Defect) -> Evidence:
        """The evidence that this comment is about that defect. Raises for faults of ours."""
        found = [NO_EVIDENCE]
        if self.finding.test.strip() and self.bench.spec.artefact.type != "tests":
            found.append(self._by_test(defect))
        if self.finding.fix is not None and not found[-1].proves:
            found.append(self._by_fix(defect, self.finding.fix))
        return next((each for each in found if each.proves), found[-1])

    @cached_property
    def tests(self) -> OwnTests | Problem:
        return read_own_tests(self.finding.test, module=self.bench.spec.module())

    @cached_property
    def on_reference(self) -> OwnRun | BrokenTests:
        assert isinstance(self.tests, OwnTests)
        return self._run(self.tests, self.bench.with_defects(()))

    def _by_test(self, defect: Defect) -> Evidence:
        if isinstance(self.tests, Problem):
            return Evidence(outcome=Outcome.UNREADABLE, message=self.tests.message)
        right = self.on_reference
        if isinstance(right, BrokenTests):
            return Evidence(outcome=Outcome.BROKE_OFF)
        if right.stopped:
            return Evidence(outcome=Outcome.STOPPED)
        if not right.all_pass:
            return Evidence(outcome=Outcome.FAILS_ON_CORRECT)
        wrong = self._run(self.tests, self.bench.with_defects([defect.id]))
        if isinstance(wrong, BrokenTests):
            return Evidence(outcome=Outcome.BROKE_OFF)
        caught = wrong.any_caught
        return Evidence(outcome=Outcome.PROVED if caught else Outcome.PASSES_ON_BOTH)

    def _run(self, tests: OwnTests, text: str) -> OwnRun | BrokenTests:
        bench = self.bench
        try:
            return run_own_tests(
                tests, bench.program(text), sandbox=bench.tools.sandbox, limits=bench.limits
            )
        except BrokenTests as broken:
            return broken

    def _by_fix(self, defect: Defect, text: str) -> Evidence:
        bench, edit = self.bench, Edit(span=self.finding.span, text=text)
        given = lines_of(bench.text)[edit.span.first - 1 : edit.span.last]
        if [line.rstrip() for line in edit.lines] == [line.rstrip() for line in given]:
            return Evidence(outcome=Outcome.FIX_UNCHANGED)
        fixed = bench.with_defects([defect.id], fix=edit)
        unreadable = self._unreadable(fixed)
        if unreadable is not None:
            return unreadable
        if bench.spec.artefact.type == "tests":
            return _fixed_tests(bench, defect, fixed)
        return self._fixed_program(defect, edit, fixed)

    def _unreadable(self, fixed: str) -> Evidence | None:
        try:
            program = self.bench.program(fixed)
        except Unrunnable:
            return Evidence(outcome=Outcome.UNREADABLE, message="The change can’t be put on.")
        texts = {**program.files, self.bench.spec.artefact.file: fixed}
        for name, text in texts.items():
            read = read_python(text, file=name) if name.endswith(".py") else None
            if isinstance(read, Problem):
                return Evidence(
                    outcome=Outcome.UNREADABLE, message=f"With this fix, {_lowered(read.message)}"
                )
        return None

    def _fixed_program(self, defect: Defect, edit: Edit, fixed: str) -> Evidence:
        """Its tests pass, and so does all that passed with it and with what the fix overwrote."""
        bench = self.bench
        under = {
            each.id
            for each in bench.spec.defects
            if not each.edits or any(part.span.touches(edit.span) for part in each.edits)
        }
        wanted = frozenset(defect.witness.tests)
        passed = bench.passed(fixed)
        if not wanted or not wanted <= passed:
            return Evidence(outcome=Outcome.FIX_NOT_YET)
        kept = bench.passed_with({defect.id, *under}) <= passed
        return Evidence(outcome=Outcome.PROVED if kept else Outcome.FIX_BREAKS)


def _fixed_tests(bench: Bench, defect: Defect, fixed: str) -> Evidence:
    """Tests that were put right pass on the program and catch what they used to let through."""
    brief = replace(bench.tools.ceilings, cpu_of_tests=CPU_OF_A_TEST)
    limited = replace(bench, tools=replace(bench.tools, ceilings=brief))
    if not limited.own_suite_passes(fixed, limited.program(fixed)):
        return Evidence(outcome=Outcome.FIX_BREAKS)
    if defect.witness.mutant is None or limited.own_suite_passes(fixed, limited.mutant(defect)):
        return Evidence(outcome=Outcome.FIX_NOT_YET)
    return Evidence(outcome=Outcome.PROVED)


def _lowered(sentence: str) -> str:
    """“Python can’t read …” in the middle of a sentence; a name keeps its capital."""
    return sentence if sentence.startswith("Python") else sentence[:1].lower() + sentence[1:]
