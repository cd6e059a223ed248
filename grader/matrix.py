"""What catches what: each planted fault against each check, with what the run showed.

Rows are defects (review), wrong programs (test), wrong options (prompt, explain) or wrong answers
(code). Quizzes and cases have no such table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from grader.answer import AnswerError, from_text
from grader.authored.exercise import Exercise
from grader.checks.case_runs import run_cases
from grader.checks.own_tests import BrokenTests, read_own_tests, run_own_tests
from grader.checks.suites import function_of
from grader.engine import grade
from grader.kinds.decided import DecidedSpec
from grader.kinds.review.bench import Bench, Unrunnable
from grader.kinds.review.spec import ReviewSpec
from grader.kinds.test.judge import source_of
from grader.kinds.test.spec import TestSpec
from grader.kinds.tools import Tools
from grader.publish import answer_paths, stored_answer
from grader.sandbox.base import Program, SuiteStatus
from grader.verdict import Problem, TestStatus

MOST_COLUMNS, MOST_ROWS = 60, 40
LONGEST_SAID = 600


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Whether the check of this column catches the fault of this row, and what the run said."""

    caught: bool
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One planted fault. ``path`` is where it stands in exercise.yaml, ``file`` beside it."""

    id: str
    says: str
    cells: tuple[Cell, ...]
    path: tuple[str | int, ...] = ()
    file: str = "exercise.yaml"

    @property
    def caught(self) -> int:
        return sum(cell.caught for cell in self.cells)


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """``of`` says what the rows are: defects, mutants, options or answers."""

    of: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def matrix_of(exercise: Exercise, *, tools: Tools) -> Matrix | None:
    """The table of this exercise; None for kinds without one, or where nothing can be run.

    Raises HarnessBroken.
    """
    make = _TABLES.get(exercise.kind)
    found = make(exercise, tools) if make else None
    return found if found and found.rows and found.columns else None


def _defects(exercise: Exercise, tools: Tools) -> Matrix | None:
    spec = exercise.spec
    assert isinstance(spec, ReviewSpec)
    bench = Bench(exercise=exercise, spec=spec, tools=tools)
    names = spec.author_tests(exercise.files)[:MOST_COLUMNS]
    rows = []
    for at, defect in enumerate(spec.defects):
        said = _suite(bench, bench.with_defects([defect.id]))
        cells = tuple(
            Cell(caught=name in said, said=said.get(name, "")[:LONGEST_SAID]) for name in names
        )
        rows.append(Row(id=defect.id, says=defect.explain, cells=cells, path=("defects", at)))
    return Matrix(of="defects", columns=tuple(names), rows=tuple(rows))


def _suite(bench: Bench, text: str) -> dict[str, str]:
    """The author's tests that don't pass on a text of the artefact, with what each said."""
    suite = bench.author_suite(text)
    if not suite:
        return {}
    try:
        outcome = bench.tools.sandbox.run_suite(bench.program(text), suite, bench.limits)
    except Unrunnable:
        return {}
    return {
        function_of(test.id): test.message or test.status.value
        for test in outcome.tests
        if test.status is not SuiteStatus.PASSED
    }


def _mutants(exercise: Exercise, tools: Tools) -> Matrix | None:
    spec = exercise.spec
    assert isinstance(spec, TestSpec)
    source = _own_source(exercise, spec)
    read = read_own_tests(source, module=spec.module, file=spec.tests) if source else None
    if read is None or isinstance(read, Problem):
        return None
    names = read.names[:MOST_COLUMNS]
    limits = exercise.limits(ceilings=tools.ceilings)
    rows = []
    for at, mutant in enumerate(spec.mutants):
        text = spec.wrong(mutant, exercise.files)
        program = Program(files={spec.program: text}, main=spec.program)
        try:
            run = run_own_tests(read, program, sandbox=tools.sandbox, limits=limits)
        except BrokenTests:
            continue
        caught = {function_of(test) for test in run.caught}
        cells = tuple(Cell(caught=name in caught) for name in names)
        rows.append(Row(id=mutant.id, says=mutant.says, cells=cells, path=("mutants", at)))
    return Matrix(of="mutants", columns=names, rows=tuple(rows))


def _own_source(exercise: Exercise, spec: TestSpec) -> str | None:
    if spec.form == "pytest":
        return exercise.files.get(f"reference/{spec.tests}")
    for name, text in sorted(exercise.files.items()):
        if name.startswith("answers/passed-"):
            try:
                source = source_of(spec, from_text(text, exercise, name=name))
            except AnswerError:
                return None
            return source if isinstance(source, str) else None
    return None


def _options(exercise: Exercise, tools: Tools) -> Matrix | None:
    spec = exercise.spec
    assert isinstance(spec, DecidedSpec)
    cases = spec.cases[:MOST_COLUMNS]
    limits = exercise.limits(ceilings=tools.ceilings)
    rows = []
    for at, name, option, does in _wrong_options(spec):
        code = spec.code({**spec.correct, name: option})
        found = run_cases(
            cases, Program(files={"solution.py": code}), sandbox=tools.sandbox, limits=limits
        )
        cells = tuple(
            Cell(
                caught=test.status is not TestStatus.PASSED,
                said=f"{test.called}: {test.got or test.status.value}, not {test.expected}"[
                    :LONGEST_SAID
                ],
            )
            for test in found.tests
        )
        rows.append(
            Row(
                id=f"{name}: {option}",
                says=does,
                cells=cells,
                path=("decisions", at, "options", option),
            )
        )
    return Matrix(of="options", columns=tuple(case.id for case in cases), rows=tuple(rows))


def _wrong_options(spec: DecidedSpec) -> Iterator[tuple[int, str, str, str]]:
    for at, decision in enumerate(spec.decisions):
        for name, option in decision.options.items():
            if not option.correct:
                yield at, decision.id, name, option.does


def _answers(exercise: Exercise, tools: Tools) -> Matrix | None:
    rows: list[Row] = []
    columns: Sequence[str] = ()
    for path in answer_paths(exercise):
        name = PurePosixPath(path).stem
        if not name.startswith("failed-"):
            continue
        row = _answer_row(exercise, path, tools)
        if row is not None:
            columns, cells = row
            rows.append(Row(id=name, says=name.removeprefix("failed-"), cells=cells, file=path))
    return Matrix(of="answers", columns=tuple(columns), rows=tuple(rows[:MOST_ROWS]))


def _answer_row(
    exercise: Exercise, path: str, tools: Tools
) -> tuple[Sequence[str], tuple[Cell, ...]] | None:
    try:
        verdict = grade(exercise, stored_answer(exercise, path), tools=tools)
    except AnswerError:
        return None
    tests = verdict.tests[:MOST_COLUMNS]
    if not tests:
        return None
    cells = tuple(
        Cell(
            caught=test.status is not TestStatus.PASSED,
            said=f"{test.called or test.title}: {test.got or test.message or test.status.value}"[
                :LONGEST_SAID
            ],
        )
        for test in tests
    )
    return [test.id for test in tests], cells


_TABLES: Mapping[str, Callable[[Exercise, Tools], Matrix | None]] = {
    "review": _defects,
    "test": _mutants,
    "prompt": _options,
    "explain": _options,
    "code": _answers,
}
