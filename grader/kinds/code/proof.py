"""What a ``code`` exercise has to prove before it is published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.authored.problems import Fault
from grader.kinds.code.doubts import cheats_pass
from grader.kinds.code.judge import check, judge
from grader.kinds.code.spec import CodeSpec
from grader.kinds.tools import Phases, Tools
from grader.sandbox.base import Program
from grader.verdict import Status, TestStatus, Verdict

AGREEING_RUNS = 3
SLOWEST_SHARE = 0.5  # of the time a case may take
SLOW_ENOUGH = 1.0  # seconds: below that a busy machine is to blame
SHORTEST_TELLING_LINE = 12  # characters


def prove(exercise: Exercise, *, tools: Tools) -> Iterator[Fault]:
    """Run the reference and the starter, and look for what is untested or given away."""
    spec = exercise.spec
    if not isinstance(spec, CodeSpec):
        raise TypeError(f"{exercise.title!r} isn't a code exercise")
    yield from _untested_rules(spec)
    yield from _unannounced_names(exercise, spec)
    yield from _unlisted_tests(exercise, spec)
    yield from _quoted_code(exercise, spec)
    yield from _uncrossed(exercise, spec, tools)
    yield from _reference_passes(exercise, tools)
    yield from _starter_does_not(exercise, spec, tools)
    if _judged(exercise, "reference", tools).status is not Status.PASSED:
        return  # said above; what comes of cheats would say nothing
    if not spec.runs_tests_in_process:  # there nothing could stop them, and the author is told
        yield from cheats_pass(exercise, spec, tools)


def _judged(exercise: Exercise, folder: str, tools: Tools) -> Verdict:
    answer = Answer(files=exercise.folder(folder))
    return judge(exercise, answer, tools=tools, phases=Phases())


def _untested_rules(spec: CodeSpec) -> Iterator[Fault]:
    tested = {case.requirement for case in spec.cases}
    for suite in spec.suites:
        tested.add(suite.requirement)
        tested |= {test.requirement for test in suite.tests.values() if test.requirement}
    for at, requirement in enumerate(spec.requirements):
        if requirement.id not in tested:
            yield Fault(
                path=("requirements", at),
                message=f"No check names the requirement “{requirement.id}”.",
                remedy="Add a case or a test for it, or take it out.",
            )


def _unannounced_names(exercise: Exercise, spec: CodeSpec) -> Iterator[Fault]:
    for name in spec.used_names(exercise.files):
        if not re.search(rf"\b{re.escape(name)}\b", exercise.known_text):
            yield Fault(
                path=("program",),
                file="README.md",
                message=f"The tests need {name}, and nothing tells the learner so.",
                remedy="Name it in README.md or in the starter.",
            )


def _unlisted_tests(exercise: Exercise, spec: CodeSpec) -> Iterator[Fault]:
    listed = {suite.file for suite in spec.suites}
    for name in exercise.folder("hidden"):
        is_test = name.rsplit("/", 1)[-1].startswith("test_") and name.endswith(".py")
        if is_test and name not in listed:
            yield Fault(
                path=("suites",),
                message=f"hidden/{name} isn't in suites, so it counts for nothing.",
                remedy="Add it to suites, or delete it.",
            )


def _quoted_code(exercise: Exercise, spec: CodeSpec) -> Iterator[Fault]:
    """Hidden calls and lines of the reference that the learner could copy."""
    calls = {case.call for case in spec.cases if case.call and not case.visible}
    seen = {case.call for case in spec.cases if case.call and case.visible}
    starter = "\n".join(exercise.folder("starter").values())
    for call in sorted(calls - seen):
        for place, text in {"README.md": exercise.brief, "the starter": starter}.items():
            if _squeezed(call) in _squeezed(text):
                yield Fault(
                    path=("cases",),
                    message=f"{place} quotes the hidden call {call}.",
                    remedy="Make the case visible, or use other values.",
                )
    for at, hint in enumerate(exercise.hints):
        for line in _own_lines(exercise, starter):
            if line in _squeezed(hint):
                yield Fault(
                    path=("hints", at),
                    message="The hint quotes a line of the reference.",
                    remedy="Point to the place or ask a question.",
                )


def _own_lines(exercise: Exercise, starter: str) -> Iterator[str]:
    """The reference's lines that the learner wasn't given."""
    given = _squeezed(starter + exercise.brief)
    for text in exercise.folder("reference").values():
        for line in map(_squeezed, text.splitlines()):
            if len(line) >= SHORTEST_TELLING_LINE and line not in given:
                yield line


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _uncrossed(exercise: Exercise, spec: CodeSpec, tools: Tools) -> Iterator[Fault]:
    """What the tests ask of the reference and can't have, as it is in another process."""
    if not spec.suites:
        return
    program = Program(files=exercise.folder("reference"), main=spec.program)
    for found in check(exercise, program, tools=tools).suites.uncrossed:
        place = f"hidden/{found.file}, line {found.line}" if found.file else "hidden/"
        yield Fault(
            path=("suites",),
            message=f"{place}: {found.what} cannot cross between the tests and a program.",
            remedy="Ask in another way (docs/sandbox.md says which), or use `runs: in_process`.",
        )


def _reference_passes(exercise: Exercise, tools: Tools) -> Iterator[Fault]:
    first = _judged(exercise, "reference", tools)
    again = AGREEING_RUNS - 1 if first.status is Status.PASSED else 0
    verdicts = [first, *(_judged(exercise, "reference", tools) for _ in range(again))]
    if first.status is not Status.PASSED:
        yield Fault(
            path=("program",),
            file=_main_file(exercise, "reference"),
            message=f"The reference doesn't pass: {_first_reason(first)}",
            remedy="Put the reference or the check right.",
        )
    elif any(_statuses(each) != _statuses(first) for each in verdicts):
        yield Fault(
            path=("program",),
            file=_main_file(exercise, "reference"),
            message=f"{AGREEING_RUNS} runs of the reference don't agree.",
            remedy="Take chance, time and order out of the checks.",
        )
    else:
        yield from _slow_tests(exercise, verdicts)


def _slow_tests(exercise: Exercise, verdicts: list[Verdict]) -> Iterator[Fault]:
    allowed = max(SLOWEST_SHARE * exercise.spec.limits.cpu_per_case, SLOW_ENOUGH)
    for tests in zip(*(verdict.tests for verdict in verdicts), strict=True):
        if min(test.duration for test in tests) > allowed:
            yield Fault(
                path=("limits",),
                message=f"“{tests[0].title}” needs more than half of its time.",
                remedy="Use smaller values, or raise cpu_per_case.",
            )


def _starter_does_not(exercise: Exercise, spec: CodeSpec, tools: Tools) -> Iterator[Fault]:
    verdict = _judged(exercise, "starter", tools)
    if verdict.status is Status.PASSED:
        yield Fault(
            path=("program",),
            file=_main_file(exercise, "starter"),
            message="The starter passes.",
            remedy="Leave something to do.",
        )
    elif verdict.status is Status.INVALID and verdict.problem is not None:
        yield Fault(
            path=("program",),
            file=_main_file(exercise, "starter"),
            message=f"The starter can't be graded: {verdict.problem.message}",
            remedy="Let it define what the tests ask for.",
        )
    elif spec.variant == "repair" and not verdict.tests_passed:
        yield Fault(
            path=("variant",),
            message="Nothing passes on the starter, so there is nothing to keep.",
            remedy="Use `variant: write`, or add a check that the starter passes.",
        )


def _main_file(exercise: Exercise, folder: str) -> str:
    """The program in this folder, or the folder where it isn't there."""
    path = f"{folder}/{getattr(exercise.spec, 'program', '')}"
    return path if path in exercise.files else folder


def _statuses(verdict: Verdict) -> list[tuple[str, TestStatus]]:
    return [(test.id, test.status) for test in verdict.tests]


def _first_reason(verdict: Verdict) -> str:
    if verdict.problem is not None:
        return verdict.problem.message
    for test in verdict.tests:
        if test.status is not TestStatus.PASSED:
            return f"“{test.title}” ({test.id}) is {test.status.value}, it got {test.got}."
    return "a requirement has no check."
