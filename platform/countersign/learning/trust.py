"""How well somebody tells good work from bad, and knows how sure they are. Pure functions.

Figures come from judged work: what was planted and caught, what was right and flagged, what was
approved or blocked, and how sure people said they were. The words on pages are those of the
glossary; formulas are those of signal detection theory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from math import sqrt
from statistics import NormalDist
from typing import Any

FEWEST_PLANTED = 20
FEWEST_DECOYS = 20
"""Below either, d′ and the criterion are too shaky to show."""

FEWEST_SAID = 5
"""So many answers of one degree of sureness, before a share is shown."""

CHANCE = {"guess": 0.4, "fairly": 0.7, "certain": 0.95}
"""What each degree of sureness is taken to mean, as a chance to be right."""

_NORMAL = NormalDist()


@dataclass(frozen=True, kw_only=True)
class Trust:
    """Counts over judged outputs, added up.

    ``planted`` errors, of which ``caught``; ``comments`` on lines or claims, of which
    ``false_alarms`` are on right ones; right things that look wrong (``decoys``), of which
    ``decoys_flagged``; flawed outputs, of which ``approved``; clean outputs, of which ``blocked``.
    """

    planted: int = 0
    caught: int = 0
    comments: int = 0
    false_alarms: int = 0
    decoys: int = 0
    decoys_flagged: int = 0
    flawed: int = 0
    approved: int = 0
    clean: int = 0
    blocked: int = 0

    def __add__(self, other: Trust) -> Trust:
        return Trust(
            **{
                each.name: getattr(self, each.name) + getattr(other, each.name)
                for each in fields(self)
            }
        )

    @property
    def sensitivity(self) -> float | None:
        """Errors found: caught ÷ planted."""
        return _share(self.caught, self.planted)

    @property
    def false_alarm_share(self) -> float | None:
        """False alarms: comments on right work ÷ all comments."""
        return _share(self.false_alarms, self.comments)

    @property
    def decoy_share(self) -> float | None:
        """Decoys flagged: the false-alarm rate of signal detection."""
        return _share(self.decoys_flagged, self.decoys)

    @property
    def bad_approved(self) -> float | None:
        """Bad work approved: flawed outputs signed ÷ flawed outputs."""
        return _share(self.approved, self.flawed)

    @property
    def good_blocked(self) -> float | None:
        """Good work blocked: clean outputs not signed ÷ clean outputs."""
        return _share(self.blocked, self.clean)

    @property
    def is_enough(self) -> bool:
        """Whether d′ and the criterion may be shown."""
        return self.planted >= FEWEST_PLANTED and self.decoys >= FEWEST_DECOYS

    @property
    def d_prime(self) -> float | None:
        """z(hits) − z(decoys flagged), with the log-linear correction (Hautus 1995)."""
        if not self.is_enough:
            return None
        hits, alarms = self._corrected
        return round(hits - alarms, 3)

    @property
    def criterion(self) -> float | None:
        """−(z(hits) + z(decoys flagged)) / 2. Above 0: slow to flag; below 0: quick to."""
        if not self.is_enough:
            return None
        hits, alarms = self._corrected
        return round(-(hits + alarms) / 2, 3)

    @property
    def _corrected(self) -> tuple[float, float]:
        hits = (self.caught + 0.5) / (self.planted + 1)
        alarms = (self.decoys_flagged + 0.5) / (self.decoys + 1)
        return _NORMAL.inv_cdf(hits), _NORMAL.inv_cdf(alarms)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def trust_of(details: Mapping[str, Any]) -> Trust:
    """The counts in one verdict's details, of whatever kind; empty where there are none."""
    if "review" in details:
        return _of_review(details["review"])
    if "trust" in details:
        return _of_claims(details["trust"])
    return Trust()


def _of_review(found: Mapping[str, Any]) -> Trust:
    planted = found["hits"] + found["misses"]
    signed = found["call"]["given"] != ""
    return Trust(
        planted=planted,
        caught=found["hits"],
        comments=found["hits"] + found["false_alarms"],
        false_alarms=found["false_alarms"],
        decoys=found["decoys_shown"],
        decoys_flagged=found["decoys_flagged"],
        flawed=int(signed and not found["clean"]),
        approved=int(found["bad_work_approved"]),
        clean=int(signed and found["clean"]),
        blocked=int(found["good_work_blocked"]),
    )


def _of_claims(found: Mapping[str, Any]) -> Trust:
    """A claim that holds is a decoy: it is there to be let stand."""
    return Trust(
        planted=found["planted"],
        caught=found["caught"],
        comments=found["caught"] + found["false_alarms"],
        false_alarms=found["false_alarms"],
        decoys=found["sound"],
        decoys_flagged=found["false_alarms"],
    )


@dataclass(frozen=True, kw_only=True)
class Said:
    """One answer with how sure somebody said they were, and whether it was right."""

    sure: str
    right: bool


def said_in(details: Mapping[str, Any]) -> list[Said]:
    """Every answer of a verdict that says how sure its author was."""
    if "questions" in details:
        found = [(each["sure"], each["right"]) for each in details["questions"].values()]
    elif "review" in details:
        calls = [details["review"]["call"], *details["review"]["findings"]]
        found = [(each["sure"], each["right"]) for each in calls]
    elif "trust" in details:
        found = [(details["decision"]["sure"], details["decision"]["allowed"])]
    else:
        found = []
    return [Said(sure=sure, right=bool(right)) for sure, right in found if sure in CHANCE]


def brier(answers: Iterable[Said]) -> float | None:
    """The mean squared distance between the chance that was named and what came: 0 is best.
    None without an answer."""
    distances = [(CHANCE[each.sure] - each.right) ** 2 for each in answers]
    return round(sum(distances) / len(distances), 4) if distances else None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One degree of sureness: of ``many`` answers so many were ``right``. ``share`` is None under
    FEWEST_SAID; ``low`` and ``high`` are its 95 % interval (Wilson)."""

    sure: str
    many: int
    right: int
    meant: float
    share: float | None
    low: float
    high: float

    @property
    def too_sure(self) -> bool:
        """Whether they are right less often than they say, beyond chance."""
        return self.share is not None and self.high < self.meant


def reliability(answers: Sequence[Said]) -> tuple[Step, ...]:
    """How often somebody is right at each degree of sureness, the least sure first."""
    return tuple(_step(sure, [each for each in answers if each.sure == sure]) for sure in CHANCE)


def _step(sure: str, answers: Sequence[Said]) -> Step:
    right = sum(each.right for each in answers)
    low, high = wilson(right, len(answers))
    return Step(
        sure=sure,
        many=len(answers),
        right=right,
        meant=CHANCE[sure],
        share=right / len(answers) if len(answers) >= FEWEST_SAID else None,
        low=low,
        high=high,
    )


def wilson(right: int, many: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); everything is possible without a case."""
    if not many:
        return 0.0, 1.0
    share = right / many
    middle = share + z * z / (2 * many)
    spread = z * sqrt(share * (1 - share) / many + z * z / (4 * many * many))
    whole = 1 + z * z / many
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)
