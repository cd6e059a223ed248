"""A learner's answer to a case, read from plain JSON values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from grader.kinds.decide.sources import Named, Sources, named, number_in
from grader.kinds.decide.spec import ClaimStatus, DecideSpec, Fact
from grader.kinds.decide.sums import SumError, in_words, worked
from grader.kinds.quiz.answers import Sure

SYMBOLS = {"£": "pounds", "€": "euros", "$": "dollars", "%": "per cent"}
LONGEST_LINE = 300
LONGEST_PROSE = 4000
_NUMBER = re.compile(r"[-\u2212]?\d[\d,\u00a0\u202f ]*(?:\.\d+)?|[-\u2212]?\.\d+")
_COMMA_DECIMAL = re.compile(r"^[-\u2212]?\d+,(\d{1,2}|\d{4,})$")


@dataclass(frozen=True, kw_only=True)
class GivenFact:
    """A number as typed, and where it is said to come from."""

    text: str = ""
    source: str = ""

    @property
    def is_missing(self) -> bool:
        return not self.text


@dataclass(frozen=True, kw_only=True)
class GivenClaim:
    """How a claim is marked, on what evidence, and the check that was made."""

    status: ClaimStatus | None = None
    evidence: str = ""
    check: str = ""

    @property
    def is_missing(self) -> bool:
        return self.status is None


@dataclass(frozen=True, kw_only=True)
class GivenDecision:
    """The memo: what is decided, why, what could go wrong and what would change it."""

    choice: str = ""
    because: str = ""
    risk: str = ""
    change: str = ""
    sure: Sure | None = None

    @property
    def words(self) -> int:
        return len(self.because.split())


@dataclass(frozen=True, kw_only=True)
class Memo:
    """All of an answer."""

    facts: Mapping[str, GivenFact] = field(default_factory=dict)
    claims: Mapping[str, GivenClaim] = field(default_factory=dict)
    decision: GivenDecision = GivenDecision()

    @property
    def is_empty(self) -> bool:
        return (
            all(each.is_missing for each in self.facts.values())
            and all(each.is_missing for each in self.claims.values())
            and not self.decision.choice
        )


def read_memo(fields: Mapping[str, Any], spec: DecideSpec) -> Memo:
    """The answer; what it doesn't name is missing, what is shaped otherwise counts as missing."""
    facts, claims = _part(fields, "facts"), _part(fields, "claims")
    return Memo(
        facts={each.id: _fact(_part(facts, each.id)) for each in spec.facts},
        claims={each.id: _claim(_part(claims, each.id)) for each in spec.claims},
        decision=_decision(_part(fields, "decision"), spec),
    )


def _part(fields: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = fields.get(name)
    return found if isinstance(found, Mapping) else {}


def _text(fields: Mapping[str, Any], name: str, longest: int = LONGEST_LINE) -> str:
    found = fields.get(name)
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    return str(found)[:longest].strip()


def _fact(fields: Mapping[str, Any]) -> GivenFact:
    return GivenFact(text=_text(fields, "value"), source=_text(fields, "source"))


def _claim(fields: Mapping[str, Any]) -> GivenClaim:
    said = _text(fields, "status")
    return GivenClaim(
        status=next((each for each in ClaimStatus if each.value == said), None),
        evidence=_text(fields, "evidence"),
        check=_text(fields, "check"),
    )


def _decision(fields: Mapping[str, Any], spec: DecideSpec) -> GivenDecision:
    choice, sure = _text(fields, "choice"), _text(fields, "sure")
    return GivenDecision(
        choice=choice if choice in {each.id for each in spec.decision.options} else "",
        because=_text(fields, "because", LONGEST_PROSE),
        risk=_text(fields, "risk", LONGEST_PROSE),
        change=_text(fields, "change", LONGEST_PROSE),
        sure=next((each for each in Sure if each.value == sure), None),
    )


@dataclass(frozen=True, kw_only=True)
class Amount:
    """A typed number in the unit that was asked for; ``unknown_unit`` is one we can't turn."""

    value: Fraction | None
    unknown_unit: str = ""


def amount(text: str, fact: Fact) -> Amount:
    """Read a typed number: ``29``, ``29 %``, ``£1,200``, ``0,5``; a unit may stand beside it."""
    found = _NUMBER.search(text)
    if found is None:
        return Amount(value=None)
    beside = (text[: found.start()] + text[found.end() :]).strip().strip("()≈~=").strip()
    digits = re.sub(r"[\u00a0\u202f ]", "", found[0])
    digits = digits.replace(",", ".") if _COMMA_DECIMAL.match(digits) else digits
    value = _plain(digits)
    if value is None or not beside or _same_unit(beside, fact.unit):
        return Amount(value=value)
    if beside in fact.units:
        return Amount(value=value * Fraction(str(fact.units[beside])))
    return Amount(value=None, unknown_unit=beside[:20])


def _same_unit(beside: str, unit: str) -> bool:
    return unit.casefold() in (beside.casefold(), SYMBOLS.get(beside, beside))


def _plain(digits: str) -> Fraction | None:
    digits = digits.replace("\u2212", "-").rstrip(",")
    if digits.startswith((".", "-.")):
        digits = digits.replace(".", "0.", 1)
    return number_in(digits)


def evidence_of(*texts: str, sources: Sources) -> Named:
    """The cells and passages that these texts name together. A text that begins with ``=`` is a
    sum and names the cells that it works with."""
    found = [_named(text, sources) for text in texts]
    return Named(
        places=frozenset().union(*(each.places for each in found)),
        unknown=tuple(name for each in found for name in each.unknown),
    )


def _named(text: str, sources: Sources) -> Named:
    if not text.startswith("="):
        return named(text, sources)
    try:
        return Named(places=worked(text[1:], sources=sources).cells)
    except SumError:  # the page says so beside the sum
        return Named(places=frozenset())


def check_in_words(check: str, sources: Sources) -> str:
    """What a check that begins with ``=`` comes to; empty for words."""
    if not check.startswith("="):
        return ""
    try:
        return in_words(worked(check[1:], sources=sources).value, 4)
    except SumError as error:
        return str(error)
