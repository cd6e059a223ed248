"""Code that a model wrote for a learner's words, trial by trial, and what its checks found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from grader.authored.exercise import Exercise
from grader.checks.case_runs import run_cases
from grader.checks.cases import Case
from grader.kinds.decided import DecidedSpec
from grader.kinds.generation import GenerationRequest, replies_to
from grader.kinds.tools import Tools
from grader.kinds.unwrapping import unwrapped
from grader.practice import ENGINE
from grader.practice.recognise import Stated
from grader.sandbox.base import Program
from grader.verdict import TestResult, TestStatus

SHORTEST_TELLING_INPUT = 6  # characters of a hidden case's arguments, spaces left out


@dataclass(frozen=True, kw_only=True)
class Writing:
    """What was written, by whom. ``problems`` says of each trial without code why there is none:
    no_code, declined, unreadable."""

    engine: str
    practice: bool
    codes: tuple[str, ...]
    problems: tuple[str, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One piece of code and its checks. ``problem`` also: cant_start."""

    code: str
    problem: str = ""
    tests: tuple[TestResult, ...] = ()

    @property
    def passed(self) -> int:
        return sum(test.status is TestStatus.PASSED for test in self.tests)

    @property
    def all_pass(self) -> bool:
        return bool(self.tests) and self.passed == len(self.tests)

    def checks_of(self, decision: str) -> tuple[int, int]:
        """How many checks of a decision pass, and how many there are."""
        own = [test for test in self.tests if test.requirement == decision]
        return sum(test.status is TestStatus.PASSED for test in own), len(own)

    def does(self, decision: str) -> bool:
        """Whether all checks of a decision pass. Without checks, no."""
        passed, total = self.checks_of(decision)
        return total > 0 and passed == total


def written(
    spec: DecidedSpec,
    stated: Mapping[str, Stated],
    request: GenerationRequest,
    tools: Tools,
) -> Writing:
    """The code for a learner's words: a model's replies if there are any, else the practice
    model's. Raises HarnessBroken where a model was asked and nothing was handed over."""
    if tools.generations is None:
        code = spec.code({name: each.taken for name, each in stated.items()})
        return Writing(engine=ENGINE, practice=True, codes=(code,), problems=("",))
    replies = replies_to(request, tools.generations)
    found = [unwrapped(reply, signature=spec.signature) for reply in replies.trials]
    return Writing(
        engine=replies.engine,
        practice=False,
        codes=tuple(each.code for each in found),
        problems=tuple(each.problem for each in found),
        parameters=dict(replies.parameters),
    )


def counted_cases(cases: Sequence[Case], text: str) -> list[Case]:
    """The cases that count for a text: a hidden one whose input stands in it proves nothing, and
    is left out unless its decision would have no check."""
    squeezed = "".join(text.split())
    kept = [case for case in cases if case.visible or not _quoted(case, squeezed)]
    covered = {case.requirement for case in kept}
    return [case for case in cases if case in kept or case.requirement not in covered]


def _quoted(case: Case, squeezed: str) -> bool:
    arguments = "".join((case.call or "").partition("(")[2].rstrip(") ").split())
    return len(arguments) >= SHORTEST_TELLING_INPUT and arguments in squeezed


def run(exercise: Exercise, writing: Writing, cases: Sequence[Case], tools: Tools) -> list[Trial]:
    """Each trial's code run against the cases; equal code runs once."""
    done: dict[str, Trial] = {}
    trials: list[Trial] = []
    for code, problem in zip(writing.codes, writing.problems, strict=True):
        if problem:
            trials.append(Trial(code=code, problem=problem))
            continue
        if code not in done:
            done[code] = _run(exercise, code, cases, tools)
        trials.append(done[code])
    return trials


def _run(exercise: Exercise, code: str, cases: Sequence[Case], tools: Tools) -> Trial:
    limits = exercise.limits(ceilings=tools.ceilings)
    program = Program(files={"solution.py": code})
    found = run_cases(cases, program, sandbox=tools.sandbox, limits=limits)
    return Trial(
        code=code,
        problem="cant_start" if found.start is not None else "",
        tests=tuple(replace(test, message=_words(test)) for test in found.tests),
    )


def _words(test: TestResult) -> str:
    """What a check found, said of the model's code and not of the learner's."""
    if test.status is TestStatus.PASSED or not test.visible:
        return ""
    if test.got:
        return f"The model’s code gave {test.got}. It should give {test.expected}."
    return f"The model’s code gave nothing here. It should give {test.expected}."


def majority(trials: Sequence[Trial]) -> bool:
    """Whether more than half of the trials pass all checks."""
    return 2 * sum(trial.all_pass for trial in trials) > len(trials)


def representative(trials: Sequence[Trial]) -> int:
    """The trial to show: the first with code that ended as the majority did."""
    wanted = majority(trials)
    ranked = sorted(
        range(len(trials)),
        key=lambda at: (trials[at].all_pass is not wanted, bool(trials[at].problem), at),
    )
    return ranked[0]
