"""Which comment is about which defect, and what that is worth.

A comment that touches a defect earns, of 1,

    p = precision * (0.30 + 0.15 category + 0.10 severity) + 0.45 evidence

where precision is the share of the marked lines that belong to the defect, severity counts half
one step off, and evidence was executed. Where the exercise has no evidence step, or no run can
show the defect, p is the rest of it divided by 0.55. With w = 3, 2, 1 by severity the score is

    100 * max(0, sum(w p) - 0.25 * mean(w) * alarms) / sum(w)

where alarms counts the comments that are about no defect of their own, and of each other comment
the share of lines that it marks beyond its defect: marking much must not pay.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.kinds.review.findings import Finding
from grader.kinds.review.spec import Defect, ReviewSpec
from grader.kinds.review.words import Call, Severity

LOCATION, CATEGORY, SEVERITY, EVIDENCE = 0.30, 0.15, 0.10, 0.45
FALSE_ALARM = 0.25


@dataclass(frozen=True, kw_only=True)
class Credit:
    """What one comment earns for one defect, part by part, each 0 to 1."""

    precision: float
    category: float
    severity: float
    evidence: float

    def value(self, *, takes_proof: bool) -> float:
        """p of the module's formula, 0 to 1."""
        said = LOCATION + CATEGORY * self.category + SEVERITY * self.severity
        if not takes_proof:
            return self.precision * said / (1 - EVIDENCE)
        return self.precision * said + EVIDENCE * self.evidence


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A comment that is about a defect."""

    finding: Finding
    defect: Defect
    credit: Credit
    worth: float


def precision(finding: Finding, defect: Defect) -> float:
    """The share of the marked lines on which a comment about this defect may stand."""
    inside = sum(line in defect.marked for line in finding.span.lines)
    return inside / len(finding.span)


def credit(finding: Finding, defect: Defect, *, proved: bool) -> Credit:
    return Credit(
        precision=precision(finding, defect),
        category=float(finding.category in defect.categories),
        severity=severity_credit(finding.severity, defect.severity),
        evidence=float(proved),
    )


def severity_credit(said: Severity | None, is_so: Severity) -> float:
    """1 when right, half when one step off."""
    return 0.0 if said is None else (1.0, 0.5, 0.0)[said.steps_to(is_so)]


def matched(pairs: Sequence[Hit], *, false_alarm: float) -> tuple[Hit, ...]:
    """One comment for each defect and one defect for each comment, worth the most together.

    ``false_alarm`` is what an unmatched comment costs. Exact: over all sets of defects, comment
    by comment. Of equals, the earlier comment wins.
    """
    defects = {name: at for at, name in enumerate(dict.fromkeys(hit.defect.id for hit in pairs))}
    by_finding: dict[int, list[Hit]] = {}
    for hit in pairs:
        by_finding.setdefault(hit.finding.number, []).append(hit)
    best: dict[int, tuple[float, tuple[Hit, ...]]] = {0: (0.0, ())}
    for number in sorted(by_finding):
        for taken, (worth, hits) in list(best.items()):
            for hit in by_finding[number]:
                bit = 1 << defects[hit.defect.id]
                beyond = false_alarm * (1 - hit.credit.precision)
                more = worth + hit.worth * hit.defect.severity.weight - beyond
                if not taken & bit and more > best.get(taken | bit, (-math.inf, ()))[0]:
                    best[taken | bit] = (more, (*hits, hit))
    return max(best.values(), key=lambda each: each[0] + false_alarm * len(each[1]))[1]


def false_alarm_cost(spec: ReviewSpec) -> float:
    """What one false alarm takes away, in the units of weights."""
    weights = [defect.severity.weight for defect in spec.defects]
    return FALSE_ALARM * sum(weights) / len(weights) if weights else FALSE_ALARM


def score(spec: ReviewSpec, hits: Sequence[Hit], *, false_alarms: int, call: Call | None) -> float:
    """0 to 100, rounded to 0.1. A clean item scores only where the call is to use it."""
    if spec.is_clean:
        right = 1.0 - FALSE_ALARM * false_alarms if call is Call.USE else 0.0
        return round(100 * max(0.0, right), 1)
    total = sum(defect.severity.weight for defect in spec.defects)
    found = sum(hit.worth * hit.defect.severity.weight for hit in hits)
    beyond = sum(1 - hit.credit.precision for hit in hits)
    lost = (false_alarms + beyond) * false_alarm_cost(spec)
    return round(100 * max(0.0, found - lost) / total, 1)


def chance_levels(spec: ReviewSpec, *, lines: int) -> Mapping[str, float]:
    """What guessing brings, 0 to 1, by way of guessing: nothing said, one line, all lines one by
    one, and all lines in pieces of each size. Category and severity are guessed evenly."""
    if spec.is_clean:
        return {"empty": 0.0}
    sizes = range(2, min(12, lines) + 1)
    pieces = {f"all lines in pieces of {size}": _flag_all(spec, lines, size) for size in sizes}
    return {
        "empty": 0.0,
        "one random line": _one_line(spec, lines),
        "every line": _flag_all(spec, lines, 1),
        **pieces,
    }


def _guessed(spec: ReviewSpec, defect: Defect, precise: float) -> float:
    """The worth of a mark there with a category and a severity picked blindly."""
    severities = [severity_credit(each, defect.severity) for each in Severity]
    guess = Credit(
        precision=precise,
        category=len(defect.categories) / 8,
        severity=sum(severities) / len(severities),
        evidence=0.0,
    )
    return guess.value(takes_proof=spec.provable(defect))


def _one_line(spec: ReviewSpec, lines: int) -> float:
    total = sum(defect.severity.weight for defect in spec.defects)
    worth = sum(
        len(each.marked) / lines * _guessed(spec, each, 1.0) * each.severity.weight
        for each in spec.defects
    )
    return worth / total


def _flag_all(spec: ReviewSpec, lines: int, size: int) -> float:
    total = sum(defect.severity.weight for defect in spec.defects)
    pieces = [range(at, min(at + size, lines + 1)) for at in range(1, lines + 1, size)]
    worth, beyond, taken = 0.0, 0.0, set[int]()
    for defect in spec.defects:
        shares = [
            (sum(line in defect.marked for line in piece) / len(piece), at)
            for at, piece in enumerate(pieces)
            if at not in taken
        ]
        share, at = max(shares, default=(0.0, -1))
        if share:
            taken.add(at)
            beyond += 1 - share
            worth += _guessed(spec, defect, share) * defect.severity.weight
    lost = (len(pieces) - len(taken) + beyond) * false_alarm_cost(spec)
    return max(0.0, worth - lost) / total
