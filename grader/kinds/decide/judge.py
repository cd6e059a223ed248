"""Judges a memo: numbers, claims and the decision by key; the reasons wait for a person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.kinds.decide import say
from grader.kinds.decide.answers import Memo, check_in_words, read_memo
from grader.kinds.decide.marks import CLAIMS, DECISION, FACTS, RUBRIC, Marks, mark
from grader.kinds.decide.sources import SourceError, Sources
from grader.kinds.decide.spec import DecideSpec
from grader.kinds.decide.sums import SumError
from grader.kinds.tools import Phases, Tools
from grader.sandbox.base import HarnessBroken
from grader.verdict import Problem, RequirementResult, Status, TestResult, TestStatus, Verdict

LARGEST_ANSWER = 64 * 1024
MAX_SCORE = float(FACTS + CLAIMS + DECISION)
"""Without the rubric, which only a person can mark."""


def judge(exercise: Exercise, answer: Answer, *, tools: Tools, phases: Phases) -> Verdict:
    """What is to be found in the memo. Raises only for faults of ours."""
    spec = _spec(exercise)
    with phases("read"):
        problem = _problem(answer, spec)
    if problem is not None:
        return Verdict(status=Status.INVALID, problem=problem)
    memo = read_memo(answer.fields, spec)
    with phases("run"):
        try:
            sources = spec.open_sources(exercise.files)
            marks = mark(memo, spec, sources)
        except (SourceError, SumError) as error:
            raise HarnessBroken(f"the case can't be worked out: {error}") from error
    return _verdict(exercise, memo, marks, sources)


def _spec(exercise: Exercise) -> DecideSpec:
    if not isinstance(exercise.spec, DecideSpec):
        raise TypeError(f"{exercise.title!r} isn't a decide exercise")
    return exercise.spec


def _problem(answer: Answer, spec: DecideSpec) -> Problem | None:
    if _is_too_large(answer.fields):
        return Problem(code="too_large", message=say.TOO_LARGE)
    if read_memo(answer.fields, spec).is_empty:
        return Problem(code="empty", message=say.EMPTY)
    return None


def _is_too_large(fields: Mapping[str, Any]) -> bool:
    try:
        return len(json.dumps(dict(fields))) > LARGEST_ANSWER
    except RecursionError:  # nested more deeply than any answer is
        return True


def _verdict(exercise: Exercise, memo: Memo, marks: Marks, sources: Sources) -> Verdict:
    spec = _spec(exercise)
    tests = (
        *_fact_tests(spec, memo, marks),
        *_claim_tests(spec, memo, marks),
        _decision_test(spec, memo, marks),
    )
    return Verdict(
        status=Status.PASSED if marks.passed else Status.FAILED,
        score=marks.score,
        max_score=MAX_SCORE,
        tests=tests,
        requirements=_rules(tests),
        details=_details(spec, memo, marks, sources),
    )


def _fact_tests(spec: DecideSpec, memo: Memo, marks: Marks) -> list[TestResult]:
    return [
        _test(
            f"facts.{fact.id}",
            "facts",
            fact.ask,
            passed=marks.facts[fact.id].share == 1,
            message=say.of_fact(fact, memo.facts[fact.id], marks.facts[fact.id]),
            got=memo.facts[fact.id].text,
        )
        for fact in spec.facts
    ]


def _claim_tests(spec: DecideSpec, memo: Memo, marks: Marks) -> list[TestResult]:
    return [
        _test(
            f"claims.{claim.id}",
            "claims",
            claim.says,
            passed=marks.claims[claim.id].share > 0.999,
            message=say.of_claim(claim, memo.claims[claim.id], marks.claims[claim.id]),
            got=say.standing(memo.claims[claim.id].status),
        )
        for claim in spec.claims
    ]


def _decision_test(spec: DecideSpec, memo: Memo, marks: Marks) -> TestResult:
    return _test(
        "decision",
        "decision",
        spec.decision.ask,
        passed=marks.decision_share == 1,
        message=say.of_decision(spec.decision, memo.decision, marks.decision),
        got=memo.decision.choice,
    )


def _test(
    name: str, requirement: str, title: str, *, passed: bool, message: str, got: str
) -> TestResult:
    return TestResult(
        id=name,
        title=title.strip().split("\n", 1)[0],
        status=TestStatus.PASSED if passed else TestStatus.FAILED,
        requirement=requirement,
        visible=True,
        message="" if passed else message,
        got=got,
    )


def _rules(tests: tuple[TestResult, ...]) -> tuple[RequirementResult, ...]:
    return tuple(
        _rule(rule, says, weight, [test for test in tests if test.requirement == rule])
        for rule, says, weight in (
            ("facts", say.FACTS, FACTS),
            ("claims", say.CLAIMS, CLAIMS),
            ("decision", say.DECISION, DECISION),
        )
    )


def _rule(rule: str, says: str, weight: int, tests: list[TestResult]) -> RequirementResult:
    left = [test for test in tests if test.status is not TestStatus.PASSED]
    return RequirementResult(
        id=rule,
        says=says,
        weight=float(weight),
        passed=len(tests) - len(left),
        total=len(tests),
        feedback=left[0].message if left else "",
    )


def _details(spec: DecideSpec, memo: Memo, marks: Marks, sources: Sources) -> dict[str, Any]:
    """The evidence of this memo, in JSON values; figures about trust are counted from it."""
    holding = [each for each in spec.claims if not each.is_misstatement]
    flagged = [each for each in spec.misstatements if _is_flagged(memo, each.id)]
    return {
        "facts": {fact: _fact_detail(memo, marks, fact) for fact in marks.facts},
        "claims": {each.id: _claim_detail(memo, marks, each.id, sources) for each in spec.claims},
        "decision": {
            "choice": memo.decision.choice,
            "allowed": marks.decision.allowed,
            "reasoned": marks.decision.reasoned,
            "follows": marks.decision.follows,
            "sure": memo.decision.sure.value if memo.decision.sure else "",
            "words": memo.decision.words,
        },
        "points": {
            "facts": round(FACTS * marks.facts_share, 1),
            "claims": round(CLAIMS * marks.claims_share, 1),
            "decision": DECISION * marks.decision_share,
            "rubric": None,
            "rubric_of": RUBRIC,
        },
        "trust": {
            "planted": len(spec.misstatements),
            "caught": len(flagged),
            "sound": len(holding),
            "false_alarms": sum(marks.claims[each.id].false_alarm for each in holding),
        },
    }


def _is_flagged(memo: Memo, claim: str) -> bool:
    status = memo.claims[claim].status
    return status is not None and status.value != "holds"


def _fact_detail(memo: Memo, marks: Marks, fact: str) -> dict[str, Any]:
    given, found = memo.facts[fact], marks.facts[fact]
    return {
        "given": given.text,
        "source": given.source,
        "right": found.right,
        "sourced": found.sourced,
        "value": _number(found.value),
        "share": found.share,
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _claim_detail(memo: Memo, marks: Marks, claim: str, sources: Sources) -> dict[str, Any]:
    given, found = memo.claims[claim], marks.claims[claim]
    return {
        "status": given.status.value if given.status else "",
        "evidence": given.evidence,
        "check": given.check,
        "check_gives": check_in_words(given.check, sources),
        "right": found.right,
        "shown": found.shown,
        "false_alarm": found.false_alarm,
        "share": round(found.share, 4),
    }
