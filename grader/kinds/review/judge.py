"""Judges a review: matches comments to defects, runs their evidence, looks at the call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.checks.listing import lines_of
from grader.kinds.review import told
from grader.kinds.review.bench import Bench
from grader.kinds.review.evidence import NO_EVIDENCE, Evidence, Examiner
from grader.kinds.review.findings import Finding, Review, UnreadableReview, read_review
from grader.kinds.review.score import Hit, credit, false_alarm_cost, matched, precision, score
from grader.kinds.review.spec import Decoy, Defect, ReviewSpec
from grader.kinds.review.words import Call, Severity
from grader.kinds.tools import Phases, Tools
from grader.verdict import Status, Verdict

MOST_FALSE_ALARMS = 1  # with which a review still passes


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A review held against the key."""

    exercise: Exercise
    spec: ReviewSpec
    review: Review
    hits: tuple[Hit, ...]
    evidence: Mapping[tuple[int, str], Evidence]

    @cached_property
    def hit_of(self) -> dict[int, Hit]:
        return {hit.finding.number: hit for hit in self.hits}

    @cached_property
    def found(self) -> frozenset[str]:
        return frozenset(hit.defect.id for hit in self.hits)

    @cached_property
    def missed(self) -> tuple[Defect, ...]:
        """The weightiest first."""
        left = [each for each in self.spec.defects if each.id not in self.found]
        return tuple(sorted(left, key=lambda each: -each.severity.weight))

    @cached_property
    def false_alarms(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.review.findings if each.number not in self.hit_of)

    def decoy_at(self, finding: Finding) -> Decoy | None:
        return next((d for d in self.spec.decoys if d.lines.touches(finding.span)), None)

    def same_as(self, finding: Finding) -> Hit | None:
        """The comment that is already counted for the defect that this one touches."""
        return next((hit for hit in self.hits if precision(finding, hit.defect)), None)

    @property
    def call_is_right(self) -> bool:
        return self.review.call in self.spec.calls

    @property
    def passes(self) -> bool:
        few = len(self.false_alarms) <= MOST_FALSE_ALARMS
        return not self.missed and few and self.call_is_right

    @property
    def score(self) -> float:
        return score(
            self.spec, self.hits, false_alarms=len(self.false_alarms), call=self.review.call
        )

    def evidence_of(self, finding: Finding) -> Evidence:
        """The evidence for the defect that the comment is counted for, or else what stands in
        the way of using it at all."""
        hit = self.hit_of.get(finding.number)
        if hit is not None:
            return self.evidence.get((finding.number, hit.defect.id), NO_EVIDENCE)
        return NO_EVIDENCE


def judge(exercise: Exercise, answer: Answer, *, tools: Tools, phases: Phases) -> Verdict:
    """What the review caught, missed and cried wolf about. Raises only for faults of ours."""
    spec = spec_of(exercise)
    bench = Bench(exercise=exercise, spec=spec, tools=tools)
    try:
        with phases("read"):
            review = read_review(answer, lines=len(lines_of(bench.text)))
    except UnreadableReview as refusal:
        return Verdict(status=Status.INVALID, problem=refusal.problem)
    with phases("run"):
        pairs = list(_pairs(spec, review.findings))
        evidence = {
            (finding.number, defect.id): examined
            for finding, examiner, defects in _examiners(bench, pairs)
            for defect in defects
            for examined in [examiner.examine(defect)]
        }
    with phases("judge"):
        hits = matched(
            [_hit(spec, *pair, evidence) for pair in pairs], false_alarm=false_alarm_cost(spec)
        )
        judged = Judged(exercise=exercise, spec=spec, review=review, hits=hits, evidence=evidence)
        return _verdict(judged)


def spec_of(exercise: Exercise) -> ReviewSpec:
    if not isinstance(exercise.spec, ReviewSpec):
        raise TypeError(f"{exercise.title!r} isn't a review")
    return exercise.spec


def _pairs(spec: ReviewSpec, findings: Sequence[Finding]) -> Iterator[tuple[Finding, Defect]]:
    """Each comment with each defect that it touches."""
    for finding in findings:
        for defect in spec.defects:
            if precision(finding, defect):
                yield finding, defect


def _examiners(
    bench: Bench, pairs: Sequence[tuple[Finding, Defect]]
) -> Iterator[tuple[Finding, Examiner, list[Defect]]]:
    """Only comments that touch a defect have their evidence run."""
    if not bench.spec.takes_proof:
        return
    for finding in dict.fromkeys(finding for finding, _ in pairs):
        touched = [defect for each, defect in pairs if each is finding]
        defects = [defect for defect in touched if bench.spec.provable(defect)]
        yield finding, Examiner(bench=bench, finding=finding), defects


def _hit(
    spec: ReviewSpec,
    finding: Finding,
    defect: Defect,
    evidence: Mapping[tuple[int, str], Evidence],
) -> Hit:
    proved = evidence.get((finding.number, defect.id), NO_EVIDENCE).proves
    earned = credit(finding, defect, proved=proved)
    return Hit(
        finding=finding,
        defect=defect,
        credit=earned,
        worth=earned.value(takes_proof=spec.provable(defect)),
    )


def _verdict(judged: Judged) -> Verdict:
    return Verdict(
        status=Status.PASSED if judged.passes else Status.FAILED,
        score=judged.score,
        tests=tuple(told.checks(judged)),
        requirements=tuple(told.rules(judged)),
        details={"review": measures(judged)},
    )


def measures(judged: Judged) -> dict[str, Any]:
    """What the review shows of its reviewer, as JSON values: docs/authoring/review.md names
    every key. Nothing here is meant for learners."""
    spec, review = judged.spec, judged.review
    flagged = {
        decoy.id: finding.number
        for finding in judged.false_alarms
        for decoy in [judged.decoy_at(finding)]
        if decoy is not None
    }
    return {
        "clean": spec.is_clean,
        "proof": spec.takes_proof,
        "ended": review.ended,
        "hits": len(judged.hits),
        "misses": len(judged.missed),
        "false_alarms": len(judged.false_alarms),
        "decoys_shown": len(spec.decoys),
        "decoys_flagged": len(flagged),
        "lines": len(lines_of(spec.text(judged.exercise.files))),
        "call": {
            "given": review.call.value if review.call else "",
            "allowed": [call.value for call in spec.calls],
            "right": judged.call_is_right,
            "sure": review.sure.value if review.sure else "",
        },
        "bad_work_approved": review.call is Call.USE and Call.USE not in spec.calls,
        "good_work_blocked": spec.is_clean and review.call in (Call.FIX, Call.REJECT),
        "findings": [_finding(judged, each) for each in review.findings],
        "defects": [_defect(judged, each) for each in spec.defects],
        "decoys": [
            {"id": each.id, "flagged": each.id in flagged, "finding": flagged.get(each.id)}
            for each in spec.decoys
        ],
    }


def _finding(judged: Judged, finding: Finding) -> dict[str, Any]:
    hit = judged.hit_of.get(finding.number)
    evidence = judged.evidence_of(finding)
    decoy = judged.decoy_at(finding)
    return {
        "number": finding.number,
        "lines": [finding.span.first, finding.span.last],
        "outcome": _outcome(judged, finding),
        "right": hit is not None,
        "defect": hit.defect.id if hit else "",
        "decoy": decoy.id if decoy and hit is None else "",
        "category": finding.category.value if finding.category else "",
        "category_right": bool(hit and hit.credit.category),
        "severity": finding.severity.value if finding.severity else "",
        "severity_steps": _steps(finding.severity, hit),
        "precision": round(hit.credit.precision, 4) if hit else 0.0,
        "evidence": evidence.outcome.value,
        "evidence_message": evidence.message,
        "sure": finding.sure.value if finding.sure else "",
    }


def _steps(said: Severity | None, hit: Hit | None) -> int | None:
    return None if said is None or hit is None else said.steps_to(hit.defect.severity)


def _outcome(judged: Judged, finding: Finding) -> str:
    if finding.number in judged.hit_of:
        return "found"
    if judged.same_as(finding):
        return "same"
    return "decoy" if judged.decoy_at(finding) else "false_alarm"


def _defect(judged: Judged, defect: Defect) -> dict[str, Any]:
    hit = next((each for each in judged.hits if each.defect.id == defect.id), None)
    return {
        "id": defect.id,
        "category": defect.category.value,
        "severity": defect.severity.value,
        "weight": defect.severity.weight,
        "found": hit is not None,
        "finding": hit.finding.number if hit else None,
        "proved": bool(hit and hit.credit.evidence),
        "worth": round(hit.worth, 4) if hit else 0.0,
    }
