"""How the parts of a memo are marked: numbers, claims, decision. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.kinds.decide.answers import GivenClaim, GivenFact, Memo, amount, evidence_of
from grader.kinds.decide.payoff import key_facts, payoffs
from grader.kinds.decide.sources import Sources, named, number_in
from grader.kinds.decide.spec import Claim, ClaimStatus, DecideSpec, Fact
from grader.kinds.decide.sums import SumError, worked

FACTS, CLAIMS, DECISION, RUBRIC = 40, 25, 20, 15
"""The points of each part. The rubric's are ungraded until an instructor has marked it."""

FLAGGED, NAMED, SHOWN = 0.30, 0.25, 0.45
"""Shares of a caught misstatement: not let stand, rightly named, and settled by evidence."""

FALSE_ALARM = 0.25
"""What a claim that holds and was marked otherwise costs, in misstatements of mean weight."""

SOURCED = 0.5
"""What a right number is worth without the place where it stands."""

ENOUGH = 0.75
"""The share of the numbers, and of the claims, that a pass needs."""


@dataclass(frozen=True, kw_only=True)
class FactMark:
    """``off_by`` is a factor of 100 or 1000 by which a number misses the key, else 0."""

    right: bool
    sourced: bool
    value: Fraction | None
    unknown_unit: str = ""
    unknown_places: tuple[str, ...] = ()
    off_by: int = 0

    @property
    def share(self) -> float:
        return 0.0 if not self.right else 1.0 if self.sourced else SOURCED


@dataclass(frozen=True, kw_only=True)
class ClaimMark:
    """``share`` of a misstatement that was caught; of a claim that holds it is 1 or 0."""

    right: bool
    shown: bool
    false_alarm: bool
    share: float
    unknown_places: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DecisionMark:
    """``follows`` says whether the decision is sound by the learner's own numbers."""

    allowed: bool
    reasoned: bool
    follows: bool


@dataclass(frozen=True, kw_only=True)
class Marks:
    """All marks of one memo, by the author's ids."""

    facts: Mapping[str, FactMark]
    claims: Mapping[str, ClaimMark]
    decision: DecisionMark
    facts_share: float
    claims_share: float

    @property
    def decision_share(self) -> float:
        return float(self.decision.allowed and self.decision.reasoned)

    @property
    def passed(self) -> bool:
        enough = min(self.facts_share, self.claims_share) >= ENOUGH
        return enough and self.decision_share == 1

    @property
    def score(self) -> float:
        """Of 85: 40 × facts + 25 × claims + 20 × decision, rounded to 0.1."""
        return round(
            FACTS * self.facts_share + CLAIMS * self.claims_share + DECISION * self.decision_share,
            1,
        )


def mark(memo: Memo, spec: DecideSpec, sources: Sources) -> Marks:
    """Mark a memo. Raises SumError for an exercise that was never proven."""
    facts = {each.id: mark_fact(memo.facts[each.id], each, sources) for each in spec.facts}
    claims = {each.id: mark_claim(memo.claims[each.id], each, sources) for each in spec.claims}
    return Marks(
        facts=facts,
        claims=claims,
        decision=_mark_decision(memo, spec, sources, facts),
        facts_share=sum(each.share for each in facts.values()) / len(facts),
        claims_share=claims_share(spec.claims, claims),
    )


def mark_fact(given: GivenFact, fact: Fact, sources: Sources) -> FactMark:
    """Whether the number is right, and whether its source is one."""
    key = worked(fact.sum, sources=sources)
    typed = amount(given.text, fact)
    found = evidence_of(given.source, sources=sources)
    needed = key.cells or _places(fact.evidence, sources)
    return FactMark(
        right=typed.value is not None and abs(typed.value - key.value) <= fact.near,
        sourced=points_at(
            found.places, needed, also=_places(fact.evidence, sources), sources=sources
        ),
        value=typed.value,
        unknown_unit=typed.unknown_unit,
        unknown_places=found.unknown,
        off_by=_off_by(typed.value, key.value, fact.near),
    )


def _off_by(value: Fraction | None, key: Fraction, near: Fraction) -> int:
    """The slip of a unit: a share given for a percentage, thousands for units."""
    if value is None or not key:
        return 0
    slips = (factor for factor in (100, 1000) if abs(value * factor - key) <= near)
    return next(slips, 0) if abs(value - key) > near else 0


def _places(texts: Sequence[str], sources: Sources) -> frozenset[str]:
    return frozenset().union(*(named(text, sources).places for text in texts))


def points_at(
    given: Collection[str], needed: Collection[str], *, also: Collection[str], sources: Sources
) -> bool:
    """Whether the named places settle it: at least half of those needed, and not more beside
    them than of them. Row and column names count for nothing either way."""
    fitting = set(needed) | set(also)
    hits = len(fitting & set(given))
    beside = [place for place in given if place not in fitting and not _is_label(place, sources)]
    return hits > 0 and 2 * len(set(needed) & set(given)) >= len(needed) and len(beside) <= hits


def _is_label(place: str, sources: Sources) -> bool:
    return "!" in place and number_in(sources.value(place)) is None


def mark_claim(given: GivenClaim, claim: Claim, sources: Sources) -> ClaimMark:
    """Mark one claim: not let stand, rightly named, and settled by evidence."""
    found = evidence_of(given.evidence, given.check, sources=sources)
    right = given.status is claim.key
    shown = right and _is_settled(found.places, claim, sources)
    flagged = given.status in (ClaimStatus.WRONG, ClaimStatus.CANT_TELL)
    if claim.is_misstatement:
        share = FLAGGED * flagged + NAMED * right + SHOWN * shown
    else:
        share = float(right)
    return ClaimMark(
        right=right,
        shown=shown,
        false_alarm=flagged and not claim.is_misstatement,
        share=share,
        unknown_places=found.unknown,
    )


def _is_settled(given: frozenset[str], claim: Claim, sources: Sources) -> bool:
    """A claim that nothing settles needs no evidence."""
    if claim.key is ClaimStatus.CANT_TELL:
        return True
    also = _places(claim.evidence, sources)
    needed = worked(claim.sum, sources=sources).cells if claim.sum else also
    return points_at(given, needed, also=also, sources=sources)


def claims_share(claims: Sequence[Claim], marks: Mapping[str, ClaimMark]) -> float:
    """max(0, Σ w·share − 0.25 · w̄ · false alarms) / Σ w over the misstatements. Where every
    claim holds: the share that was marked so, less 0.25 for each that wasn't let stand."""
    alarms = sum(each.false_alarm for each in marks.values())
    caught = [(claim.weight, marks[claim.id].share) for claim in claims if claim.is_misstatement]
    if not caught:
        marked = sum(each.share for each in marks.values()) / len(marks)
        return max(0.0, marked - FALSE_ALARM * alarms)
    weights = sum(weight for weight, _ in caught)
    earned = sum(weight * share for weight, share in caught)
    return max(0.0, earned - FALSE_ALARM * weights / len(caught) * alarms) / weights


def _mark_decision(
    memo: Memo, spec: DecideSpec, sources: Sources, facts: Mapping[str, FactMark]
) -> DecisionMark:
    given = memo.decision
    allowed = {option.id for option in spec.decision.options if option.allowed}
    return DecisionMark(
        allowed=given.choice in allowed,
        reasoned=bool(given.because),
        follows=given.choice in _sound_by_own_numbers(spec, sources, facts),
    )


def _sound_by_own_numbers(
    spec: DecideSpec, sources: Sources, facts: Mapping[str, FactMark]
) -> frozenset[str]:
    """The decisions that the table would allow if the learner's numbers were right."""
    own = {name: each.value for name, each in facts.items() if each.value is not None}
    try:
        return payoffs(spec, sources, {**key_facts(spec, sources), **own}).sound
    except SumError:  # their number makes a sum impossible, such as a division by 0
        return frozenset()
