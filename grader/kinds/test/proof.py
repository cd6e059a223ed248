"""What an exercise in writing tests has to prove: right passes, and every mutant is caught."""

from __future__ import annotations

from collections.abc import Iterator

from grader.answer import Answer, from_text
from grader.authored.exercise import Exercise
from grader.authored.problems import Fault
from grader.checks.own_tests import BrokenTests, OwnTests, read_own_tests, run_own_tests
from grader.checks.syntax import read_python
from grader.kinds.test.judge import judge, source_of, spec_of
from grader.kinds.test.spec import TestSpec
from grader.kinds.tools import Phases, Tools
from grader.sandbox.base import Program
from grader.verdict import Problem, Status


def prove(exercise: Exercise, *, tools: Tools) -> Iterator[Fault]:
    """Run the author's own tests on the program and on each mutant."""
    spec = spec_of(exercise)
    unreadable = list(_unreadable(exercise, spec))
    yield from unreadable
    if unreadable:
        return
    source = _author_tests(exercise, spec)
    if source is None:
        yield Fault(
            path=("form",),
            message="There are no tests of your own.",
            remedy="Add answers/passed-….yaml with rows that catch every mutant.",
        )
        return
    yield from _caught(exercise, spec, source, tools)
    yield from _starter(exercise, spec, tools)


def _unreadable(exercise: Exercise, spec: TestSpec) -> Iterator[Fault]:
    right = spec.right(exercise.files)
    texts: dict[tuple[str | int, ...], str] = {("program",): right}
    for at, mutant in enumerate(spec.mutants):
        texts[("mutants", at)] = spec.wrong(mutant, exercise.files)
    for path, text in texts.items():
        read = read_python(text, file=spec.program)
        if isinstance(read, Problem):
            yield Fault(path=path, message=read.message, remedy="Put the lines right.")
        elif path != ("program",) and text.rstrip() == right.rstrip():
            yield Fault(
                path=path, message="The mutant is the same program.", remedy="Change what it does."
            )


def _author_tests(exercise: Exercise, spec: TestSpec) -> str | None:
    """The reference tests, or for a table the first stored answer that passes."""
    if spec.form == "pytest":
        return exercise.files[f"reference/{spec.tests}"]
    for name, text in sorted(exercise.files.items()):
        if name.startswith("answers/passed-"):
            source = source_of(spec, from_text(text, exercise, name=name))
            return source if isinstance(source, str) else None
    return None


def _caught(exercise: Exercise, spec: TestSpec, source: str, tools: Tools) -> Iterator[Fault]:
    read = read_own_tests(source, module=spec.module, file=spec.tests)
    if isinstance(read, Problem):
        yield Fault(path=("tests",), message=f"Your tests: {read.message}", remedy="Mend them.")
        return
    right = _passes(exercise, spec, read, spec.right(exercise.files), tools)
    if not right:
        yield Fault(
            path=("tests",),
            message="Your own tests don’t pass on the program.",
            remedy="Put the tests or the program right.",
        )
        return
    for at, mutant in enumerate(spec.mutants):
        if _passes(exercise, spec, read, spec.wrong(mutant, exercise.files), tools):
            yield Fault(
                path=("mutants", at),
                message=f"Your own tests let “{mutant.id}” through.",
                remedy="Add a test that catches it; if none can, it isn’t wrong: take it out.",
            )


def _passes(exercise: Exercise, spec: TestSpec, tests: OwnTests, text: str, tools: Tools) -> bool:
    program = Program(files={spec.program: text}, main=spec.program)
    limits = exercise.limits(ceilings=tools.ceilings)
    try:
        return run_own_tests(tests, program, sandbox=tools.sandbox, limits=limits).all_pass
    except BrokenTests:
        return False


def _starter(exercise: Exercise, spec: TestSpec, tools: Tools) -> Iterator[Fault]:
    starter = exercise.files.get(f"starter/{spec.tests}", "")
    if not starter.strip():
        return
    verdict = judge(exercise, Answer(files={spec.tests: starter}), tools=tools, phases=Phases())
    if verdict.status is Status.PASSED:
        yield Fault(
            path=("tests",), message="The starter catches everything.", remedy="Leave some to do."
        )
