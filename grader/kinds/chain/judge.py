"""Judges a whole chain: the prompt by its code, the review by what the code fails, the decision by
what the code is worth. Every key is worked out from the learner's own output.

The practice model writes for chains: the output has to stay the same from link to link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.checks.case_runs import run_cases
from grader.kinds.chain import words
from grader.kinds.chain.findings import Finding, OwnReview, read_review
from grader.kinds.chain.spec import WEIGHTS, ChainSpec, Condition, Link
from grader.kinds.prompt.judge import judge as judge_prompt
from grader.kinds.prompt.judge import recogniser_of
from grader.kinds.prompt.spec import PROMPT_FILE
from grader.kinds.prompt.words_given import prompt_of
from grader.kinds.review.words import Call
from grader.kinds.tools import Phases, Tools
from grader.practice.decisions import Decision
from grader.sandbox.base import Program
from grader.verdict import Problem, RequirementResult, Status, TestStatus, Verdict

FALSE_ALARM = 0.25
MOST_FALSE_ALARMS = 1  # with which a review still passes
CALLS: Mapping[Condition, tuple[Call, ...]] = {
    Condition.CLEAN: (Call.USE,),
    Condition.MINOR: (Call.USE, Call.FIX),
    Condition.SERIOUS: (Call.FIX, Call.REJECT),
}
UNFINISHED = Problem(
    code="unfinished", message="A chain has three links: a prompt, a review and a decision."
)


def spec_of(exercise: Exercise) -> ChainSpec:
    if not isinstance(exercise.spec, ChainSpec):
        raise TypeError(f"{exercise.title!r} isn't a chain")
    return exercise.spec


def output_of(exercise: Exercise, prompt: str) -> str | Problem:
    """The code that a learner's prompt gives, or why it isn't taken. Pure: nothing is run."""
    spec = spec_of(exercise)
    given = prompt_of(exercise, spec, Answer(files={PROMPT_FILE: prompt}))
    return given if isinstance(given, Problem) else spec.practised(given.text)


def judge(exercise: Exercise, answer: Answer, *, tools: Tools, phases: Phases) -> Verdict:
    """What came of each link. Raises only for faults of ours."""
    spec = spec_of(exercise)
    review = read_review(spec, answer.fields.get("review"))
    way = spec.way(str(answer.fields.get("decision", "")))
    prompt = answer.fields.get("prompt")
    if isinstance(review, Problem):
        return Verdict(status=Status.INVALID, problem=review)
    if way is None or not isinstance(prompt, str):
        return Verdict(status=Status.INVALID, problem=UNFINISHED)
    tools = replace(tools, generations=None)
    first = judge_prompt(exercise, Answer(files={PROMPT_FILE: prompt}), tools=tools, phases=phases)
    if not first.status.is_graded:
        return first
    wrong = _wrong(spec, first)
    condition = spec.condition(wrong)
    with phases("review"):
        examined = _examined(exercise, prompt, review, wrong, tools)
    links = (
        _Outcome(
            link=Link.PROMPT,
            score=first.score or 0.0,
            passed=first.status is Status.PASSED,
            feedback=words.PROMPT,
        ),
        _reviewed(review, examined, wrong, condition),
        _Outcome(
            link=Link.DECIDE,
            score=round(100 * way.worth.of(condition), 1),
            passed=way.worth.of(condition) == 1,
            feedback=words.DECISIONS[condition],
        ),
    )
    return _verdict(spec, first, links, chain=_chain(way.id, condition, review, examined, wrong))


def _wrong(spec: ChainSpec, first: Verdict) -> list[Decision]:
    """The decisions that the output gets wrong: what was to be found."""
    missed = {rule.id for rule in first.requirements if not rule.holds}
    return [decision for decision in spec.decisions if decision.id in missed]


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    """What came of one link. ``score`` is 0 to 100; ``feedback`` is said where it didn't pass."""

    link: Link
    score: float
    passed: bool
    feedback: str


@dataclass(frozen=True, kw_only=True)
class Examined:
    """A finding after it was run. ``outcome``: found, unattributed (it shows that something is
    wrong, by several decisions together), holds (the output gives what was expected) or
    misjudged (the right function doesn't). ``catches`` are ids of decisions."""

    finding: Finding
    outcome: str
    catches: tuple[str, ...] = ()

    @property
    def is_false_alarm(self) -> bool:
        return self.outcome in ("holds", "misjudged")


def _examined(
    exercise: Exercise,
    prompt: str,
    review: OwnReview,
    wrong: Sequence[Decision],
    tools: Tools,
) -> list[Examined]:
    """Each finding on the right program, on the output, and on the right program with one wrong
    decision of the output's."""
    if not review.findings:
        return []
    spec = spec_of(exercise)
    taken = {name: each.taken for name, each in recogniser_of(exercise).stated(prompt).items()}
    fails = {
        decision.id: _fails(
            exercise, spec.code({**spec.correct, decision.id: taken[decision.id]}), review, tools
        )
        for decision in wrong
    }
    right = _fails(exercise, spec.code(spec.correct), review, tools)
    output = _fails(exercise, spec.code(taken), review, tools)
    return [_one(finding, right, output, fails) for finding in review.findings]


def _one(
    finding: Finding, right: set[str], output: set[str], fails: Mapping[str, set[str]]
) -> Examined:
    name = finding.case.id
    if name in right:
        return Examined(finding=finding, outcome="misjudged")
    if name not in output:
        return Examined(finding=finding, outcome="holds")
    catches = tuple(decision for decision, failed in fails.items() if name in failed)
    return Examined(
        finding=finding, outcome="found" if catches else "unattributed", catches=catches
    )


def _fails(exercise: Exercise, code: str, review: OwnReview, tools: Tools) -> set[str]:
    """The findings whose expectation a program doesn't meet."""
    found = run_cases(
        [finding.case for finding in review.findings],
        Program(files={"solution.py": code}),
        sandbox=tools.sandbox,
        limits=exercise.limits(ceilings=tools.ceilings),
    )
    return {test.id for test in found.tests if test.status is not TestStatus.PASSED}


def _reviewed(
    review: OwnReview, examined: Sequence[Examined], wrong: Sequence[Decision], condition: Condition
) -> _Outcome:
    """Weighted share of what was to be found, less a quarter of the mean weight for each false
    alarm. Right output scores when it is let through."""
    caught = {name for each in examined for name in each.catches}
    alarms = sum(each.is_false_alarm for each in examined)
    call_is_right = review.call in CALLS[condition]
    if not wrong:
        score = max(0.0, 1 - FALSE_ALARM * alarms) if call_is_right else 0.0
    else:
        total = sum(decision.weight for decision in wrong)
        found = sum(decision.weight for decision in wrong if decision.id in caught)
        score = max(0.0, found - FALSE_ALARM * alarms * total / len(wrong)) / total
    missed = sum(decision.id not in caught for decision in wrong)
    return _Outcome(
        link=Link.REVIEW,
        score=round(100 * score, 1),
        passed=not missed and call_is_right and alarms <= MOST_FALSE_ALARMS,
        feedback=words.of_review(missed=missed, of=len(wrong), alarms=alarms),
    )


TITLES: Mapping[Link, str] = {
    Link.PROMPT: "The prompt gets code that does what is needed.",
    Link.REVIEW: "The review says what goes wrong with the output, and only that.",
    Link.DECIDE: "The decision fits what the output is worth.",
}


def _verdict(
    spec: ChainSpec, first: Verdict, links: Sequence[_Outcome], *, chain: dict[str, Any]
) -> Verdict:
    whole = sum(WEIGHTS[each.link] * each.score for each in links) / sum(WEIGHTS.values())
    passed = all(each.passed for each in links)
    return replace(
        first,
        status=Status.PASSED if passed else Status.FAILED,
        score=round(whole, 1),
        requirements=tuple(
            RequirementResult(
                id=each.link.value,
                says=TITLES[each.link],
                weight=float(WEIGHTS[each.link]),
                passed=int(each.passed),
                total=1,
                feedback="" if each.passed else each.feedback,
            )
            for each in links
        ),
        details={
            **first.details,
            "links": [
                {
                    "id": each.link.value,
                    "score": each.score,
                    "passed": each.passed,
                    "weight": WEIGHTS[each.link],
                    "skills": spec.links.of(each.link),
                }
                for each in links
            ],
            "chain": chain,
        },
    )


def _chain(
    way: str,
    condition: Condition,
    review: OwnReview,
    examined: Sequence[Examined],
    wrong: Sequence[Decision],
) -> dict[str, Any]:
    caught = {name for each in examined for name in each.catches}
    return {
        "condition": condition.value,
        "decision": way,
        "call": {
            "given": review.call.value,
            "allowed": [call.value for call in CALLS[condition]],
            "right": review.call in CALLS[condition],
        },
        "wrong": [{"id": each.id, "caught": each.id in caught} for each in wrong],
        "findings": [
            {
                "number": each.finding.number,
                "call": each.finding.call,
                "expected": each.finding.expected,
                "why": each.finding.why,
                "outcome": each.outcome,
                "catches": list(each.catches),
            }
            for each in examined
        ],
    }
