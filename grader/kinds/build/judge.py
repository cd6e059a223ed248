"""Judges a ``build`` session: the program it ended with, and what was let in on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.checks import words
from grader.checks.case_runs import CasesRun, run_cases
from grader.checks.guard import guarded
from grader.kinds.build import wording
from grader.kinds.build.partner import build_spec
from grader.kinds.build.session import (
    LARGEST_SESSION,
    OPEN,
    Played,
    SessionUnreadable,
    changes,
    played,
    turns_of,
)
from grader.kinds.build.spec import BuildSpec
from grader.kinds.build.timeline import Step, steps, told
from grader.kinds.build.watching import stop_words
from grader.kinds.code.work import read_all, refusal_of_files
from grader.kinds.tools import Phases, Tools
from grader.practice import ENGINE
from grader.sandbox.base import MISSING_FUNCTION, Program
from grader.verdict import Problem, RequirementResult, Status, TestResult, TestStatus, Verdict

REGRESSION = 10.0
"""Points for each accepted change that broke a milestone that had held."""
MENDED = 5.0
"""The same where it holds again in the end."""
KEPT_WORKING = "kept-working"
_STOPS = {
    TestStatus.TIMED_OUT: Status.TIMED_OUT,
    TestStatus.OUT_OF_MEMORY: Status.OUT_OF_MEMORY,
    TestStatus.OUTPUT_LIMIT: Status.OUTPUT_LIMIT,
}


def judge(exercise: Exercise, answer: Answer, *, tools: Tools, phases: Phases) -> Verdict:
    """What the checks found in the files at the end, and in each change before. Raises only for
    faults of ours."""
    with phases("read"):
        read = _read(exercise, answer)
    if isinstance(read, Problem):
        return Verdict(status=Status.INVALID, problem=read)
    program, session = read
    with phases("run"):
        ended = run_cases(
            build_spec(exercise).cases,
            program,
            sandbox=tools.sandbox,
            limits=exercise.limits(ceilings=tools.ceilings),
        )
        found = steps(exercise, session, tools=tools)
    with phases("judge"):
        return _verdict(exercise, ended, found)


def _read(exercise: Exercise, answer: Answer) -> tuple[Program, list[Played]] | Problem:
    """The program and the session, or the first thing that keeps them from being judged."""
    spec = build_spec(exercise)
    try:
        session = list(played(exercise, turns_of(answer)))
    except SessionUnreadable:
        return Problem(code="session_unreadable", message=wording.UNREADABLE)
    if any(each.turn.did == OPEN and each.reply.change for each in session):
        return Problem(code="undecided", message=wording.UNDECIDED)
    files = answer.files or (session[-1].kept if session else exercise.folder("starter"))
    refused = refusal_of_files(files, spec.program) or _too_large(files)
    if refused is not None:
        return refused
    read = read_all(files)
    if isinstance(read, Problem):
        return read
    texts, trees = read
    if not trees[spec.program].body:
        return Problem(code="empty", message=wording.NO_FILES, file=spec.program)
    return Program(files=texts, main=spec.program), session


def _too_large(files: object) -> Problem | None:
    size = len(str(files).encode(errors="replace"))
    if size <= LARGEST_SESSION:
        return None
    most = LARGEST_SESSION // 1024
    return Problem(
        code="too_large",
        message=f"The files together are larger than {most} KiB, the most we take.",
    )


def _verdict(exercise: Exercise, ended: CasesRun, found: Sequence[Step]) -> Verdict:
    spec = build_spec(exercise)
    tests = tuple(_test(exercise, test) for test in ended.tests)
    milestones = tuple(_milestone(exercise, spec, name, tests) for name in _names(spec))
    held = [each.id for each in milestones if each.holds]
    passed = len(held) == len(milestones)
    stop = _stop(ended)
    parts = _parts(milestones, found, held)
    return Verdict(
        status=stop or (Status.PASSED if passed else Status.FAILED),
        score=None if stop else _score(parts),
        tests=tests,
        requirements=(*milestones, *_kept_working(found)),
        problem=_problem(exercise, ended, stop),
        engine=next((s.played.turn.engine for s in reversed(found) if s.played.reply.change), ""),
        versions={"practice": ENGINE},
        details={
            "turns": told(exercise, found, held=held),
            "score_parts": parts,
            "changes": changes([step.played for step in found]),
        },
    )


def _names(spec: BuildSpec) -> list[str]:
    return [each.id for each in spec.milestones]


def _test(exercise: Exercise, test: TestResult) -> TestResult:
    message = stop_words(test)
    return replace(test, message=message if test.visible else guarded(exercise, message))


def _milestone(
    exercise: Exercise, spec: BuildSpec, name: str, tests: Sequence[TestResult]
) -> RequirementResult:
    milestone = spec.milestone(name)
    own = [test for test in tests if test.requirement == name]
    result = RequirementResult(
        id=name,
        says=milestone.says,
        weight=float(milestone.weight),
        passed=sum(test.status is TestStatus.PASSED for test in own),
        total=len(own),
    )
    return (
        result if result.holds else replace(result, feedback=guarded(exercise, milestone.feedback))
    )


def _kept_working(found: Sequence[Step]) -> tuple[RequirementResult, ...]:
    """The rule about changes that broke something, if there were any. It has no weight: what it
    costs is taken off the score."""
    threats = [step for step in found if step.is_threat]
    if not threats:
        return ()
    caught = sum(step.caught for step in threats)
    feedback = "" if caught == len(threats) else wording.ACCEPTED_BROKEN
    return (
        RequirementResult(
            id=KEPT_WORKING,
            says=wording.REGRESSIONS,
            weight=0.0,
            passed=caught,
            total=len(threats),
            feedback=feedback,
        ),
    )


def _parts(
    milestones: Sequence[RequirementResult], found: Sequence[Step], held: Sequence[str]
) -> dict[str, float]:
    """The score's parts: the weighted share of milestones, and how many accepted changes broke
    something, mended and not."""
    total = sum(each.weight for each in milestones)
    broke = [step for step in found if step.broke]
    mended = sum(all(name in held for name in step.broke) for step in broke)
    return {
        "milestones": sum(each.weight for each in milestones if each.holds) / total,
        "mended": float(mended),
        "unmended": float(len(broke) - mended),
        "threats": float(sum(step.is_threat for step in found)),
        "caught": float(sum(step.caught for step in found)),
        "unchecked": float(sum(step.unchecked for step in found)),
    }


def _score(parts: dict[str, float]) -> float:
    """100 times the weighted share of milestones that hold, less 10 for each accepted change that
    broke what worked, 5 where that was mended. At least 0, rounded to 0.1."""
    points = 100 * parts["milestones"]
    points -= REGRESSION * parts["unmended"] + MENDED * parts["mended"]
    return round(max(0.0, points), 1)


def _stop(ended: CasesRun) -> Status | None:
    stopped = next((_STOPS[test.status] for test in ended.tests if test.status in _STOPS), None)
    return stopped or (Status.TIMED_OUT if ended.out_of_time else None)


def _problem(exercise: Exercise, ended: CasesRun, stop: Status | None) -> Problem | None:
    if stop is not None:
        said = words.STOPPED[stop.value].replace("Your code", "The program")
        return Problem(code=stop.value, message=said)
    start = ended.start
    if start is None or start.name == MISSING_FUNCTION:  # what isn't built yet is no problem
        return None
    said = words.stop_of(start, quote=True).replace("Your code", "The program")
    return Problem(
        code="stopped_at_start",
        message=guarded(exercise, said),
        line=start.line,
        file=start.file,
    )
