"""What a learner says goes wrong with their output: an input, and what it should give there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.authored.literals import LiteralError, literal, literal_call
from grader.checks.cases import Case
from grader.kinds.chain.spec import ChainSpec
from grader.kinds.review.words import Call
from grader.verdict import Problem

MOST_FINDINGS = 6
LONGEST = 300  # characters of a call, an expected value or a reason
RAISES = "raises "


@dataclass(frozen=True, kw_only=True)
class Finding:
    """``number`` counts from 1; ``case`` is what is run, ``why`` is the learner's and only kept."""

    number: int
    call: str
    expected: str
    why: str
    case: Case


@dataclass(frozen=True, kw_only=True)
class OwnReview:
    """A learner's review of their own output."""

    call: Call
    findings: tuple[Finding, ...]


def read_review(spec: ChainSpec, given: object) -> OwnReview | Problem:
    """The review as it was handed in, or what can't be read about it."""
    if not isinstance(given, Mapping):
        return Problem(code="no_review", message="There is no review yet.")
    call = given.get("call")
    if call not in tuple(Call):
        return Problem(code="no_call", message="Say what is to be done with the output.")
    said = given.get("findings", [])
    if not isinstance(said, list) or len(said) > MOST_FINDINGS:
        return Problem(code="too_many", message=f"A review takes at most {MOST_FINDINGS} findings.")
    findings = _findings(spec, said)
    if isinstance(findings, Problem):
        return findings
    return OwnReview(call=Call(str(call)), findings=findings)


def _findings(spec: ChainSpec, said: Sequence[object]) -> tuple[Finding, ...] | Problem:
    found: list[Finding] = []
    for number, each in enumerate(said, start=1):
        finding = _finding(spec, number, each if isinstance(each, Mapping) else {})
        if isinstance(finding, Problem):
            return finding
        if any(finding.call == other.call for other in found):
            return Problem(code="twice", message=f"Finding {number} repeats an input.")
        found.append(finding)
    return tuple(found)


def _finding(spec: ChainSpec, number: int, said: Mapping[str, Any]) -> Finding | Problem:
    texts = {
        name: str(said.get(name, "")).strip()[:LONGEST] for name in ("call", "expected", "why")
    }
    if not texts["call"] or not texts["expected"]:
        return Problem(
            code="half_a_finding",
            message=f"Finding {number} needs an input and what it should give.",
        )
    try:
        called = literal_call(texts["call"]).function
        expects = _expects(texts["expected"])
    except LiteralError as error:
        return _unreadable(number, str(error))
    if called != spec.function:
        return _unreadable(number, f"it has to call {spec.function}")
    case = Case.model_validate(
        {"id": f"finding-{number}", "requirement": "review", "title": f"Finding {number}",
         "call": texts["call"], **expects}
    )  # fmt: skip
    return Finding(number=number, case=case, **texts)


def _unreadable(number: int, why: str) -> Problem:
    return Problem(code="unreadable_finding", message=f"Finding {number} can’t be read: {why}.")


def _expects(text: str) -> dict[str, str]:
    """A value, or “raises ValueError”. Raises LiteralError."""
    if text.startswith(RAISES):
        name = text.removeprefix(RAISES).strip()
        if not name.isidentifier() or not name.isascii():
            raise LiteralError("after “raises” comes the name of an exception")
        return {"raises": name}
    literal(text)
    return {"returns_python": text}
