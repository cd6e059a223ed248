"""How one learner judges AI output, as counts that add up. Pure functions of judged work.

Only the first try of each exercise counts: later ones know what was said. The counts of any number
of people, weeks or kinds may be added; every share on a page is one count over another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import Any

from countersign.learning.trust import CHANCE, said_in, trust_of

AT_START = 2
LATEST = 6
"""The start is somebody's first AT_START judged outputs, now the LATEST of those after them."""

LONGEST = timedelta(minutes=60)
"""One output takes no longer than this: who comes back the next day didn't read all night."""

FEWEST_ANSWERS = 10
TOO_FAR = 0.1
"""So many answers before a word is said about sureness; so far from right is over or under."""

CLAIM = "claim"
"""A false statement in a report; the other kinds are the categories of a review."""


def monday(day: date) -> date:
    """The first day of the day's week."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, kw_only=True)
class JudgedTry:
    """The first graded try of one exercise. ``took`` is from opening it to handing in."""

    at: datetime
    took: timedelta
    details: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Counts over judged outputs: what was planted and caught, flagged, signed and blocked;
    answers that were called certain, and those of them that were wrong; ``seconds`` spent and
    ``accepted``: outputs signed that may be used."""

    outputs: int = 0
    planted: int = 0
    caught: int = 0
    comments: int = 0
    false_alarms: int = 0
    flawed: int = 0
    approved: int = 0
    clean: int = 0
    blocked: int = 0
    certain: int = 0
    certain_wrong: int = 0
    seconds: int = 0
    accepted: int = 0

    def as_json(self) -> dict[str, int]:
        """Without the zeros."""
        return {name: number for name, number in asdict(self).items() if number}


NAMES = tuple(each.name for each in fields(Counts))


def total(counts: Iterable[Counts]) -> Counts:
    """All of them added up."""
    several = list(counts)
    return Counts(**{name: sum(getattr(each, name) for each in several) for name in NAMES})


class Sureness(StrEnum):
    """How what somebody says of how sure they are goes with how often they are right."""

    OVER = "over"
    WELL = "well"
    UNDER = "under"
    TOO_FEW = "too_few"


@dataclass(frozen=True, kw_only=True)
class Judging:
    """One learner's judged work. ``weeks`` goes by Monday, ``kinds`` maps a kind of defect to how
    many were shown and found, ``sure`` a degree of sureness to answers and right ones."""

    start: Counts = Counts()
    between: Counts = Counts()
    now: Counts = Counts()
    weeks: Mapping[str, Counts] = field(default_factory=dict)
    kinds: Mapping[str, Sequence[int]] = field(default_factory=dict)
    sure: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "start": self.start.as_json(),
            "between": self.between.as_json(),
            "now": self.now.as_json(),
            "weeks": {day: counts.as_json() for day, counts in self.weeks.items()},
            "kinds": {kind: list(pair) for kind, pair in self.kinds.items()},
            "sure": {degree: list(pair) for degree, pair in self.sure.items()},
        }
        return {name: value for name, value in found.items() if value}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Judging:
        return cls(
            start=Counts(**value.get("start", {})),
            between=Counts(**value.get("between", {})),
            now=Counts(**value.get("now", {})),
            weeks={day: Counts(**counts) for day, counts in value.get("weeks", {}).items()},
            kinds=value.get("kinds", {}),
            sure=value.get("sure", {}),
        )

    @cached_property
    def all(self) -> Counts:
        return total((self.start, self.between, self.now))

    @property
    def recent(self) -> Counts:
        """Now, or all there is while that is not more than a start."""
        return self.now if self.now.outputs else self.start

    @property
    def sureness(self) -> Sureness:
        """Whether the chances somebody names lie above what comes true, below, or near it."""
        answers = sum(many for many, _ in self.sure.values())
        if answers < FEWEST_ANSWERS:
            return Sureness.TOO_FEW
        meant = sum(CHANCE[degree] * many for degree, (many, _) in self.sure.items()) / answers
        right = sum(right for _, right in self.sure.values()) / answers
        if abs(meant - right) <= TOO_FAR:
            return Sureness.WELL
        return Sureness.OVER if meant > right else Sureness.UNDER


def judging_of(tries: Iterable[JudgedTry]) -> Judging:
    """Add up first tries, in any order."""
    in_order = sorted(tries, key=lambda each: each.at)
    counted = [(each, counts_of(each)) for each in in_order]
    outputs = [counts for _, counts in counted if counts.outputs]
    later = outputs[AT_START:]
    return Judging(
        start=total(outputs[:AT_START]),
        between=total(later[:-LATEST]),
        now=total(later[-LATEST:]),
        weeks={
            day.isoformat(): total(counts for _, counts in of_week)
            for day, of_week in groupby(counted, key=lambda pair: monday(pair[0].at.date()))
        },
        kinds=_pairs(defect for each in in_order for defect in _defects(each.details)),
        sure=_pairs((said.sure, said.right) for each in in_order for said in said_in(each.details)),
    )


def counts_of(judged: JudgedTry) -> Counts:
    """One try's counts. It judged an output if errors could be found or it was to be signed."""
    trust = trust_of(judged.details)
    said = said_in(judged.details)
    certain = [each for each in said if each.sure == "certain"]
    sure_and_wrong = sum(not each.right for each in certain)
    if "review" not in judged.details and "trust" not in judged.details:
        return Counts(certain=len(certain), certain_wrong=sure_and_wrong)
    return Counts(
        outputs=1,
        planted=trust.planted,
        caught=trust.caught,
        comments=trust.comments,
        false_alarms=trust.false_alarms,
        flawed=trust.flawed,
        approved=trust.approved,
        clean=trust.clean,
        blocked=trust.blocked,
        certain=len(certain),
        certain_wrong=sure_and_wrong,
        seconds=round(max(timedelta(), min(judged.took, LONGEST)).total_seconds()),
        accepted=int(_accepted(judged.details)),
    )


def _accepted(details: Mapping[str, Any]) -> bool:
    call = details.get("review", {}).get("call", {})
    return call.get("given") == "use" and "use" in call.get("allowed", ())


def _defects(details: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """Each planted error's kind, and whether it was found."""
    if "review" in details:
        return [(each["category"], each["found"]) for each in details["review"]["defects"]]
    found = details.get("trust", {})
    caught, planted = found.get("caught", 0), found.get("planted", 0)
    return [(CLAIM, at < caught) for at in range(planted)]


def _pairs(events: Iterable[tuple[str, bool]]) -> dict[str, list[int]]:
    """How many of each, and how many of them were good."""
    found: dict[str, list[int]] = {}
    for name, good in events:
        pair = found.setdefault(name, [0, 0])
        pair[0] += 1
        pair[1] += bool(good)
    return dict(sorted(found.items()))
